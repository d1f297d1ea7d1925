import { expect, test } from 'vitest'
import { regressions } from './compare.ts'
import { openCorpus, type Score } from './corpus.ts'
import { rowOf, together } from './figures.ts'
import { pageOf, readPage } from './table.ts'

const score = (corpus: string, changes: Record<string, number> = {}): Score => ({
  corpus,
  episodes: 2,
  calls: 10,
  missingRuns: 0,
  missingCalls: 0,
  counts: {
    edges: { gold: 4, met: 3, predicted: 4, right: 3 },
    pairs: {
      dependent: 10,
      independent: 10,
      knownIndependent: 10,
      saidIndependent: 8,
      wronglyIndependent: 0,
      rightlyIndependent: 8,
      knownRightlyIndependent: 8,
      wronglyDependent: 1,
      unsaid: 3,
      ...changes,
    },
  },
  bins: [
    { from: 0, n: 0, confidence: null, right: null },
    { from: 0.9, n: 10, confidence: 0.9, right: 1 },
  ],
})

test('figures are ratios of counts', () => {
  expect(rowOf(score('a')).figures).toEqual({
    'edge precision': 0.75,
    'edge recall': 0.75,
    'edge F1': 0.75,
    'false independence': 0,
    'independence precision': 1,
    'independence recall': 0.8,
    'false dependence': 0.1,
    unsaid: 0.15,
    'calibration error': expect.closeTo(0.1, 10),
  })
})

test('together, counts are added up: a corpus ten times as large weighs ten times as much', () => {
  const all = together([score('a', { wronglyIndependent: 1 }), score('b', { dependent: 90, wronglyIndependent: 1 })])
  expect(all).toMatchObject({ corpus: 'all', episodes: 4, calls: 20 })
  expect(rowOf(all).figures['false independence']).toBe(0.02)
  expect(all.bins[1]).toEqual({ from: 0.9, n: 20, confidence: 0.9, right: 1 })
})

test('nothing to divide by is a dash, and not a zero', () => {
  const row = rowOf(score('a', { saidIndependent: 0, rightlyIndependent: 0 }))
  expect(row.figures['independence precision']).toBeNull()
  expect(pageOf({ threshold: 0.8, ours: [row], naive: [], bins: [] })).toMatch(/ 0\.0000 +\| - +\| 0\.8000 /)
})

test('the page is read back, and a figure that got worse by more than 0.005 is named', () => {
  const rows = ['a', 'b'].map((name) => rowOf(score(name)))
  const before = readPage(pageOf({ threshold: 0.8, ours: rows, naive: [rowOf(score('c'))], bins: [] }))
  expect([...before.keys()]).toEqual(['a', 'b'])
  expect(before.get('a')?.get('unsaid')).toBe(0.15)
  expect(regressions(before, rows)).toEqual([])
  const worse = rowOf(score('b', { unsaid: 4, knownRightlyIndependent: 9 }))
  expect(regressions(before, [worse])).toEqual(['b: unsaid was 0.1500 and is 0.2000'])
})

test('a folder without corpora is told from one with them', async () => {
  expect(await openCorpus('docs')).toBeUndefined()
})
