// Most pairs need not be asked about one by one. A read that nothing points at is free of all reads before it that nothing
// points from, and what no path, no change to the world and no word of the user's joins is not dependent. What is left is
// found here 32 calls at a time, so that a fan-out of 5,000 reads costs 5,000 looks and not 12.5 million.

import type { Verdict } from '../model/dependency.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import { bitSetOf } from './bit-rows.ts'
import type { RunEvidence } from './evidence.ts'
import { type Situations, weakestPathFor } from './situations.ts'
import { sumsOf } from './suspects.ts'

/** See `Inference`. */
export interface OpenPairs {
  maybeNotFree(j: number, first: number, least: number): number[]
  maybeNeeded(j: number, first: number, least: number): number[]
}

/** @param verdictOf what these situations, and the user's words, say of a pair. */
export function openPairs(
  run: Run,
  { actors, spoken, authored }: Pick<RunEvidence, 'actors' | 'spoken' | 'authored'>,
  { believed, suspected, suspects }: Situations,
  verdictOf: (i: number, j: number) => Verdict,
): OpenPairs {
  const { calls } = run
  const count = calls.length
  /** A read, and of no session that the user named: between two such calls there is no hazard. */
  const isRead = actors.map(
    (actor) => actor.pure === true || (actor.effect.kind === 'read' && actor.session === undefined),
  )
  const changes = bitSetOf(count, (i) => !isRead[i])
  const areSums = sumsOf(calls)
  const sums = bitSetOf(count, (i) => areSums[i] === true)
  /** Calls that calls of later turns may not be free of for what they are themselves. */
  const odd = bitSetOf(count, (i) => {
    const { result, truncated, turn } = calls[i]!
    return !isRead[i] || result === undefined || truncated || turn === NO_TURN || suspects.decides(i)
  })
  const beside = besideOf(run)
  const found = bitSetOf(count, () => false)
  let weakest = { least: 0, path: 0 }

  /** Leaves nothing out of a stretch unless the last call that would be is free: the others are in the same situation. */
  const addUnlessFree = (j: number, first: number, end: number, least: number): void => {
    const example = found.lastWithout(first, end)
    if (example === -1) return
    const { verdict, confidence } = verdictOf(example, j)
    if (verdict !== 'independent' || confidence < least) found.addAll(first, end)
  }

  return {
    maybeNotFree(j, first, least) {
      found.clear(first, j)
      const { arguments: args, truncated, turn } = calls[j]!
      // Calls of one turn had not seen each other's results, whatever they are.
      const ownTurn = turn === NO_TURN ? j : Math.max(first, beside.since(j))
      const followsAny = args === undefined || truncated || turn === NO_TURN || suspects.mayFollowAny(j)
      if (spoken.any || !isRead[j]) return found.addAll(first, j).list(first, j)
      found.addRow(believed.leads, j, first, j).add(changes, ownTurn, j)
      addUnlessFree(j, ownTurn, j, least)
      if (followsAny) return found.addAll(first, ownTurn).list(first, j)
      found.addRow(suspected, j, first, ownTurn).add(odd, first, ownTurn)
      for (let i = suspects.askedBefore(j); i >= first; i = suspects.askedBefore(i)) if (i < ownTurn) found.put(i)
      for (const i of beside.unended(j, first, ownTurn)) found.put(i)
      // What came before a value was made up may have led to it.
      found.addAll(first, Math.max(first, Math.min(ownTurn, beside.endBefore(authored[j]!.since))))
      addUnlessFree(j, first, ownTurn, least)
      return found.list(first, j)
    },
    maybeNeeded(j, first, least) {
      found.clear(first, j)
      if (spoken.any || !isRead[j]) return found.addAll(first, j).list(first, j)
      if (weakest.least !== least) weakest = { least, path: weakestPathFor(least) }
      found.addRow(believed.leadsBy(weakest.path), j, first, j).add(changes, first, j)
      if (sums.has(j)) found.add(sums, first, j)
      return found.list(first, j)
    },
  }
}

/** Calls that are not simply of an earlier turn and over. */
function besideOf({ calls }: Run) {
  /** Per call: the first of the unbroken row of calls of its turn that it stands in. */
  const rowStart = new Int32Array(calls.length)
  /** Up to each call: the latest end and the highest turn. */
  const latestEnd = new Float64Array(calls.length)
  const highestTurn = new Int32Array(calls.length)
  /** Up to each turn: the place behind the last call of an earlier turn. */
  const endBefore = new Int32Array(calls.reduce((most, { turn }) => Math.max(most, turn), 0) + 2)
  calls.forEach(({ turn, endMs }, i) => {
    endBefore[turn + 1] = i + 1
    rowStart[i] = i > 0 && calls[i - 1]!.turn === turn ? rowStart[i - 1]! : i
    latestEnd[i] = i > 0 ? Math.max(latestEnd[i - 1]!, endMs) : endMs
    highestTurn[i] = i > 0 ? Math.max(highestTurn[i - 1]!, turn) : turn
  })
  for (let turn = 1; turn < endBefore.length; turn++) endBefore[turn] = Math.max(endBefore[turn]!, endBefore[turn - 1]!)
  return {
    since: (j: number): number => rowStart[j]!,
    endBefore: (turn: number): number => (turn < 0 ? 0 : endBefore[Math.min(turn, endBefore.length - 1)]!),
    /** Calls of a stretch before j that had not ended when j began, or are of its turn or a later one. */
    unended(j: number, first: number, end: number): number[] {
      const { startMs, turn } = calls[j]!
      const list: number[] = []
      for (let i = end - 1; i >= first && (latestEnd[i]! > startMs || highestTurn[i]! >= turn); i--) {
        if (calls[i]!.endMs > startMs || calls[i]!.turn >= turn) list.push(i)
      }
      return list
    },
  }
}
