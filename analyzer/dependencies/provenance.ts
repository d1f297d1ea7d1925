// Where each part of each argument can have come from. Facts only: `match-weights.ts` turns them into probabilities.

import type { Run } from '../model/run.ts'
import { couldSee, type HistoryDocument, historyOf } from './history.ts'
import { argumentLeaves, type Leaf } from './leaves.ts'
import type { LeafTrace, Look, Match, Needle } from './look.ts'
import { once, operandTable } from './operand-table.ts'
import { rememberedTexts } from './remembered-texts.ts'
import { saidIn } from './said.ts'
import { sameMatches } from './same-match.ts'
import { traceLeaf } from './trace-leaf.ts'
import { unusedResults } from './unused-results.ts'
import { type IndexWork, ValueIndex } from './value-index.ts'
import { Vocabulary } from './vocabulary.ts'

export interface CallTrace {
  readonly leaves: readonly LeafTrace[]
  readonly matches: readonly Match[]
}

export interface Provenance {
  /** Undefined for a call whose arguments were not captured. */
  readonly calls: readonly (CallTrace | undefined)[]
  readonly documents: readonly HistoryDocument[]
  readonly work: IndexWork
}

/** Traces every argument leaf of every call of a run. Cost grows with the bytes of the run. */
export function traceProvenance(run: Run): Provenance {
  const documents = historyOf(run)
  const vocabulary = new Vocabulary()
  const phrases = run.calls.map((call) =>
    call.arguments === undefined
      ? undefined
      : argumentLeaves(call.arguments).map((leaf) => ({ leaf, phrase: vocabulary.phraseOf(leaf.value) })),
  )
  const index = new ValueIndex(vocabulary)
  const needles = phrases.map((leaves) => leaves?.map(({ leaf, phrase }) => needleOf(leaf, phrase, index)))
  for (const document of documents) index.add(document.value)
  const said = saidIn(documents)
  const texts = rememberedTexts()
  const unused = unusedResults(run)
  const operandsIn: Look['operandsIn'] = new Map()
  const results = documents.flatMap(({ kind }, d) => (kind === 'result' ? [d] : []))
  const same = sameMatches()
  const ownArguments: (number | undefined)[] = phrases.map(() => undefined)
  documents.forEach(({ kind, call }, d) => {
    if (kind === 'arguments') ownArguments[call] = d
  })
  const argumentsBy: (ReturnType<typeof byPattern> | undefined)[] = phrases.map(() => undefined)
  const traced: (CallTrace | undefined)[] = phrases.map(() => undefined)
  // As they were written: a call can have to wait, and start after calls of later turns that take up its arguments.
  documents.forEach(({ kind, call: j }, end) => {
    if (kind !== 'arguments') return
    const leaves = needles[j]!
    const traces: LeafTrace[] = []
    const matches: Match[] = []
    const look: Look = {
      run,
      call: j,
      index,
      vocabulary,
      documents,
      said,
      texts,
      unused,
      operandsIn,
      operands: once(() => operandTable(look)),
      results,
      end,
      argumentsOf: (call) => ownArguments[call],
      sees: (d) => isVisible(run, documents[d] as HistoryDocument, j),
      matches,
      same,
      narrows: (call, asked) => typeof asked.path?.key === 'number' && (needles[call]?.length ?? 0) > leaves.length,
      argument: (call, pattern) => {
        const known = argumentsBy[call] ?? byPattern(needles[call] ?? [], traced[call]?.matches ?? [])
        argumentsBy[call] = known
        return known.get(pattern)
      },
    }
    for (const needle of leaves) traces.push(traceLeaf(needle, traces.length, look))
    traced[j] = { leaves: traces, matches }
  })
  return { calls: traced, documents, work: index.work }
}

function needleOf(leaf: Leaf, phrase: readonly number[], index: ValueIndex): Needle {
  return { leaf, phrase, pattern: index.patternOf(phrase) }
}

/** What was found for each distinct argument of a call, where it is first. */
function byPattern(needles: readonly Needle[], matches: readonly Match[]): Map<number, Match[]> {
  const first = new Map<number, Match[]>()
  const ofLeaf = needles.map(({ pattern }): Match[] | undefined => {
    if (first.has(pattern)) return undefined
    const found: Match[] = []
    first.set(pattern, found)
    return found
  })
  for (const match of matches) ofLeaf[match.leaf]?.push(match)
  return first
}

function isVisible(run: Run, document: HistoryDocument, j: number): boolean {
  if (document.kind === 'result') return couldSee(run, document.call, j)
  return document.call !== j
}
