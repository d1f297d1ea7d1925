// From labelled pairs to the table: how many pairs of each situation depend.

import type { PairTable } from '../../analyzer/dependencies/weights.ts'
import type { LabelledPair } from './pairs.ts'

/** One episode counts as at most so many pairs of one situation: its pairs are much alike, and prove one thing. */
const MOST_OF_EPISODE = 4
/** So many pairs of one corpus are enough to know it; beyond, it would only drown the others. */
const MOST_OF_CORPUS = 120

/** Weighted counts per situation, sorted by name. Situations that the labels never show are not in the table. */
export function pairTableOf(pairs: readonly LabelledPair[]): PairTable {
  const bySituation = groupBy(
    pairs.filter(({ situation }) => situation !== undefined),
    (pair) => pair.situation?.name ?? '',
  )
  const rows = [...bySituation].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, group]) => [name, countOf(group)])
  return Object.fromEntries(rows)
}

/** Corpora made from the same tasks, which are left out together: their names begin alike. */
export const familyOf = (corpus: string): string => corpus.split('_')[0] ?? corpus

function countOf(pairs: readonly LabelledPair[]): [number, number, number] {
  let dependent = 0
  let all = 0
  for (const corpus of groupBy(pairs, (pair) => pair.corpus).values()) {
    let [ofCorpus, dependentOfCorpus] = [0, 0]
    for (const episode of groupBy(corpus, (pair) => pair.episode).values()) {
      const weight = Math.min(1, MOST_OF_EPISODE / episode.length)
      ofCorpus += weight * episode.length
      dependentOfCorpus += weight * episode.filter((pair) => pair.dependent).length
    }
    const weight = Math.min(1, MOST_OF_CORPUS / ofCorpus)
    all += weight * ofCorpus
    dependent += weight * dependentOfCorpus
  }
  const families = new Set(pairs.map((pair) => familyOf(pair.corpus)))
  return [rounded(dependent), rounded(all), families.size]
}

const rounded = (value: number): number => Math.round(value * 10) / 10

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return groups
}
