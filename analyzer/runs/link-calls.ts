// Which turn asked for which call, from the surest sign to the weakest (`TurnRule`):
// 1. call-id: the call's id among the tool calls of a model's answer
// 2. parent: inside the model's span; step: in one container with it alone; graph-step: LangGraph's step number, where
//    tools run one step after their model
// 3. arguments: tool name and arguments in the answer of a turn that ended before
// 4. before: the latest turn that ended before; result: if the messages show its result to a turn that began sooner, the
//    turn before that
// Otherwise no turn asked: a program made the call. Times decide only between spans that one clock timed.

import { mapped } from '../base/mapped.ts'
import { int32Zeros } from '../base/zeros.ts'
import { NO_TURN, type TurnFrom, type TurnRule } from '../model/run.ts'
import type { CallDraft, TurnDraft } from './drafts.ts'
import { NO_REQUEST, RequestClaims } from './request-claims.ts'
import { clockOf, TIE_NS } from './time.ts'
import { NO_NODE } from './trace-tree.ts'
import type { Askers } from './tree-askers.ts'

export interface Links {
  /** Per call: the turn that asked for it, or NO_TURN. */
  readonly turns: Int32Array
  /** Per call. */
  readonly rules: readonly TurnRule[]
  /** Per call: which of the turn's requests it answers; NO_REQUEST if the answer was not captured or names no such call. */
  readonly requests: Int32Array
  /** All claims have been made. */
  readonly claims: RequestClaims
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
  const turnOf = int32Zeros(calls.length).fill(NOT_FOUND)
  const requestOf = int32Zeros(calls.length).fill(NO_REQUEST)
  const rules: TurnRule[] = []
  const found: Findings = { turnOf, requestOf, rules }
  const withoutId: number[] = []
  for (let c = 0; c < calls.length; c++) {
    const ref = claims.claimById(calls[c]!)
    if (ref === NO_REQUEST) {
      rules.push('none')
      withoutId.push(c)
    } else {
      rules.push('call-id')
      turnOf[c] = claims.turnOf(ref)
      requestOf[c] = ref
    }
  }
  const ends = mapped(turns, (turn) => turn.end)
  if (withoutId.length > 0) linkByTree(turns, calls, askers, claims, withoutId, found)
  cutEnds(turns, calls, turnOf, ends)
  const unsure = withoutId.filter((c) => turnOf[c] === NOT_FOUND)
  if (unsure.length > 0) {
    const byEnd = turns.map((_, t) => t).sort((a, b) => (ends[a]! < ends[b]! ? -1 : ends[a]! > ends[b]! ? 1 : a - b))
    for (const c of unsure) {
      note(found, c, byTime(turns, calls[c]!, claims, { ends, byEnd }, given))
    }
    cutEnds(turns, calls, turnOf, ends)
  }

  for (let c = 0; c < calls.length; c++) {
    const ref = requestOf[c] === NO_REQUEST ? claims.claimByName(calls[c]!, turnOf[c]!) : requestOf[c]!
    requestOf[c] = ref === NO_REQUEST ? NO_REQUEST : claims.placeOf(ref)
  }
  return {
    turns: turnOf,
    rules,
    requests: requestOf,
    claims,
    turnEnds: ends,
    streamEnds: streamEndsOf(turns, calls, turnOf, askers),
  }
}

/** Instead of a turn, while it is looked for. */
const NOT_FOUND = -2

/** Per call, what was found so far. */
interface Findings {
  readonly turnOf: Int32Array
  readonly requestOf: Int32Array
  readonly rules: TurnRule[]
}

function note({ turnOf, requestOf, rules }: Findings, call: number, { turn, rule, request }: Found): void {
  turnOf[call] = turn
  requestOf[call] = request
  rules[call] = rule
}

/** Rule 2, for these calls. */
function linkByTree(
  turns: readonly TurnDraft[],
  calls: readonly CallDraft[],
  askers: Askers,
  claims: RequestClaims,
  those: readonly number[],
  found: Findings,
): void {
  const turnOfNode = new Map(turns.map((turn, t) => [turn.node, t]))
  const steps = turnsByStep(turns)
  for (const c of those) {
    const call = calls[c]!
    const byTree = turnOfNode.get(askers.model[call.node] ?? NO_NODE)
    const turn = byTree ?? turnOfStep(turns, steps, call)
    if (turn === undefined) continue
    const rule = byTree === undefined ? 'graph-step' : askers.isInside[call.node] ? 'parent' : 'step'
    note(found, c, { turn, rule, request: claims.claimByArguments(call, (t) => t === turn, 'latest') })
  }
}

/**
 * A model writes on beside its calls if one of them, not inside its span, started before that ended and was still running
 * then. A span that holds all of its calls may just as well be one that stays open around them.
 */
function streamEndsOf(
  turns: readonly TurnDraft[],
  calls: readonly CallDraft[],
  turnOf: Int32Array,
  askers: Askers,
): (bigint | null)[] {
  const ends: (bigint | null)[] = mapped(turns, () => null)
  for (let c = 0; c < calls.length; c++) {
    const t = turnOf[c]!
    if (t === NO_TURN) continue
    const [turn, call] = [turns[t]!, calls[c]!]
    // Most calls start after their turn.
    if (call.start >= turn.end || call.start < turn.start || call.end <= turn.end) continue
    if (!askers.isInside[call.node] || askers.model[call.node] !== turn.node) ends[t] = turn.end
  }
  return ends
}

interface Found {
  readonly turn: number
  readonly rule: TurnRule
  readonly request: number
}

/** How sure a rule is. */
export const turnFromOf = (rule: TurnRule): TurnFrom => FROM[rule]

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
  let request = claims.claimByArguments(call, (t) => !isForeign(t) && hadEnded(t), 'latest')
  if (request === NO_REQUEST) request = claims.claimByArguments(call, isForeign, 'first')
  if (request !== NO_REQUEST) return { turn: claims.turnOf(request), rule: 'arguments', request }

  const latest = latestEnded(byEnd, ends, turns, call)
  const turn = beforeItsResult(latest, call, given)
  return { turn, rule: turn === NO_TURN ? 'none' : turn === latest ? 'before' : 'result', request: NO_REQUEST }
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
function cutEnds(turns: readonly TurnDraft[], calls: readonly CallDraft[], turnOf: Int32Array, ends: bigint[]): void {
  for (let c = 0; c < calls.length; c++) {
    const t = turnOf[c]!
    if (t < 0) continue
    const call = calls[c]!
    if (call.start >= ends[t]! || call.start < turns[t]!.start) continue
    if (clockOf(turns[t]!.record.span) === clockOf(call.record.span)) ends[t] = call.start
  }
}
