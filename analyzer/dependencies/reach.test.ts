import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasBit } from './bit-rows.ts'
import { type Edge, UnlistedList } from './edges.ts'
import { pathsOf as pathsOfAll } from './reach.ts'

const NONE = new UnlistedList().edges()
const pathsOf = (count: number, edges: readonly Edge[]) => pathsOfAll(count, edges, NONE, 0).paths

const edge = (from: number, to: number, confidence: number): Edge => ({
  from,
  to,
  kind: 'data',
  confidence,
  evidence: [],
})

test('the strongest path wins, and a path is as strong as its weakest edge', () => {
  //   0 -0.5-> 1 -0.4-> 2 -1-> 3      0 -0.1-> 2
  const { strength } = pathsOf(4, [edge(0, 1, 0.5), edge(1, 2, 0.4), edge(0, 2, 0.1), edge(2, 3, 1)])
  expect(strength(0, 1)).toBeCloseTo(0.5, 3)
  expect(strength(0, 2)).toBeCloseTo(0.4, 3)
  expect(strength(0, 3)).toBeCloseTo(0.4, 3)
  expect(strength(1, 3)).toBeCloseTo(0.4, 3)
})

test('edges that are not listed count, and those that are too weak do not', () => {
  const list = new UnlistedList()
  list.add(1, 2, 0.7)
  list.add(2, 3, 0.4)
  const { paths, leadsWeakly } = pathsOfAll(4, [edge(0, 1, 0.9)], list.edges(), 0.5, 0.3)
  const { strength, direct } = paths
  expect(strength(0, 2)).toBeCloseTo(0.7, 3)
  expect(strength(0, 3)).toBe(0)
  expect(direct(0, 1)).toMatchObject({ confidence: 0.9 })
  expect(direct(1, 2)).toBeUndefined()
  expect([hasBit(paths.leads, 0, 3), hasBit(leadsWeakly, 0, 3)]).toEqual([false, true])
})

test('without a path the strength is 0', () => {
  expect(pathsOf(3, [edge(0, 2, 0.9)]).strength(0, 1)).toBe(0)
})

test('a chain of 5,000 and a call that 5,000 wait for', () => {
  const chain = pathsOf(
    5000,
    Array.from({ length: 4999 }, (_, i) => edge(i, i + 1, i === 2500 ? 0.6 : 0.9)),
  )
  expect(chain.strength(0, 4999)).toBeCloseTo(0.6, 3)
  expect(chain.strength(2501, 4999)).toBeCloseTo(0.9, 3)
  const star = pathsOf(
    5001,
    Array.from({ length: 5000 }, (_, i) => edge(0, i + 1, 0.7)),
  )
  expect(star.strength(0, 5000)).toBeCloseTo(0.7, 3)
  expect(star.strength(4999, 5000)).toBe(0)
})

/** Up to 40 calls, so that rows are longer than one word; few strengths, so that paths tie. */
const graphs = fc.integer({ min: 2, max: 40 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.array(
      fc
        .tuple(fc.nat(count - 1), fc.nat(count - 1), fc.constantFrom(0.5, 0.6, 0.75, 0.9, 1))
        .filter(([a, b]) => a !== b)
        .map(([a, b, confidence]) => edge(Math.min(a, b), Math.max(a, b), confidence)),
      { maxLength: 120 },
    ),
    asked: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 60 }),
  }),
)

test('paths are those that trying every way finds, in whatever order they are asked for', () => {
  fc.assert(
    fc.property(graphs, ({ count, edges, asked }) => {
      const paths = pathsOf(count, edges)
      const known = widestByTrying(count, edges)
      const pairs = [...asked, ...asked.map(([a, b]) => [b, a] as const)].filter(([i, j]) => i < j)
      for (const [i, j] of pairs) {
        expect(paths.strength(i, j)).toBeCloseTo(known[i]![j]!, 4)
        expect(hasBit(paths.leads, i, j)).toBe(known[i]![j]! > 0)
      }
    }),
  )
})

/** Floyd and Warshall, with the weakest edge in place of the sum. */
function widestByTrying(count: number, edges: readonly Edge[]): number[][] {
  const best = Array.from({ length: count }, () => new Array<number>(count).fill(0))
  for (const { from, to, confidence } of edges) best[from]![to] = Math.max(best[from]![to]!, confidence)
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) best[i]![j] = Math.max(best[i]![j]!, Math.min(best[i]![k]!, best[k]![j]!))
    }
  }
  return best
}
