// How the table would have done on corpora that it was not counted on: each family is left out in turn.

import {
  type PairTable,
  REPORTED_FROM,
  situationProbability,
  UNKNOWN_FROM,
  UNSHOWN_FROM,
} from '../../analyzer/dependencies/weights.ts'
import { DEFAULT_OPTIONS } from '../../analyzer/model/options.ts'
import { familyOf, pairTableOf } from './count.ts'
import type { LabelledPair } from './pairs.ts'

export interface PairFigures {
  readonly corpus: string
  readonly pairs: number
  readonly falseIndependence: number | null
  readonly independencePrecision: number | null
  readonly independenceRecall: number | null
  readonly unsaid: number | null
  readonly calibrationError: number | null
}

/** Per corpus, scored with the table of all other families; the last row is all of them together. */
export function leaveOut(pairs: readonly LabelledPair[]): PairFigures[] {
  const corpora = [...new Set(pairs.map(({ corpus }) => corpus))]
  const said = corpora.flatMap((corpus) => {
    const table = pairTableOf(pairs.filter((pair) => familyOf(pair.corpus) !== familyOf(corpus)))
    return pairs.filter((pair) => pair.corpus === corpus).map((pair) => ({ pair, needed: neededOf(pair, table) }))
  })
  return [
    ...corpora.map((corpus) =>
      figuresOf(
        corpus,
        said.filter(({ pair }) => pair.corpus === corpus),
      ),
    ),
    figuresOf('all', said),
  ]
}

/** Probabilities by one table for all pairs: what the analyzer would say of them. */
export const figuresWith = (pairs: readonly LabelledPair[], table: PairTable): PairFigures =>
  figuresOf(
    'all',
    pairs.map((pair) => ({ pair, needed: neededOf(pair, table) })),
  )

interface Said {
  readonly pair: LabelledPair
  /** Undefined: nothing is said. */
  readonly needed: number | undefined
}

function neededOf({ situation }: LabelledPair, table: PairTable): number | undefined {
  if (situation === undefined) return undefined
  const needed = situationProbability(situation, table)
  if (needed >= (situation.shown ? REPORTED_FROM : UNSHOWN_FROM)) return needed
  return situation.shown || needed >= UNKNOWN_FROM ? undefined : needed
}

/** The pair half of the corpora's own scoring. */
function figuresOf(corpus: string, said: readonly Said[]): PairFigures {
  const { threshold } = DEFAULT_OPTIONS
  const count = (of: (one: Said) => boolean) => said.filter(of).length
  const independent = ({ needed }: Said) => needed !== undefined && 1 - needed >= threshold
  const dependent = ({ needed }: Said) => needed !== undefined && needed >= threshold
  const knownFree = ({ pair }: Said) => !pair.dependent && pair.controlKnown
  const called = count(independent)
  const bins = Array.from({ length: 10 }, () => ({ n: 0, confidence: 0, right: 0 }))
  for (const { pair, needed } of said) {
    if (needed === undefined) continue
    const saysDependent = needed >= REPORTED_FROM
    if (saysDependent && !pair.dependent && !pair.controlKnown) continue
    const confidence = Math.max(needed, 1 - needed)
    const bin = bins[Math.min(9, Math.floor(confidence * 10))] as (typeof bins)[number]
    bin.n++
    bin.confidence += confidence
    if (saysDependent === pair.dependent) bin.right++
  }
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0)
  return {
    corpus,
    pairs: said.length,
    falseIndependence: ratio(
      count((one) => independent(one) && one.pair.dependent),
      count((one) => one.pair.dependent),
    ),
    independencePrecision: ratio(
      count((one) => independent(one) && !one.pair.dependent),
      called,
    ),
    independenceRecall: ratio(
      count((one) => independent(one) && knownFree(one)),
      count(knownFree),
    ),
    unsaid: ratio(
      count((one) => !independent(one) && !dependent(one)),
      said.length,
    ),
    calibrationError: ratio(
      off,
      bins.reduce((sum, bin) => sum + bin.n, 0),
    ),
  }
}

const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b)
