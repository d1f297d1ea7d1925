import { describe, expect, test } from 'vitest'
import { evidenceOf } from '../dependencies/evidence.ts'
import { inferDependencies } from '../dependencies/index.ts'
import { pairKey, pathKey, valueKey } from '../dependencies/learnt-keys.ts'
import { options, type TestCall, type TestTurn } from '../dependencies/test-run.ts'
import type { Json } from '../model/json.ts'
import type { Learnt } from '../model/learnt.ts'
import type { Run } from '../model/run.ts'
import { learningOf } from './learn.ts'
import { lessonOf, nthRun } from './test-agent.ts'

const call = (tool: string, args: Json, result: Json = 'fine'): TestCall => ({ tool, args, result })

/** So many earlier runs, then the one that is asked about. */
function learnFrom(earlier: readonly Run[], run: Run) {
  const [learnt] = learningOf([run], earlier.map(lessonOf), options())(run)
  const alone = inferDependencies(run, options())
  return { learnt, alone, inference: inferDependencies(run, options(), learnt) }
}

const times = (count: number, of: (n: number) => Run): Run[] => Array.from({ length: count }, (_, n) => of(n))

describe('what one run teaches', () => {
  const pairOf = (script: readonly TestTurn[], prompt = 'Look at Oslo.') =>
    lessonOf(nthRun(0, prompt, script)).pairs.get(pairKey('get_weather', 'get_time'))
  const weather = call('get_weather', { city: 'Oslo' }, { code: 'wx_91fx55k' })
  const time = call('get_time', { city: 'Oslo' }, '12:40')

  test.each<[string, string | undefined, TestTurn[]]>([
    ['asked for in one turn', 'free', [[weather, time]]],
    ['asked for the other way round', 'free', [[time], [weather]]],
    ['one before and one after', 'free', [[time], [weather], [time]]],
    ['before, with made-up arguments', 'free, made up', [[call('get_time', { city: 'Hamar' }), weather]]],
    ['after, and explained', undefined, [[weather], [time]]],
    ['after, with made-up arguments', 'after', [[weather], [call('get_time', { city: 'Hamar' })]]],
    ['with a value of its result', 'needed', [[weather], [call('get_time', { code: 'wx_91fx55k' })]]],
    [
      'needed through another tool',
      'needed',
      [
        [weather],
        [call('get_zone', { code: 'wx_91fx55k' }, { zone: 'zn_40qq21z' })],
        [call('get_time', { zone: 'zn_40qq21z' })],
      ],
    ],
    ['one of them failed', undefined, [[weather, { tool: 'get_time', args: { city: 'Oslo' }, error: 'no' }]]],
    ['arguments not captured', undefined, [[weather, { tool: 'get_time', result: '12:40' }]]],
    ['only one of them', undefined, [[time]]],
  ])('%s: %s', (_, seen, script) => {
    expect(pairOf(script)).toBe(seen)
  })

  test('calls that overlapped in time were free of each other, whatever their turns', () => {
    const script = [[{ ...weather, at: [100, 400] as const }], [{ ...time, at: [300, 500] as const }]]
    expect(pairOf(script)).toBe('free')
  })

  test('the ways of values, wherever in a list they stood, and what the model writes by itself', () => {
    const { paths, values, tools, explained } = lessonOf(
      nthRun(0, 'Orders, please.', [
        [call('list_users', {}, [{ id: 'usr_1100zz' }, { id: 'usr_22kq7x' }])],
        [call('get_orders', { user: 'usr_22kq7x', currency: 'EUR' })],
      ]),
    )
    expect([...paths]).toEqual([pathKey('list_users', '$[1].id', 'get_orders', '$.user')])
    expect([...paths]).toEqual([pathKey('list_users', '$[0].id', 'get_orders', '$.user')])
    expect([...values]).toEqual([valueKey('get_orders', '$.currency', 'EUR')])
    expect(tools).toEqual(['list_users', 'get_orders'])
    expect(explained).toEqual(['list_users'])
  })
})

