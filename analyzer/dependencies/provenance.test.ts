import { describe, expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { options, type TestCall, type TestTurn, testRun } from './test-run.ts'

const data = (prompt: string, script: readonly TestTurn[]): string[] =>
  inferDependencies(testRun(prompt, script), options())
    .dependencies.filter((d) => d.kind === 'data')
    .map((d) => `${d.from}>${d.to}`)

const call = (tool: string, args: Json, result: Json): TestCall[] => [{ tool, args, result }]

describe('small numbers', () => {
  test('an id of one digit counts where the names agree, and not where they do not', () => {
    const made = call('create_ticket', { title: 'Leak' }, { id: 2, priority: 5 })
    expect(data('Report a leak.', [made, call('get_ticket', { ticket_id: 2 }, 'open')])).toEqual(['c0>c1'])
    expect(data('Report a leak.', [made, call('list_rooms', { floor: 2 }, [])])).toEqual([])
  })

  test('an amount that happens to have the digits does not hide where the id is from', () => {
    const script = [
      call('pay', { amount: 10 }, 'ok'),
      call('create_post', { text: 'Hello' }, { id: 10 }),
      call('like_post', { post_id: 10 }, 'ok'),
    ]
    expect(data('Pay and post.', script)).toEqual(['c1>c2'])
  })

  test('of two results that are one number, the next call takes the one that nobody has used', () => {
    const script = [
      call('multiply', { a: 12, b: 10 }, 120),
      call('multiply', { a: 8, b: 15 }, 120),
      call('multiply', { a: 120, b: 8 }, 960),
      call('divide', { a: 960, b: 120 }, 8),
    ]
    // Which of the two equal ones goes first cannot be known; that each is used once can.
    expect(data('12, 10, 8 and 15', script)).toEqual(['c1>c2', 'c0>c3', 'c2>c3'])
  })

  test('a list that the prompt spells out is the prompt’s', () => {
    const script = [call('count', { points: [[1, 2]] }, 4), call('count', { points: [[5, 4]] }, 1)]
    expect(data('Count [[1, 2]] and [[5, 4]].', script)).toEqual([])
  })
})

test('plain words of an argument are in every long text, whoever wrote them there as a name', () => {
  const page = `${'The parts of the car are listed in this guide for owners and drivers. '.repeat(60)} Driver: closed. Passenger: open.`
  const script = [call('read_guide', {}, page), call('lock_doors', { doors: ['driver', 'passenger'] }, 'ok')]
  expect(data('Lock the car.', script)).toEqual([])
})

describe('what the user says after a result', () => {
  const found = call('find_flights', { to: 'Oslo' }, [{ airline: 'Nordwind Air', at: '13:45' }])
  const again = call('find_flights', { to: 'Oslo', airline: 'Nordwind Air' }, [])

  test('is the user’s own if nobody had shown it: users do not see what tools return', () => {
    expect(data('To Oslo.', [found, 'With Nordwind Air, please.', again])).toEqual([])
    expect(data('To Oslo.', [found, again])).toEqual(['c0>c1'])
  })

  test('also in other words', () => {
    const script = [found, 'And a car for quarter to 2.', call('rent_car', { pickup_time: '13:45' }, 'ok')]
    expect(data('To Oslo.', script)).toEqual([])
  })
})

describe('quotations', () => {
  test('a pair of words is found where the pair is, not where one of them was first', () => {
    const script = [
      call(
        'search',
        { q: 'band' },
        'Tenement is a band led by Amos Pitsch. Brown is a colour, and a county is a county.',
      ),
      call('search', { q: 'Pitsch' }, 'He lives in Brown County.'),
      call('search', { q: 'seat of Brown County' }, []),
    ]
    expect(data('Look up the band.', script)).toContain('c1>c2')
    expect(data('Look up the band.', script)).not.toContain('c0>c2')
  })

  test('what an earlier argument was made of, its repetition is made of', () => {
    const script = [
      call('get_author', {}, { name: 'Imhotep Quaresma' }),
      call('create_file', { path: 'about imhotep quaresma draft' }, 'ok'),
      call('write_file', { path: 'about imhotep quaresma draft', text: '' }, 'ok'),
    ]
    expect(data('Write about the author.', script)).toEqual(['c0>c1', 'c0>c2'])
  })
})

test('a call that started after calls of the next turn had still been asked for before them', () => {
  const script: TestTurn[] = [
    [{ tool: 'count', args: { of: 'files' }, result: { count: 731 }, at: [100, 200] }],
    // What it is given is worked out: 731 + 731.
    [{ tool: 'reserve', args: { places: 1462 }, result: 'ok', at: [900, 1000] }],
    [{ tool: 'announce', args: { places: 1462 }, result: 'ok', at: [700, 800] }],
  ]
  const run = testRun('Reserve twice as many places as there are files.', script)
  const calls = [...run.calls].sort((a, b) => a.startMs - b.startMs)
  const values = inferDependencies({ ...run, calls }, options()).dependencies.filter(({ kind }) => kind === 'data')
  expect(values.map(({ from, to }) => `${from}>${to}`)).toEqual(['c0>c2', 'c0>c1'])
})

test('capitals of a script with two small forms of one letter are the same word', () => {
  const script = [
    call('find_depot', { near: 'port' }, { depot: 'ΚΑΛΑΜΑΚΙΤΣΑΣ' }),
    call('open_depot', { depot: 'Καλαμακιτσας' }, 'ok'),
  ]
  expect(data('Open the depot near the port.', script)).toEqual(['c0>c1'])
})
