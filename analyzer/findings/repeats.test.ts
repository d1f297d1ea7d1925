// Small waterfalls that come again and again: none is worth saying by itself, all of them together are.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { draw } from '../../fixtures/draw.ts'
import { analyze } from '../analyze.ts'
import { DEFAULT_OPTIONS, type RuleId, type RuleOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { scheduleRun } from '../schedule/schedule-run.ts'
import { loop } from '../schedule/test-loop.ts'
import { inferenceOf, type RunSpec, saying, testRun } from '../schedule/test-run.ts'
import { ArgumentIds } from './argument-ids.ts'
import { serializedTurns } from './serialized-turns.ts'

/** Rows one after another, of 100 ms a character; a person speaks before each round but the first, so none joins another. */
function drawing(rounds: readonly ((row: Row) => void)[], prompt = 'Look around.'): string {
  const lines = ['# Rounds', `prompt: ${prompt}`]
  let at = 0
  const row: Row = (name, length, rest, later = 0) => {
    lines.push(`${name.padEnd(16)}${' '.repeat(at + later)}${'='.repeat(length)}   ${rest}`)
    at = Math.max(at, at + later + length)
  }
  rounds.forEach((round, n) => {
    if (n > 0) row('pause', 1, `user "Round ${n}: what of city${n}?"`)
    round(row)
  })
  return lines.join('\n')
}

/** In characters: so long, and so much later than when all rows before it have ended. */
type Row = (name: string, length: number, rest: string, later?: number) => void

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

/** A tenth of the run is worth saying, unless said: a few rounds are enough. */
function found(text: string, rule: RuleId, rules: Partial<RuleOptions> = { minSavedShare: 0.1 }) {
  const drawn = draw(text)
  const run = analyze(drawn.spans, { ...drawn.options, rules: { ...DEFAULT_OPTIONS.rules, ...rules } }).runs[0]!
  const toolOf = new Map(run.calls.map(({ id, tool }) => [id, tool]))
  const findings = run.findings.filter((finding) => finding.rule === rule)
  return {
    run,
    findings,
    facts: findings.map(({ title, savedMs, calls, severity }) => ({
      title,
      savedMs,
      severity,
      tools: [...new Set(calls.map((id) => toolOf.get(id)))],
      calls: calls.length,
    })),
  }
}

/** Saves a turn of 200 ms and the shorter call: 200 + (search) + 200 + (weather) + 200 ms becomes 200 + (the longer) + 200. */
const lookup =
  (n: number, search = 3, weather = 3, needs = '') =>
  (row: Row): void => {
    row('ask', 2, 'model')
    row('search', search, `tool read <- {"page":${n}} -> {"id":"doc_${n}Zq7Lm2x"}`)
    row('ask', 2, 'model')
    row('get_weather', weather, `tool read <- {"city":"${needs || `city${n}`}"} -> {"celsius":"${n} degrees"}`)
    row('answer', 2, 'model "There."')
  }

describe('serialized-turns', () => {
  test('a question about more calls than have their pairs looked at stays one', () => {
    const cities = times(130, (n) => `city${n}`)
    // Nobody spoke of the ridge: whether a city's weather led to it is not known. It is the last of 131, of which 64 are looked at.
    const text = [
      '# Many',
      `prompt: What of ${cities.join(', ')}?`,
      'plan      ==       model',
      ...cities.map((city) => `get_city    .===   tool read <- {"city":"${city}"} -> {"celsius":7}`),
      'decide         .==     model',
      'get_area         .===     tool read <- {"area":"north ridge"} -> {"km":7}',
      'answer              .==   model "There."',
    ].join('\n')
    const { facts, findings } = found(text, 'serialized-turns')
    expect(facts).toMatchObject([{ calls: 131, severity: 'info', tools: ['get_city', 'get_area'] }])
    expect(findings[0]).toMatchObject({
      confidence: 0,
      evidence: [
        'get_area after get_city #1, get_area after get_city #2, get_area after get_city #5, get_area after get_city #8 and more: not proven independent, because the model wrote `area` after it had seen that result.',
      ],
    })
  })

  test('what is small in each place is one finding of all of them', () => {
    // 70 rounds of 1200 ms; each can be 700 ms. 500 ms are 0.6 % of 90.9 s.
    const { facts, findings } = found(
      drawing(
        times(70, (n) => lookup(n)),
        'What of city0?',
      ),
      'serialized-turns',
      {},
    )
    expect(facts).toEqual([
      {
        title: 'search and get_weather need nothing of each other, but were asked for over 2 turns, in 70 stretches',
        savedMs: { low: 35_000, high: 35_000 },
        severity: 'warning',
        tools: ['search', 'get_weather'],
        calls: 140,
      },
    ])
    expect(findings[0]!.evidence).toEqual([
      '70 stretches: turns 0 to 1, turns 3 to 4, turns 6 to 7 and 67 more.',
      'get_weather: `city` = “city0” was in the prompt; no value that search returned was found in its arguments.',
      'The other 69 are of the same kind.',
    ])
    expect(findings[0]!.fix.summary).toContain('Let the model ask for search and get_weather in one response')
    expect(findings[0]!.fix.summary).toContain('This comes 70 times in the run, as in a loop')
    expect(findings[0]!.confidence).toBeGreaterThanOrEqual(DEFAULT_OPTIONS.threshold)
  })

  test('a place that is worth saying by itself is told by itself, and is not among the others', () => {
    // The sixth: 200 + 3000 + 200 + 3000 + 200 ms can be 3400 ms, 3.2 s of 20.9 s.
    const rounds = times(12, (n) => (n === 5 ? lookup(n, 30, 30) : lookup(n)))
    expect(found(drawing(rounds, 'What of city0?'), 'serialized-turns').facts).toMatchObject([
      { savedMs: { low: 5500, high: 5500 }, calls: 22 },
      {
        title: 'search and get_weather need nothing of each other, but were asked for over 2 turns',
        savedMs: { low: 3200, high: 3200 },
        calls: 2,
      },
    ])
  })

  test('where each place is worth saying, nothing is put together', () => {
    // 500 of 3900 ms each
    const { facts } = found(
      drawing(
        times(3, (n) => lookup(n)),
        'What of city0?',
      ),
      'serialized-turns',
    )
    expect(facts.map(({ savedMs, calls }) => [savedMs.low, calls])).toEqual(times(3, () => [500, 2]))
  })

  test('other tools are another finding, other numbers of calls are not', () => {
    const more = (n: number) => (row: Row) => {
      row('ask', 2, 'model')
      row('search', 3, `tool read <- {"page":${n}} -> {"id":"doc_${n}Zq7Lm2x"}`)
      if (n % 3 === 0) row('search', 3, `tool read <- {"page":${n + 1000}} -> {"id":"doc_${n}Kp3Wd9y"}`, -3)
      row('ask', 2, 'model')
      row(n % 2 === 0 ? 'get_weather' : 'get_news', 3, `tool read <- {"city":"city${n}"} -> {"text":"${n} words"}`)
      row('answer', 2, 'model "There."')
    }
    const { facts } = found(drawing(times(12, more), 'What of city0?'), 'serialized-turns')
    expect(facts.map(({ title, savedMs, calls }) => [title.split(' need')[0], savedMs.low, calls]).sort()).toEqual([
      ['search (x1 to 2) and get_news', 3000, 14],
      ['search (x1 to 2) and get_weather', 3000, 14],
    ])
  })

  test('of places that are too small together as well, nothing is said', () => {
    // 3 times 500 ms of 34.3 s
    const long = (row: Row) => {
      row('ask', 2, 'model')
      row('index_all', 300, 'tool read <- {} -> {"ok":"yes"}')
      row('answer', 2, 'model "Done."')
    }
    const rounds = drawing([long, ...times(3, (n) => lookup(n + 1))])
    expect(found(rounds, 'serialized-turns').facts).toEqual([])
    expect(found(rounds, 'serialized-turns', { minSavedShare: 0.02 }).facts).toMatchObject([{ savedMs: { low: 1500 } }])
  })

  test('of places that need one another, or of which nothing is known, nothing is said', () => {
    const needed = drawing(times(12, (n) => lookup(n, 3, 3, `doc_${n}Zq7Lm2x`)))
    expect(found(needed, 'serialized-turns').facts).toEqual([])
    expect(found(needed, 'sequential-is-right').facts).toHaveLength(1)
    const unseen = found(drawing(times(12, (n) => lookup(n))).replace(/ <- .*$/gm, ''), 'serialized-turns')
    expect(unseen.facts).toEqual([])
    // There would be 6 s to promise.
    expect(unseen.run.serialized.upToMs).toBeGreaterThanOrEqual(6000)
  })

  test('places where one writes what the other touches are not among them', () => {
    // In every other round, both calls write to one file.
    const round = (n: number) => (row: Row) => {
      const write = n % 2 === 1
      const [tool, effect] = write ? ['write_file', 'write'] : ['read_file', 'read']
      row('ask', 2, 'model')
      row(tool, 3, `tool ${effect} <- {"path":"a/city${n}"} -> "fine"`)
      row('ask', 2, 'model')
      row(tool, 3, `tool ${effect} <- {"path":"a/city${n}${write ? '' : 'b'}"} -> "good"`)
      row('answer', 2, 'model "There."')
    }
    const prompt = `Look at ${times(12, (n) => `a/city${n} a/city${n}b`).join(' ')}`
    expect(found(drawing(times(12, round), prompt), 'serialized-turns').facts).toMatchObject([
      { savedMs: { low: 3000, high: 3000 }, tools: ['read_file'], calls: 12 },
    ])
  })
})

describe('the other rules', () => {
  test('serialized-batch', () => {
    // 12 rounds of 200 + 300 + 300 + 200 ms; 300 ms less each.
    const round = (n: number) => (row: Row) => {
      row('ask', 2, 'model')
      row('get_doc', 3, `tool read <- {"id":"${n}a"} -> {"text":"${n} lines"}`)
      row('get_doc', 3, `tool read <- {"id":"${n}b"} -> {"text":"${n} words"}`)
      row('answer', 2, 'model "There."')
    }
    const { facts, findings } = found(drawing(times(12, round)), 'serialized-batch')
    expect(facts).toEqual([
      {
        title: 'get_doc (x2) ran one after another, though one response asked for them together, in 12 stretches',
        savedMs: { low: 3600, high: 3600 },
        severity: 'warning',
        tools: ['get_doc'],
        calls: 24,
      },
    ])
    expect(findings[0]!.evidence).toEqual([
      '12 stretches: turn 0, turn 2, turn 4 and 9 more.',
      "Turn 0 asked for all of them in one response, so none can have used another's result.",
      'The other 11 are of the same kind.',
    ])
    // Writes to one thing stay in order.
    const writes = drawing(times(12, round)).replace(/tool read <- \{"id":"(\d+)[ab]"\}/g, 'tool write <- {"id":"$1"}')
    expect(found(writes, 'serialized-batch').facts).toEqual([])
  })

  test('n-plus-one', () => {
    // Each of 12 rounds has 3 times 100 + 400 ms for its calls; in one turn they are 500 ms. With 3 turns between, a loop ends.
    const round = (n: number) => (row: Row) => {
      for (const part of ['a', 'b', 'c']) {
        row('ask', 1, 'model')
        row('get_doc', 4, `tool read <- {"part":"city${n}-${part}"} -> {"text":"${n} lines of ${part}"}`)
      }
      for (const word of ['There.', 'So.', 'Well.']) row('answer', 1, `model "${word}"`)
    }
    const prompt = `Read ${times(12, (n) => `city${n}-a city${n}-b city${n}-c`).join(', ')}`
    const { facts } = found(drawing(times(12, round), prompt), 'n-plus-one')
    expect(facts).toEqual([
      {
        title: 'get_doc was called 3 times, with another `part` each time, in 12 stretches',
        savedMs: { low: 12_000, high: 12_000 },
        severity: 'warning',
        tools: ['get_doc'],
        calls: 36,
      },
    ])
    // Of a loop whose results were not captured nothing is known: every other one of these, however many there are.
    for (const count of [12, 66]) {
      const unseen = drawing(times(count, round)).replace(/ -> .*"\d*[13579] lines.*$/gm, '')
      expect(found(unseen, 'n-plus-one').facts).toMatchObject([
        { savedMs: { low: 500 * count, high: 500 * count }, calls: (3 * count) / 2 },
      ])
    }
  })

  test('duplicate-call', () => {
    // Each of 12 questions is asked twice, in 300 ms.
    const round = (n: number) => (row: Row) => {
      row('ask', 4, 'model')
      row('get_weather', 3, `tool read <- {"city":"city${n}"} -> {"celsius":"${n} degrees"}`)
      row('ask', 4, 'model')
      row('get_weather', 3, `tool read <- {"city":"city${n}"} -> {"celsius":"${n} degrees"}`)
      row('answer', 4, 'model "There."')
    }
    expect(found(drawing(times(12, round), 'What of city0?'), 'duplicate-call').facts).toEqual([
      {
        title: 'get_weather was asked the same twice and gave the same answer, for 12 different questions',
        savedMs: { low: 3600, high: 3600 },
        severity: 'warning',
        tools: ['get_weather'],
        calls: 24,
      },
    ])
  })

  test('late-start', () => {
    // Of 24 calls every third starts 300 ms late, which is 8 times 300 ms.
    const round = (n: number) => (row: Row) => {
      row('ask', 2, 'model')
      row('get_doc', 4, `tool read <- {"id":"${n}"} -> {"text":"${n} lines"}`, n % 3 === 0 ? 3 : 0)
      row('answer', 2, 'model "There."')
    }
    expect(found(drawing(times(24, round)), 'late-start', { minSavedShare: 0.05 }).facts).toEqual([
      {
        title: 'get_doc started 300 ms after it could have, 8 times',
        savedMs: { low: 2400, high: 2400 },
        severity: 'warning',
        tools: ['get_doc'],
        calls: 8,
      },
    ])
  })

  test('mechanical-chain', () => {
    // 12 rounds of 200 + 300 + 200 + 300 + 200 ms; without the turn between 200 ms less.
    const round = (n: number) => (row: Row) => {
      row('ask', 2, 'model')
      row('find_customer', 3, `tool read <- {"name":"city${n}"} -> {"id":"cus_${n}Zq7Lm2xR"}`)
      row('pass', 2, 'model')
      row('get_orders', 3, `tool read <- {"customer":"cus_${n}Zq7Lm2xR"} -> {"orders":"${n} of them"}`)
      row('answer', 2, 'model "There."')
    }
    const { facts, findings } = found(drawing(times(12, round), 'The orders of city0?'), 'mechanical-chain')
    expect(facts).toEqual([
      {
        title:
          'find_customer and get_orders: the model only passed values on, so a program could make these calls, in 12 stretches',
        savedMs: { low: 2400, high: 2400 },
        severity: 'warning',
        tools: ['find_customer', 'get_orders'],
        calls: 24,
      },
    ])
    expect(findings[0]!.fix.code).toContain('get_orders')
  })
})

/** A loop some times, one after another: a person speaks between. Tools are named by their place in the loop. */
function again(spec: RunSpec, count: number): { readonly run: Run; readonly roundOf: (call: number) => number } {
  const rounds = times(count, (n) => {
    const shift = ([from, until]: readonly [number, number]) =>
      [from + n * spec.durationMs, until + n * spec.durationMs] as const
    return {
      turns: spec.turns.map((turn) => ({ ...turn, at: shift(turn.at) })),
      calls: spec.calls.map((call) => ({
        tool: `${call.tool}#${n}`,
        turn: call.turn + n * spec.turns.length,
        at: shift(call.at),
      })),
    }
  })
  const run = testRun({
    durationMs: spec.durationMs * count,
    turns: rounds.flatMap(({ turns }) => turns),
    calls: rounds.flatMap(({ calls }) => calls),
    turnsAfterUser: times(count - 1, (n) => (n + 1) * spec.turns.length),
  })
  return {
    run: { ...run, calls: run.calls.map((call) => ({ ...call, tool: call.tool.replace(/#.*/, '') })) },
    roundOf: (call) => Math.floor(call / spec.calls.length),
  }
}

test('together as much as each round lets them, in any loop', () => {
  let groups = 0
  fc.assert(
    fc.property(
      loop,
      fc.integer({ min: 2, max: 6 }),
      fc.array(fc.constantFrom('independent', 'independent', 'dependent', 'unknown'), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 5, max: 30 }),
      (spec, count, words, tenths) => {
        const { run, roundOf } = again(spec, count)
        const inference = {
          ...inferenceOf(run),
          // Alike in each round.
          ...saying((i, j) => ({
            verdict: words[((i % spec.calls.length) * 7 + (j % spec.calls.length)) % words.length]!,
            confidence: 0.9,
          })),
        }
        const schedules = scheduleRun(run, inference, DEFAULT_OPTIONS, () => 0)
        const find = (minSavedMs: number) => {
          const options = { ...DEFAULT_OPTIONS, rules: { ...DEFAULT_OPTIONS.rules, minSavedMs, minSavedShare: 0 } }
          return serializedTurns.find({ run, inference, schedules, options, argumentIds: new ArgumentIds(run) })
        }
        const { actual, batch } = schedules
        const indexOf = new Map(run.calls.map(({ id }, call) => [id, call]))
        const alone = find(0).filter(({ savedMs }) => savedMs.low > 0)
        const limitMs = (tenths / 10) * alone.reduce((most, { savedMs }) => Math.max(most, savedMs.high), 1)
        const told = find(limitMs).filter(({ savedMs }) => savedMs.low > 0)
        const calls = told.flatMap((finding) => finding.calls)
        expect(new Set(calls).size).toBe(calls.length)
        for (const finding of told) {
          const { savedMs } = finding
          expect(savedMs.high).toBeGreaterThanOrEqual(limitMs)
          expect(finding.confidence).toBe(0.9)
          const places = alone.filter((one) => one.calls.every((id) => finding.calls.includes(id)))
          if (places.length < 2) continue
          groups++
          for (const place of places) expect(place.savedMs.high).toBeLessThan(limitMs)
          const ofRound = times(count, (n) =>
            finding.calls.map((id) => indexOf.get(id)!).filter((c) => roundOf(c) === n),
          )
          const each = ofRound.map((some) => {
            const [low, high] = (['low', 'high'] as const).map(
              (bound) => schedules.whatIf('batch', bound, new Set(some)).savedMs,
            )
            return { low: low!, high: Math.max(low!, high!) }
          })
          for (const bound of ['low', 'high'] as const) {
            const sumMs = each.reduce((sum, saved) => sum + saved[bound], 0)
            expect(savedMs[bound]).toBeCloseTo(Math.min(sumMs, actual.durationMs - batch[bound].durationMs), 6)
          }
        }
      },
    ),
    { numRuns: 400, seed: 7 },
  )
  expect(groups).toBeGreaterThan(25)
})
