// Where each part of each argument can have come from. Facts only: `match-weights.ts` turns them into probabilities.

import { mapped } from '../base/mapped.ts'
import { int32Zeros } from '../base/zeros.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import { couldSee, type HistoryDocument, historyOf } from './history.ts'
import { rememberedHolders } from './holders.ts'
import { type LeafTrace, type Look, type Match, type Needle, NO_MATCHES } from './look.ts'
import { type NeedleDraft, needlesOf } from './needles.ts'
import { OperandTable } from './operand-table.ts'
import { isSamePath } from './path-node.ts'
import { regroupings } from './regrouped.ts'
import { rememberedTexts } from './remembered-texts.ts'
import { saidIn } from './said.ts'
import { sameMatches } from './same-match.ts'
import { traceLeaf } from './trace-leaf.ts'
import { unusedResults } from './unused-results.ts'
import { type IndexWork, ValueIndex } from './value-index.ts'
import { Vocabulary } from './vocabulary.ts'

export interface CallTrace {
  readonly leaves: readonly LeafTrace[]
}

export interface Provenance {
  /** Undefined for a call whose arguments were not captured. */
  readonly calls: readonly (CallTrace | undefined)[]
  readonly documents: readonly HistoryDocument[]
  /** Per document: whether a text in it has an underscore. */
  readonly isUnderscored: readonly boolean[]
  readonly work: IndexWork
}

/** Matches of all leaves of a call, leaf by leaf. */
export const matchesOf = (trace: CallTrace | undefined): Match[] =>
  trace === undefined ? [] : trace.leaves.flatMap(({ matches }) => matches)

/** Whether text among the arguments takes words from results, though not all from one. */
export function isQuoting({ leaves }: CallTrace): boolean {
  for (const { matches } of leaves) for (const { kind } of matches) if (kind === 'quoted') return true
  return false
}

/** Traces every argument leaf of every call of a run. Cost grows with the bytes of the run. */
export function traceProvenance(run: Run): Provenance {
  const documents = historyOf(run)
  const { needles, index, vocabulary } = indexFor(run)
  for (const document of documents) index.add(document.value)
  index.close()
  const same = sameMatches()
  /** Per call: the document of its arguments, -1 for none. */
  const ownArguments = int32Zeros(needles.length).fill(-1)
  documents.forEach(({ kind, call }, d) => {
    if (kind === 'arguments') ownArguments[call] = d
  })
  const leafOfPattern = new Map<number, ReadonlyMap<number, number>>()
  const traced: (CallTrace | undefined)[] = mapped(needles, () => undefined)
  const holdersOf = rememberedHolders(
    index,
    documents,
    run.calls.every(({ turn }) => turn !== NO_TURN),
  )
  const sees = (d: number): boolean => isVisible(run, documents[d] as HistoryDocument, look.call)
  let table: OperandTable | undefined
  const look: Look = {
    run,
    call: -1,
    leafCount: 0,
    end: 0,
    matches: NO_MATCHES,
    operands: () => {
      table ??= new OperandTable(look)
      table.fill()
      return table
    },
    index,
    vocabulary,
    documents,
    said: saidIn(documents),
    texts: rememberedTexts(),
    unused: unusedResults(run),
    regrouped: regroupings(documents),
    results: [],
    argumentsOf: (call) => ownArguments[call]!,
    candidates: { items: [], size: 0 },
    sees,
    holdersOf: (pattern) => holdersOf(pattern, look.call, look.end, sees),
    same,
    narrows: (call, asked) => typeof asked.path?.key === 'number' && (needles[call]?.length ?? 0) > look.leafCount,
    argument(call, pattern) {
      const own = needles[call]
      if (own === undefined) return undefined
      if (own.length <= FEW) {
        const leaf = own.findIndex((needle) => needle.pattern === pattern)
        return leaf < 0 ? undefined : traced[call]?.leaves[leaf]
      }
      const leafOf = leafOfPattern.get(call) ?? firstOfEach(own)
      leafOfPattern.set(call, leafOf)
      const leaf = leafOf.get(pattern)
      return leaf === undefined ? undefined : traced[call]?.leaves[leaf]
    },
    argumentAt(call, path) {
      for (const trace of traced[call]?.leaves ?? NO_LEAVES) if (isSamePath(trace.leaf.path, path)) return trace
      return undefined
    },
  }
  // As they were written: a call can have to wait, and start after calls of later turns that take up its arguments.
  documents.forEach(({ kind, call: j }, end) => {
    if (kind === 'result') look.results.push(end)
    if (kind !== 'arguments') return
    const own = needles[j]!
    look.call = j
    look.end = end
    look.leafCount = own.length
    traced[j] = { leaves: mapped(own, (needle, leaf) => traceLeaf(needle, leaf, look)) }
  })
  return { calls: traced, documents, isUnderscored: index.isUnderscored, work: index.work }
}

/** What is looked for, by call, and an index that knows it and has read nothing yet. */
function indexFor(run: Run) {
  const vocabulary = new Vocabulary()
  const drafts = needlesOf(run, vocabulary)
  const index = new ValueIndex(vocabulary)
  const withPattern: (NeedleDraft | undefined)[] = []
  for (const needle of drafts.all) {
    needle.pattern = index.patternOf(needle.phrase)
    needle.recurs = needle.isShared
    if (needle.pattern < 0) continue
    const other = withPattern[needle.pattern]
    if (other === undefined) withPattern[needle.pattern] = needle
    else other.recurs = needle.recurs = true
  }
  const needles: readonly (readonly Needle[] | undefined)[] = drafts.byCall
  return { needles, index, vocabulary }
}

const NO_LEAVES: readonly LeafTrace[] = []

/** Of so many leaves it is quicker to look at each. */
const FEW = 16

/** For each distinct pattern of a call's arguments, the first leaf that is it. */
function firstOfEach(needles: readonly Needle[]): Map<number, number> {
  const first = new Map<number, number>()
  needles.forEach(({ pattern }, leaf) => {
    if (!first.has(pattern)) first.set(pattern, leaf)
  })
  return first
}

function isVisible(run: Run, document: HistoryDocument, j: number): boolean {
  if (document.kind === 'result') return couldSee(run, document.call, j)
  return document.call !== j
}
