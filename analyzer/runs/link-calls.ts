// Which turn asked for which call, from the surest sign to the weakest:
// 1. the call's id among the tool calls of a model's answer                    -> call-id
// 2. the span tree: inside the model's span, or in one step with it;
//    LangGraph's step number, where tools run one step after their model       -> tree
// 3. tool name and arguments in the answer of a turn that ended before         -> time
// 4. the latest turn that ended before; if the messages show its result to a turn that began sooner, the turn before that
//                                                                              -> time
// Otherwise no turn asked: a program made the call.

import { NO_TURN, type TurnFrom } from '../model/run.ts'
import type { CallDraft, TurnDraft } from './drafts.ts'
import { RequestClaims, type RequestRef } from './request-claims.ts'
import { TIE_NS } from './time.ts'
import { NO_NODE } from './trace-tree.ts'

export interface Link {
  readonly turn: number
  readonly turnFrom: TurnFrom
  /** Which of the turn's requests the call answers; null if the answer was not captured or names no such call. */
  readonly request: number | null
}

export interface Links {
  /** Per call. */
  readonly links: readonly Link[]
  /** Per turn: where the model's own time ends, at the latest where the first call that it asked for starts. */
  readonly turnEnds: readonly bigint[]
}

/**
 * Links each call of a run to a turn. Both lists are in time order. `askers` is, per node of the trace, the model node
 * that the span tree names (`askersByTree`); `given` is `turnsGivenResult(turns, calls)`.
 */
export function linkCalls(
  turns: readonly TurnDraft[],
  calls: readonly CallDraft[],
  askers: readonly number[],
  given: ReadonlyMap<string, readonly number[]>,
): Links {
  const claims = new RequestClaims(turns)
  const turnOfNode = new Map(turns.map((turn, t) => [turn.node, t]))
  const steps = turnsByStep(turns)
  const found: ({ turn: number; turnFrom: TurnFrom; request: RequestRef | null } | undefined)[] = []

  calls.forEach((call, c) => {
    const refs = call.callId === null ? [] : claims.withId(call.callId)
    const free = refs.filter((ref) => !claims.isClaimed(ref))
    const ref = latestStarted(turns, free.length > 0 ? free : refs, call)
    if (ref) found[c] = { turn: ref.turn, turnFrom: 'call-id', request: claims.claim(ref) }
  })
  calls.forEach((call, c) => {
    if (found[c]) return
    const turn = turnOfNode.get(askers[call.node] ?? NO_NODE) ?? turnOfStep(turns, steps, call)
    if (turn === undefined) return
    found[c] = { turn, turnFrom: 'tree', request: claims.claimByArguments(call, (t) => t === turn) }
  })

  const ends = turns.map((turn) => turn.end)
  cutEnds(turns, calls, found, ends)
  const byEnd = turns.map((_, t) => t).sort((a, b) => (ends[a]! < ends[b]! ? -1 : ends[a]! > ends[b]! ? 1 : a - b))
  calls.forEach((call, c) => {
    if (found[c]) return
    const hadEnded = (t: number) => turns[t]!.start <= call.start && ends[t]! <= call.start + TIE_NS
    const request = claims.claimByArguments(call, hadEnded)
    const turn = request?.turn ?? beforeItsResult(latestEnded(byEnd, ends, turns, call), call, given)
    found[c] = { turn, turnFrom: 'time', request }
  })
  cutEnds(turns, calls, found, ends)

  const links = calls.map((call, c): Link => {
    const { turn, turnFrom, request } = found[c]!
    return { turn, turnFrom, request: (request ?? claims.claimByName(call, turn))?.request ?? null }
  })
  return { links, turnEnds: ends }
}

/** Of several turns that used one id: the latest that had started when the call did. */
function latestStarted(
  turns: readonly TurnDraft[],
  refs: readonly RequestRef[],
  call: CallDraft,
): RequestRef | undefined {
  return refs.findLast((ref) => turns[ref.turn]!.start <= call.start + TIE_NS) ?? refs[0]
}

function turnsByStep(turns: readonly TurnDraft[]): Map<number, number[]> {
  const byStep = new Map<number, number[]>()
  turns.forEach(({ record }, t) => {
    if (record.step === null) return
    byStep.set(record.step, [...(byStep.get(record.step) ?? []), t])
  })
  return byStep
}

function turnOfStep(
  turns: readonly TurnDraft[],
  steps: ReadonlyMap<number, readonly number[]>,
  call: CallDraft,
): number | undefined {
  if (call.record.kind !== 'tool' || call.record.step === null) return undefined
  return steps.get(call.record.step - 1)?.findLast((t) => turns[t]!.start <= call.start + TIE_NS)
}

/** `byEnd` holds the turns in order of `ends`. Binary search for the last that ended, then back to one that began before. */
function latestEnded(
  byEnd: readonly number[],
  ends: readonly bigint[],
  turns: readonly TurnDraft[],
  call: CallDraft,
): number {
  let low = 0
  let high = byEnd.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ends[byEnd[middle]!]! <= call.start + TIE_NS) low = middle + 1
    else high = middle
  }
  for (let k = low - 1; k >= 0; k--) {
    if (turns[byEnd[k]!]!.start <= call.start) return byEnd[k]!
  }
  return NO_TURN
}

/**
 * A turn that was given the call's result did not ask for it, and one before that did: results with an id answer a model.
 * Clocks of two machines may say otherwise.
 */
function beforeItsResult(turn: number, call: CallDraft, given: ReadonlyMap<string, readonly number[]>): number {
  const first = call.callId === null ? undefined : given.get(call.callId)?.[0]
  if (first === undefined || first === 0) return turn
  return turn === NO_TURN ? first - 1 : Math.min(turn, first - 1)
}

/**
 * A model span may stay open around its tools; and clocks with millisecond grain let a call begin before its turn ends.
 *
 *   call_llm  |=====================|        turn |====|
 *     tool         |=====|                   call      |=====|
 */
function cutEnds(
  turns: readonly TurnDraft[],
  calls: readonly CallDraft[],
  found: readonly ({ readonly turn: number } | undefined)[],
  ends: bigint[],
): void {
  calls.forEach((call, c) => {
    const t = found[c]?.turn ?? NO_TURN
    if (t !== NO_TURN && call.start >= turns[t]!.start && call.start < ends[t]!) ends[t] = call.start
  })
}
