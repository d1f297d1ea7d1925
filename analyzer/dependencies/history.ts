// What there was to know, in the order in which it became known. Within a turn: first what was said before it, then
// the arguments that its model call wrote, then the results of its calls. The earliest document that holds a value is
// its origin, so an echo (a result that repeats its own call's arguments) is never taken for a source.

import { IntList } from '../base/typed-lists.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Json } from '../model/json.ts'
import { NO_TURN, type Run } from '../model/run.ts'

export type DocumentKind = 'prompt' | 'words' | 'arguments' | 'result'

export interface HistoryDocument {
  readonly kind: DocumentKind
  /** Call index for arguments and results; -1 otherwise. */
  readonly call: number
  /** Turn that it belongs to: said before it, written by it, or returned to a call of it. */
  readonly turn: number
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly value: Json
}

/** All documents of a run, in time order. */
export function historyOf(run: Run): HistoryDocument[] {
  const documents: HistoryDocument[] = []
  /** Per document: its turn, from 0 for what is before all turns, and its phase within it. */
  const phases = new IntList()
  const put = (phase: number, document: HistoryDocument): void => {
    documents.push(document)
    phases.push(PHASES * (document.turn + 1) + phase)
  }
  for (const { beforeTurn, role, text } of run.messages) {
    put(0, { kind: 'prompt', call: -1, turn: beforeTurn, role, value: text })
  }
  for (const turn of run.turns) {
    if (turn.text !== '') put(1, { kind: 'words', call: -1, turn: turn.index, role: 'assistant', value: turn.text })
  }
  run.calls.forEach((call, index) => {
    const turn = call.turn === NO_TURN ? turnsBegunBy(run, call.startMs) - 1 : call.turn
    if (call.arguments !== undefined) {
      put(1, { kind: 'arguments', call: index, turn, role: 'assistant', value: call.arguments })
    }
    if (call.result !== undefined) put(2, { kind: 'result', call: index, turn, role: 'tool', value: call.result })
    if (call.error !== null && call.error !== '') {
      put(2, { kind: 'result', call: index, turn, role: 'tool', value: call.error })
    }
  })
  return byPhase(documents, phases)
}

const PHASES = 3

/** A stable counting sort: there are as many turns as calls, or fewer. */
function byPhase(documents: readonly HistoryDocument[], { items: phases, size }: IntList): HistoryDocument[] {
  let most = 0
  for (let at = 0; at < size; at++) most = Math.max(most, phases[at]!)
  const next = int32Zeros(most + 2)
  for (let at = 0; at < size; at++) next[phases[at]! + 1]!++
  for (let phase = 1; phase < next.length; phase++) next[phase] = next[phase]! + next[phase - 1]!
  const sorted = new Array<HistoryDocument>(size)
  for (let at = 0; at < size; at++) sorted[next[phases[at]!]!++] = documents[at]!
  return sorted
}

/**
 * Whether whoever made call `j` could have known the result of call `i` (i < j). A model knows the results of earlier
 * turns, whatever the clocks say: those of two machines differ, the order of the loop does not. Only where a call has no
 * turn does time decide.
 */
export function couldSee(run: Run, i: number, j: number): boolean {
  const earlier = run.calls[i]
  const later = run.calls[j]
  if (earlier === undefined || later === undefined || i >= j) return false
  if (earlier.turn !== NO_TURN && later.turn !== NO_TURN) return earlier.turn < later.turn
  if (later.startMs < earlier.endMs) return false
  if (later.turn === NO_TURN) return true
  return earlier.endMs <= (run.turns[later.turn]?.startMs ?? later.startMs)
}

/** How many turns had begun at `ms`. Turns are ordered by start. */
function turnsBegunBy(run: Run, ms: number): number {
  let low = 0
  let high = run.turns.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((run.turns[middle]?.startMs ?? 0) <= ms) low = middle + 1
    else high = middle
  }
  return low
}
