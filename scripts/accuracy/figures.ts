// The figures of one score, and of several together: ratios of summed counts, never means of ratios.

import type { Bin, Score } from './corpus.ts'

/** In the order of the table. `better`: the direction in which a change is an improvement. */
export const FIGURES = [
  { name: 'edge precision', better: 'up' },
  { name: 'edge recall', better: 'up' },
  { name: 'edge F1', better: 'up' },
  { name: 'false independence', better: 'down' },
  { name: 'independence precision', better: 'up' },
  { name: 'independence recall', better: 'up' },
  { name: 'false dependence', better: 'down' },
  { name: 'unsaid', better: 'down' },
  { name: 'calibration error', better: 'down' },
] as const

export type FigureName = (typeof FIGURES)[number]['name']
/** Null where there is nothing to divide by. */
export type Figures = Readonly<Record<FigureName, number | null>>

export interface Row {
  readonly corpus: string
  readonly episodes: number
  readonly calls: number
  readonly figures: Figures
}

/** All corpora as one. */
export function together(scores: readonly Score[]): Score {
  const sum = (of: (score: Score) => number) => scores.reduce((total, score) => total + of(score), 0)
  const sums = (of: (score: Score) => Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.keys(of(scores[0] as Score)).map((name) => [name, sum((score) => of(score)[name] ?? 0)]))
  const bins = Array.from({ length: scores[0]?.bins.length ?? 0 }, (_, at): Bin => {
    const n = sum((score) => score.bins[at]?.n ?? 0)
    const mean = (of: (bin: Bin) => number | null) =>
      ratio(
        sum((score) => {
          const bin = score.bins[at]
          return bin === undefined ? 0 : bin.n * (of(bin) ?? 0)
        }),
        n,
      )
    const from = scores[0]?.bins[at]?.from ?? 0
    return { from, n, confidence: mean((bin) => bin.confidence), right: mean((bin) => bin.right) }
  })
  return {
    corpus: 'all',
    episodes: sum((score) => score.episodes),
    calls: sum((score) => score.calls),
    missingRuns: sum((score) => score.missingRuns),
    missingCalls: sum((score) => score.missingCalls),
    counts: { edges: sums((score) => score.counts.edges), pairs: sums((score) => score.counts.pairs) },
    bins,
  }
}

export function rowOf(score: Score): Row {
  const { edges, pairs } = score.counts
  const of = (a: number | undefined, b: number | undefined) => ratio(a ?? 0, b ?? 0)
  const precision = of(edges.right, edges.predicted)
  const recall = of(edges.met, edges.gold)
  const verdicts = score.bins.reduce((total, bin) => total + bin.n, 0)
  const off = score.bins.reduce((sum, bin) => sum + bin.n * Math.abs((bin.confidence ?? 0) - (bin.right ?? 0)), 0)
  return {
    corpus: score.corpus,
    episodes: score.episodes,
    calls: score.calls,
    figures: {
      'edge precision': precision,
      'edge recall': recall,
      'edge F1': precision === null || recall === null ? null : ratio(2 * precision * recall, precision + recall),
      'false independence': of(pairs.wronglyIndependent, pairs.dependent),
      'independence precision': of(pairs.rightlyIndependent, pairs.saidIndependent),
      'independence recall': of(pairs.knownRightlyIndependent, pairs.knownIndependent),
      'false dependence': of(pairs.wronglyDependent, pairs.knownIndependent),
      unsaid: of(pairs.unsaid, (pairs.dependent ?? 0) + (pairs.independent ?? 0)),
      'calibration error': ratio(off, verdicts),
    },
  }
}

const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b)
