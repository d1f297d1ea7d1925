// What the messages prove about order, whatever the clocks say: a turn that was given a call's result came after it.

import { CLOCKS_DISAGREE } from '../model/notes.ts'
import { type Call, NO_TURN, type Turn } from '../model/run.ts'
import type { CallDraft, TurnDraft } from './drafts.ts'
import { TIE_NS } from './time.ts'

/** Per call id: the turns whose input holds a result for it, ascending. An id that several calls use proves nothing. */
export function turnsGivenResult(turns: readonly TurnDraft[], calls: readonly CallDraft[]): Map<string, number[]> {
  const given = new Map<string, number[]>()
  turns.forEach(({ record }, t) => {
    for (const { results } of record.input) {
      for (const { id } of results) {
        if (id === null) continue
        const at = given.get(id)
        if (at === undefined) given.set(id, [t])
        else if (at[at.length - 1] !== t) at.push(t)
      }
    }
  })
  if (given.size === 0) return given
  const used = new Set<string>()
  for (const { callId } of calls) {
    if (callId === null) continue
    if (used.has(callId)) given.delete(callId)
    used.add(callId)
  }
  return given
}

const TIE_MS = Number(TIE_NS) / 1e6

/**
 * A sentence if the clocks of a turn and a call contradict the messages: the call began before the turn that asked for it
 * by id, or ended after a turn had begun that was given its result. Else nothing. No time is moved.
 */
export function clockNotes(
  turns: readonly Turn[],
  calls: readonly Call[],
  given: ReadonlyMap<string, readonly number[]>,
): string[] {
  const tools = new Set<string>()
  let worstMs = 0
  for (const call of calls) {
    if (call.callId === null || call.turn === NO_TURN) continue
    const earlyMs = call.turnFrom === 'call-id' ? turns[call.turn]!.startMs - call.startMs : 0
    const after = given.get(call.callId)?.find((t) => t > call.turn)
    const lateMs = after === undefined ? 0 : call.endMs - turns[after]!.startMs
    const offMs = Math.max(earlyMs, lateMs)
    if (offMs <= TIE_MS) continue
    tools.add(call.tool)
    worstMs = Math.max(worstMs, offMs)
  }
  if (tools.size === 0) return []
  return [
    `${CLOCKS_DISAGREE}${[...tools].sort().join(', ')} and of the model's spans disagree by ${Math.round(worstMs)} ms or more: ` +
      'by its times a call began before it was asked for, or ended after its result had been read.',
  ]
}