describe('from whom a run learns', () => {
  const script = [[call('a', {}), call('b', {})]]
  const run = (n: number, changes: Partial<Run> = {}): Run => ({ ...nthRun(n, 'Go.', script), ...changes })
  const target = { ...nthRun(50, 'Go.', [[call('a', {})], [call('b', {})]]) }

  test('from runs of its name and framework that started before it', () => {
    const others = [run(1), run(2, { name: 'other' }), run(3, { framework: 'other' }), run(60)]
    expect(learnFrom(others, target).learnt?.runs).toBe(1)
  })

  test('from the latest thirty', () => {
    expect(learnFrom(times(40, run), target).learnt?.runs).toBe(30)
  })

  test('from none where it is told not to', () => {
    expect(learningOf([run(1), target], [], options({ history: false }))(target)).toEqual([])
  })

  test('from each run once, if it is given twice', () => {
    expect(learningOf([run(1), target], [lessonOf(run(1))], options())(target)[0]?.runs).toBe(1)
  })
})

describe('two tools that other runs called in either order', () => {
  const search = call('search', { city: 'Oslo' }, 'rain')
  const clock = call('get_clock', {}, '12:40')
  const target = nthRun(99, 'Oslo?', [[search], [clock]])
  const both = (n: number) => nthRun(n, 'Oslo?', [[search, clock]])

  test('alone, a read without arguments may hang on anything', () => {
    expect(learnFrom([], target).inference.verdict(0, 1)).toEqual({ verdict: 'unknown', confidence: 0 })
  })

  test('four runs are too few', () => {
    expect(learnFrom(times(4, both), target).inference.verdict(0, 1).verdict).toBe('unknown')
  })

  test('each further run makes it likelier', () => {
    const confidence = (runs: number) => {
      const { verdict, confidence } = learnFrom(times(runs, both), target).inference.verdict(0, 1)
      expect(verdict).toBe('independent')
      return confidence
    }
    // (4 * p) / (4 + runs), where p is what became of reads without arguments in labelled runs.
    const p = ((1 - confidence(8)) * 12) / 4
    expect(confidence(16)).toBeCloseTo(1 - (4 * p) / 20, 10)
    expect(confidence(30)).toBeLessThanOrEqual(0.95)
  })

  test('one run that needed it is enough against any number', () => {
    const needed = nthRun(40, 'Oslo?', [[call('search', {}, 'wx_91fx55k')], [call('get_clock', { of: 'wx_91fx55k' })]])
    const { learnt, inference } = learnFrom([...times(20, both), needed], target)
    expect(learnt?.pairs).toMatchObject([{ earlier: 'search', later: 'get_clock', needed: 1, free: 20 }])
    expect(inference.verdict(0, 1).verdict).toBe('unknown')
  })

  test('content that is missing stays missing', () => {
    const blind = nthRun(99, 'Oslo?', [[search], [{ tool: 'get_clock', result: '12:40' }]])
    expect(learnFrom(times(20, both), blind).inference.verdict(0, 1).verdict).toBe('unknown')
  })

  test('what changes something is at most doubted', () => {
    const write = call('send_message', {}, 'ok')
    const sent = (n: number) => nthRun(n, 'Oslo?', [[search, write]])
    const deed = nthRun(99, 'Oslo?', [[search], [write]])
    const { alone, inference } = learnFrom(times(20, sent), deed)
    expect(alone.verdict(0, 1).verdict).toBe('dependent')
    expect(inference.verdict(0, 1).verdict).toBe('unknown')
  })
})

