import fc from 'fast-check'
import { expect, test } from 'vitest'
import { criticalPath } from './critical-path.ts'
import { eventDriven } from './event-driven.ts'
import { type Network, NetworkBuilder } from './network.ts'
import { simulate as simulateWith, UNLIMITED } from './simulate.ts'
import { slackAndDrag } from './slack-and-drag.ts'

/** `['A', 300, after...]`: activity, ms, names of what must end first. Start and end are added. */
function network(...rows: readonly (readonly [string, number, ...string[]])[]): Network {
  const names = rows.map(([name]) => name)
  const made = new NetworkBuilder(rows.length + 2, 1)
  made.add('start', 0, 0)
  rows.forEach(([, durationMs, ...after], ref) => {
    made.add('call', ref, durationMs)
    made.after(0, 0)
    for (const before of after) made.after(names.indexOf(before) + 1, 0)
  })
  made.add('end', 0, 0)
  rows.forEach((_, at) => {
    made.after(at + 1, 0)
  })
  return made.done()
}

const simulate = (shape: Network, total: number) => simulateWith(shape, { ...UNLIMITED, total })

const inner = (values: Float64Array): number[] => [...values].slice(1, -1)

test('everything starts as early as its constraints allow', () => {
  // C waits for the later of A (300) and B (200); D for nothing
  const result = simulate(network(['A', 300], ['B', 200], ['C', 100, 'A', 'B'], ['D', 50]), Number.POSITIVE_INFINITY)
  expect(inner(result.startMs)).toEqual([0, 0, 300, 0])
  expect(result.durationMs).toBe(400)
})

test('a cap of two lets the third call start when the first slot is free', () => {
  const result = simulate(network(['A', 100], ['B', 250], ['C', 100], ['D', 100]), 2)
  // A and B at 0; C takes A's slot at 100, D takes C's at 200; D ends at 300, after B
  expect(inner(result.startMs)).toEqual([0, 0, 100, 200])
  expect(result.durationMs).toBe(300)
})

test('a cap of one runs the calls in their observed order, one after another', () => {
  const result = simulate(network(['A', 10], ['B', 20], ['C', 30]), 1)
  expect(inner(result.startMs)).toEqual([0, 10, 30])
  expect(result.durationMs).toBe(60)
})

test('calls of no length do not block or loop', () => {
  const result = simulate(network(['A', 0], ['B', 0, 'A'], ['C', 0]), 1)
  expect(result.durationMs).toBe(0)
})

test('a cycle is a bug of ours and is said, not looped over', () => {
  expect(() => network(['A', 1, 'B'], ['B', 1, 'A'])).toThrow(/cycle/)
})

test('slack and drag: the shorter of two ways can slip, the longer can gain until the other decides', () => {
  // A 300 then C 200 = 500; B 400 beside them. D = 500
  const { slackMs, dragMs } = slackAndDrag(simulate(network(['A', 300], ['B', 400], ['C', 200, 'A']), 9))
  expect(inner(slackMs)).toEqual([0, 100, 0])
  // Without A: max(200, 400) = 400. Without C: max(300, 400) = 400. Without B: still 500
  expect(inner(dragMs)).toEqual([100, 0, 100])
})

test('drag of one activity is what the end moves by, found by trying it', () => {
  const rows: [string, number, ...string[]][] = [
    ['A', 70],
    ['B', 120, 'A'],
    ['C', 30, 'A'],
    ['D', 90, 'C'],
    ['E', 60, 'B', 'D'],
    ['F', 200],
    ['G', 10, 'F', 'C'],
  ]
  const whole = simulate(network(...rows), Number.POSITIVE_INFINITY)
  const { dragMs } = slackAndDrag(whole)
  rows.forEach(([name], at) => {
    const without = rows.map((row, other): [string, number, ...string[]] =>
      other === at ? [row[0], 0, ...(row.slice(2) as string[])] : row,
    )
    const tried = whole.durationMs - simulate(network(...without), Number.POSITIVE_INFINITY).durationMs
    expect(dragMs[at + 1], `drag of ${name}`).toBe(tried)
  })
})

test('the critical path has no holes and adds up to the duration', () => {
  const result = simulate(network(['A', 300], ['B', 200], ['C', 100, 'A', 'B']), Number.POSITIVE_INFINITY)
  expect(criticalPath(result).map(({ kind, startMs, endMs }) => [kind, startMs, endMs])).toEqual([
    ['call', 0, 300],
    ['call', 300, 400],
  ])
})

test('a chain of 5,000 calls and a fan-out of 5,000 calls', () => {
  const chain = simulate(
    network(
      ...Array.from({ length: 5000 }, (_, i): [string, number, ...string[]] =>
        i === 0 ? ['0', 1] : [`${i}`, 1, `${i - 1}`],
      ),
    ),
    8,
  )
  expect(chain.durationMs).toBe(5000)
  expect(criticalPath(chain)).toHaveLength(5000)
  const fan = simulate(network(...Array.from({ length: 5000 }, (_, i): [string, number] => [`${i}`, 1])), 10)
  expect(fan.durationMs).toBe(500)
})

test('without caps, one pass and event after event give the same schedule', () => {
  const activity = fc.record({
    ms: fc.integer({ min: 1, max: 5 }),
    after: fc.array(fc.record({ back: fc.integer({ min: 1, max: 6 }), lagMs: fc.nat(3) }), { maxLength: 4 }),
  })
  fc.assert(
    fc.property(fc.array(activity, { maxLength: 20 }), (rows) => {
      const made = new NetworkBuilder(rows.length + 2, 1)
      made.add('start', 0, 0)
      rows.forEach(({ ms, after }, ref) => {
        made.add('call', ref, ms)
        made.after(0, 0)
        for (const { back, lagMs } of after) made.after(Math.max(0, ref + 1 - back), lagMs)
      })
      made.add('end', 0, 0)
      for (let from = 0; from <= rows.length; from++) made.after(from, 0)
      const shape = made.done()
      const [fast, naive] = [simulateWith(shape, UNLIMITED), eventDriven(shape, UNLIMITED)]
      expect([...fast.startMs]).toEqual([...naive.startMs])
      expect([...fast.endMs]).toEqual([...naive.endMs])
      expect([...fast.boundBy]).toEqual([...naive.boundBy])
    }),
    { numRuns: 300, seed: 3 },
  )
})
