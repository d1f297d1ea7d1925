// Which turn asked for which call, from the surest sign to the weakest (`TurnRule`):
// 1. call-id: the call's id among the tool calls of a model's answer
// 2. parent: inside the model's span; step: in one container with it alone; graph-step: LangGraph's step number, where
//    tools run one step after their model
// 3. arguments: tool name and arguments in the answer of a turn that ended before
// 4. before: the latest turn that ended before; result: if the messages show its result to a turn that began sooner, the
//    turn before that
// Otherwise no turn asked: a program made the call. Times decide only between spans that one clock timed.

import { NO_TURN, type TurnFrom, type TurnRule } from '../model/run.ts'
import type { CallDraft, TurnDraft } from './drafts.ts'
import { RequestClaims, type RequestRef } from './request-claims.ts'
import { clockOf, TIE_NS } from './time.ts'
import { NO_NODE } from './trace-tree.ts'
import type { Askers } from './tree-askers.ts'

export interface Link {
  readonly turn: number
  readonly turnFrom: TurnFrom
  readonly turnRule: TurnRule
  /** Which of the turn's requests the call answers; null if the answer was not captured or names no such call. */
  readonly request: number | null
}

export interface Links {
  /** Per call. */
  readonly links: readonly Link[]
  /** Per turn: where the model's own time ends, at the latest where the first call that it asked for starts. */
  readonly turnEnds: readonly bigint[]
  /** Per turn: where its model stopped writing, if calls were started before; null where none was. */
  readonly streamEnds: readonly (bigint | null)[]
}

/**
 * Links each call of a run to a turn. Both lists are in time order. `askers` is `askersByTree` of the trace; `given` is
 * `turnsGivenResult(turns, calls)`.
 */
export function linkCalls(
  turns: readonly TurnDraft[],
  calls: readonly CallDraft[],
  askers: Askers,
  given: ReadonlyMap<string, readonly number[]>,
): Links {
  const claims = new RequestClaims(turns)
  const turnOfNode = new Map(turns.map((turn, t) => [turn.node, t]))
  const steps = turnsByStep(turns)
  const found: (Found | undefined)[] = []

  calls.forEach((call, c) => {
    const refs = call.callId === null ? [] : claims.withId(call.callId)
    const free = refs.filter((ref) => !claims.isClaimed(ref))
    const ref = latestStarted(turns, free.length > 0 ? free : refs, call)
    if (ref) found[c] = { turn: ref.turn, rule: 'call-id', request: claims.claim(ref) }
  })
  calls.forEach((call, c) => {
    if (found[c]) return
    const byTree = turnOfNode.get(askers.model[call.node] ?? NO_NODE)
    const turn = byTree ?? turnOfStep(turns, steps, call)
    if (turn === undefined) return
    const rule = byTree === undefined ? 'graph-step' : askers.isInside[call.node] ? 'parent' : 'step'
    found[c] = { turn, rule, request: claims.claimByArguments(call, (t) => t === turn, 'latest') }
  })

  const ends = turns.map((turn) => turn.end)
  cutEnds(turns, calls, found, ends)
  const unsure = calls.flatMap((_, c) => (found[c] ? [] : [c]))
  if (unsure.length > 0) {
    const byEnd = turns.map((_, t) => t).sort((a, b) => (ends[a]! < ends[b]! ? -1 : ends[a]! > ends[b]! ? 1 : a - b))
    for (const c of unsure) found[c] = byTime(turns, calls[c]!, claims, { ends, byEnd }, given)
    cutEnds(turns, calls, found, ends)
  }

  const links = calls.map((call, c): Link => {
    const { turn, rule, request } = found[c]!
    const answered = request ?? claims.claimByName(call, turn)
    return { turn, turnFrom: FROM[rule], turnRule: rule, request: answered?.request ?? null }
  })
  return { links, turnEnds: ends, streamEnds: streamEndsOf(turns, calls, links, askers) }
}

/**
 * A model writes on beside its calls if one of them, not inside its span, started before that ended and was still running
 * then. A span that holds all of its calls may just as well be one that stays open around them.
 */
function streamEndsOf(
  turns: readonly TurnDraft[],
  calls: readonly CallDraft[],
  links: readonly Link[],
  askers: Askers,
): (bigint | null)[] {
  const ends: (bigint | null)[] = turns.map(() => null)
  calls.forEach((call, c) => {
    const t = links[c]!.turn
    const turn = turns[t]
    if (turn === undefined || (askers.isInside[call.node] && askers.model[call.node] === turn.node)) return
    if (call.start >= turn.start && call.start < turn.end && call.end > turn.end) ends[t] = turn.end
  })
  return ends
}

interface Found {
  readonly turn: number
  readonly rule: TurnRule
  readonly request: RequestRef | null
}

const FROM: Readonly<Record<TurnRule, TurnFrom>> = {
  'call-id': 'call-id',
  parent: 'tree',
  step: 'tree',
  'graph-step': 'tree',
  arguments: 'time',
  result: 'time',
  before: 'time',
  none: 'time',
}

/** Rules 3 and 4. `ends` are the turns' ends so far, `byEnd` the turns in their order. */
function byTime(
  turns: readonly TurnDraft[],
  call: CallDraft,
  claims: RequestClaims,
  { ends, byEnd }: { readonly ends: readonly bigint[]; readonly byEnd: readonly number[] },
  given: ReadonlyMap<string, readonly number[]>,
): Found {
  const hadEnded = (t: number) => turns[t]!.start <= call.start && ends[t]! <= call.start + TIE_NS
  const isForeign = (t: number) => clockOf(turns[t]!.record.span) !== clockOf(call.record.span)
  const request =
    claims.claimByArguments(call, (t) => !isForeign(t) && hadEnded(t), 'latest') ??
    claims.claimByArguments(call, isForeign, 'first')
  if (request) return { turn: request.turn, rule: 'arguments', request }

  const latest = latestEnded(byEnd, ends, turns, call)
  const turn = beforeItsResult(latest, call, given)
  return { turn, rule: turn === NO_TURN ? 'none' : turn === latest ? 'before' : 'result', request: null }
}

/** Of several turns that used one id: the latest that had started when the call did. */
function latestStarted(
  turns: readonly TurnDraft[],
  refs: readonly RequestRef[],
  call: CallDraft,
): RequestRef | undefined {
  if (refs.length < 2) return refs[0]
  return refs.findLast((ref) => turns[ref.turn]!.start <= call.start + TIE_NS) ?? refs[0]
}

function turnsByStep(turns: readonly TurnDraft[]): Map<number, number[]> {
  const byStep = new Map<number, number[]>()
  turns.forEach(({ record }, t) => {
    if (record.step === null) return
    const inStep = byStep.get(record.step)
    if (inStep) inStep.push(t)
    else byStep.set(record.step, [t])
  })
  return byStep
}

function turnOfStep(
  turns: readonly TurnDraft[],
  steps: ReadonlyMap<number, readonly number[]>,
  call: CallDraft,
): number | undefined {
  if (call.record.kind !== 'tool' || call.record.step === null) return undefined
  const before = steps.get(call.record.step - 1)
  return (
    before?.findLast((t) => turns[t]!.start <= call.start + TIE_NS) ??
    before?.find((t) => clockOf(turns[t]!.record.span) !== clockOf(call.record.span))
  )
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
    if (t === NO_TURN || call.start < turns[t]!.start || call.start >= ends[t]!) return
    if (clockOf(turns[t]!.record.span) === clockOf(call.record.span)) ends[t] = call.start
  })
}