describe('arguments that the model made up', () => {
  const search = call('search', { city: 'Oslo' }, 'rain')
  const target = nthRun(99, 'Oslo?', [[search], [call('get_weather', { city: 'Hamar' })]])

  test('count as free only if they were as made up where nothing had been seen', () => {
    const given = times(20, (n) => nthRun(n, 'Oslo?', [[search, call('get_weather', { city: 'Oslo' })]]))
    expect(learnFrom(given, target).inference.verdict(0, 1).verdict).toBe('unknown')
    const madeUp = times(16, (n) => nthRun(n, 'Oslo?', [[search, call('get_weather', { city: 'Bergen' })]]))
    // (4 * 0.5) / (4 + 16) = 0.1
    expect(learnFrom(madeUp, target).inference.verdict(0, 1)).toEqual({ verdict: 'independent', confidence: 0.9 })
  })

  test('and not where they mostly come after', () => {
    const free = times(6, (n) => nthRun(n, 'Oslo?', [[search, call('get_weather', { city: 'Bergen' })]]))
    const later = times(7, (n) => nthRun(20 + n, 'Oslo?', [[search], [call('get_weather', { city: 'Bergen' })]]))
    expect(learnFrom([...free, ...later], target).inference.verdict(0, 1).verdict).toBe('unknown')
  })
})

describe('one run that did without', () => {
  const list = call('list_people', { state: 'open' }, 'none')
  const write = call('create_ticket', { title: 'Leak' }, 'done')
  const prompt = 'Ticket Leak, then the open people.'
  const target = nthRun(99, prompt, [[write], [list]])

  test('takes back an order that rests on things which may not be the same', () => {
    const { alone, inference } = learnFrom([nthRun(0, prompt, [[list], [write]])], target)
    expect(alone.dependencies).toMatchObject([{ kind: 'state', confidence: 0.5 }])
    expect(alone.verdict(0, 1)).toEqual({ verdict: 'dependent', confidence: 0.5 })
    // (4 * 0.5) / (4 + 1) = 0.4
    expect(inference.dependencies).toEqual([])
    expect(inference.verdict(0, 1).verdict).toBe('unknown')
  })

  test('does not touch tools of one subject', () => {
    const tickets = call('list_tickets', { state: 'open' }, 'none')
    const { alone, inference } = learnFrom(
      times(20, (n) => nthRun(n, prompt, [[tickets], [write]])),
      nthRun(99, prompt, [[write], [tickets]]),
    )
    expect(alone.verdict(0, 1).verdict).toBe('dependent')
    expect(inference.verdict(0, 1)).toEqual(alone.verdict(0, 1))
  })

  test('does not touch what is known to be the same', () => {
    const read = call('read_file', { path: '/notes.txt' }, 'hello')
    const save = call('write_file', { path: '/notes.txt' }, 'saved')
    const files = 'Save /notes.txt and read it.'
    const { alone, inference } = learnFrom(
      times(20, (n) => nthRun(n, files, [[read], [save]])),
      nthRun(99, files, [[save], [read]]),
    )
    expect(alone.verdict(0, 1).verdict).toBe('dependent')
    expect(inference.verdict(0, 1)).toEqual(alone.verdict(0, 1))
  })
})

describe('the way of a value', () => {
  const flow = (n: number, id: string) =>
    nthRun(n, 'Orders?', [[call('get_user', {}, { id, seats: 3 })], [call('get_orders', { user: id })]])
  const learntOf = (runs: number): Learnt =>
    learnFrom(
      times(runs, (n) => flow(n, `usr_${n}91fx5`)),
      flow(99, 'usr_77'),
    ).learnt!

  test('is learnt from five runs on', () => {
    expect(
      learnFrom(
        times(4, (n) => flow(n, `usr_${n}91fx5`)),
        flow(99, 'usr_7791fx5'),
      ).learnt,
    ).toBeUndefined()
    expect(learntOf(5).paths).toEqual([
      { from: 'get_user', fromPath: '$.id', to: 'get_orders', toPath: '$.user', seen: 5, of: 5 },
    ])
  })

  test('makes a weak match a dependency, and says so', () => {
    // A small number under another name proves nothing by itself.
    const weak = nthRun(99, 'Orders?', [
      [call('get_user', {}, { id: 1, seats: 3, name: 'Ada Lovelace of London', plan: 'gold', since: 'May' })],
      [call('get_orders', { user: 1 })],
    ])
    const { alone, inference } = learnFrom(
      times(15, (n) => flow(n, `usr_${n}91fx5`)),
      weak,
    )
    expect(alone.dependencies.filter(({ kind }) => kind === 'data')).toEqual([])
    expect(inference.dependencies).toMatchObject([
      {
        kind: 'data',
        evidence: [{ toPath: '$.user', fromPath: '$.id', value: 'seen in 15 of 15 earlier runs', origin: 'history' }],
      },
    ])
    expect(inference.verdict(0, 1).verdict).toBe('dependent')
    expect(inference.verdict(0, 1).confidence).toBeGreaterThan(0.79)
    expect(inference.dependencies[0]!.confidence).toBeLessThanOrEqual(0.95)
  })

  test('makes nothing of a value that the user gave', () => {
    const given = nthRun(99, 'Orders of usr_4491fx5?', [
      [call('get_user', {}, { id: 'usr_4491fx5' })],
      [call('get_orders', { user: 'usr_4491fx5' })],
    ])
    const { alone, inference } = learnFrom(
      times(15, (n) => flow(n, `usr_${n}91fx5`)),
      given,
    )
    expect(inference.dependencies).toEqual(alone.dependencies)
  })
})

describe('a value that the model writes by itself in most runs', () => {
  const habit = (n: number) => nthRun(n, 'Orders?', [[call('get_orders', { region: 'emea-north' })]])
  const target = nthRun(99, 'Orders?', [
    [call('get_profile', {}, { area: 'emea-north' })],
    [call('get_orders', { region: 'emea-north' })],
  ])

  test('proves less, but what this run alone shows becomes at most unknown', () => {
    const { learnt, alone, inference } = learnFrom(times(14, habit), target)
    expect(learnt?.values).toEqual([{ tool: 'get_orders', path: '$.region', value: 'emea-north', seen: 14, of: 14 }])
    expect(alone.verdict(0, 1).verdict).toBe('dependent')
    expect(inference.dependencies).toEqual([])
    expect(inference.verdict(0, 1).verdict).toBe('unknown')
  })

  test('proves what it proved where half of the runs have another', () => {
    const other = times(14, (n) => nthRun(20 + n, 'Orders?', [[call('get_orders', { region: 'apac' })]]))
    const { learnt, alone, inference } = learnFrom([...times(14, habit), ...other], target)
    expect(learnt).toBeUndefined()
    expect(inference.dependencies).toEqual(alone.dependencies)
  })
})

test('no history makes independent what a run alone shows as dependent', () => {
  // Every way in which a few tools and values can be put into two turns, against everything learnt at once.
  const results: Json[] = ['usr_91fx55k', 7, { id: 'usr_91fx55k', n: 7 }, 'ok']
  const values: Json[] = ['usr_91fx55k', 7, 'Oslo', 'metric']
  const tools = ['get_a', 'create_b', 'search_c']
  let dependent = 0
  for (const first of tools) {
    for (const second of tools) {
      for (const result of results) {
        for (const value of values) {
          const script = [[call(first, { x: 'Oslo' }, result)], [call(second, { y: value }, 'done')]]
          const target = nthRun(99, 'About Oslo.', script)
          const learnt: Learnt = {
            runs: 30,
            pairs: [{ earlier: first, later: second, needed: 0, free: 30, freeMadeUp: 30, after: 0, without: 30 }],
            paths: [],
            values: [{ tool: second, path: '$.y', value, seen: 30, of: 30 }],
          }
          const alone = inferDependencies(target, options()).verdict(0, 1)
          const then = inferDependencies(target, options(), learnt, evidenceOf(target, options())).verdict(0, 1)
          if (alone.verdict !== 'dependent') continue
          dependent++
          expect(then.verdict, JSON.stringify(script)).not.toBe('independent')
        }
      }
    }
  }
  expect(dependent).toBeGreaterThan(20)
})
