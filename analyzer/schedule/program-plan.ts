// The `plan` rung: turns joined only by mechanical data flow run as one program, without a model call in between.
//
//   batch   turn 0 -> A     turn 1 -> B(A)    turn 2 -> C(B)    turn 3: words
//   plan    turn 0 -> A, then B(A), then C(B)                   turn 3: words        turns 1 and 2 are gone
//
// A turn goes only if a program could have made every one of its calls: all arguments are known or returned values, no call
// before it in the program failed, and whatever is not independent is ordered by a trusted flow of values. It stays where
// it wrote words, where a person spoke, or where only a hazard or a decision of the model leads to its calls.

import type { Derivation, ModeReason } from '../model/dependency.ts'
import type { Draft, RungInput } from './drafts.ts'
import type { Links } from './links.ts'

export interface ProgramInput extends RungInput {
  readonly derivations: readonly Derivation[]
  readonly links: Links
  readonly trust: Trust
}

/**
 * Why the model has to decide on `to` once it has seen `from`, going by their direct dependencies; null where a trusted flow
 * of values is all there is. `state`: only a hazard joins them. `unproven`: no dependency that is trusted.
 */
export function decisionOn(links: Links, from: number, to: number, trust: Trust): ModeReason | null {
  let flows = false
  let hazard = false
  for (const { kind, confidence, evidence } of links.between(from, to)) {
    const trusted = confidence >= trust.threshold
    if (kind === 'session') return 'session'
    if (kind === 'declared' && evidence.every(({ origin }) => origin === 'override')) return 'declared'
    if (kind === 'control' && (trusted || !trust.bestCase)) return 'refined'
    if (kind === 'state') hazard = true
    else if (trusted) flows = true
  }
  if (flows || trust.bestCase) return null
  return hazard ? 'state' : 'unproven'
}

export interface Trust {
  readonly threshold: number
  /** Whether what is not trusted counts as nothing: doubtful derivations as mechanical, weak dependencies as none. */
  readonly bestCase: boolean
}

/** The drafts of the batched run, with those joined that one program can do. */
export function programDrafts(input: ProgramInput, drafts: readonly Draft[]): Draft[] {
  const joined: Draft[] = []
  let open: Program | null = null
  const close = (): void => {
    if (open !== null) joined.push(draftOf(open))
    open = null
  }
  for (const draft of drafts) {
    if (open !== null && extend(input, open, draft)) continue
    close()
    open = programOf(draft)
  }
  close()
  return joined
}

/** A step that may grow. Calls stand in the order in which they came in, so that `after` only names earlier ones. */
interface Program {
  readonly head: Draft
  readonly calls: number[]
  readonly after: (readonly number[])[]
  readonly stages: (readonly number[])[]
  readonly positionOf: Map<number, number>
  /** Per position: bits of the positions that come before it, directly or not; none where nothing does. */
  readonly ancestors: (Uint32Array | undefined)[]
  /** The smallest of its calls. */
  firstCall: number
}

function programOf(head: Draft): Program {
  const program: Program = {
    head,
    calls: [],
    after: [],
    stages: [...head.stages],
    positionOf: new Map(),
    ancestors: [],
    firstCall: Number.POSITIVE_INFINITY,
  }
  head.calls.forEach((call, at) => {
    add(program, call, head.order[at]!)
  })
  return program
}

function add(program: Program, call: number, waitsFor: readonly number[]): void {
  const { calls, after, positionOf, ancestors } = program
  program.firstCall = Math.min(program.firstCall, call)
  let own: Uint32Array | undefined
  for (const before of waitsFor) {
    const position = positionOf.get(before)
    if (position === undefined) continue
    const bits = own ?? new Uint32Array((calls.length >> 5) + 1)
    ancestors[position]?.forEach((theirs, word) => {
      bits[word] = bits[word]! | theirs
    })
    bits[position >> 5] = bits[position >> 5]! | (1 << (position & 31))
    own = bits
  }
  positionOf.set(call, calls.length)
  calls.push(call)
  after.push(waitsFor)
  ancestors.push(own)
}

/** A draft's calls ascend; a call of a later stage can have a smaller index than one that moved up from behind it. */
function draftOf({ head, calls, after, stages }: Program): Draft {
  if (stages.length === head.stages.length) return head
  const sorted = calls.map((call, at) => ({ call, after: after[at]! })).sort((a, b) => a.call - b.call)
  return { ...head, calls: sorted.map(({ call }) => call), order: sorted.map((entry) => entry.after), stages }
}

/** Takes the calls of `next` into the program if it can make them; says whether it did. */
function extend(input: ProgramInput, program: Program, next: Draft): boolean {
  if (!mayFollow(input, program, next)) return false
  const orders: number[][] = []
  for (const [at, call] of next.calls.entries()) {
    const order = orderAfter(input, program, next.calls.slice(0, at), call)
    if (order === null) return false
    orders.push(order)
  }
  next.calls.forEach((call, at) => {
    add(program, call, [...orders[at]!, ...next.order[at]!])
  })
  program.stages.push(...next.stages)
  return true
}

/** What can be said without looking at pairs. */
function mayFollow({ run, observed, derivations, movable, ...input }: ProgramInput, program: Program, next: Draft) {
  const { turn } = next
  if (turn === null || program.head.turn === null || program.head.segment !== next.segment) return false
  if (program.calls.length === 0 || next.calls.length === 0) return false
  const frozen = (calls: readonly number[]): boolean => !calls.every((call) => movable!.has(call))
  if (movable && (frozen(next.calls) || frozen(program.stages.at(-1)!))) return false
  if (observed.waitMs[turn]! > 0 || (input.keepWords && run.turns[turn]!.text.trim() !== '')) return false
  // What failed, what still runs in the background, and what acts on a session, the model looks at first.
  const lookedAt = (call: number): boolean =>
    run.calls[call]!.status === 'error' || observed.joins[call]! > turn || derivations[call]!.kind === 'reasoned'
  if (program.stages.at(-1)!.some(lookedAt)) return false
  return next.calls.every((call) =>
    input.trust.bestCase ? derivations[call]!.kind !== 'reasoned' : derivations[call]!.kind === 'mechanical',
  )
}

/** The calls of the program that `call` must come after, without those that follow; null if the model has to decide. */
function orderAfter(
  { links, trust, independent }: ProgramInput,
  program: Program,
  sameStage: readonly number[],
  call: number,
): number[] | null {
  const beside = new Set(sameStage)
  for (const from of links.into(call)) {
    if (!program.positionOf.has(from) || independent(Math.min(from, call), Math.max(from, call))) continue
    const decision = decisionOn(links, from, call, trust)
    if (decision !== null && decision !== 'unproven' && decision !== 'state') return null
  }
  // What has a later place in the run stands here only because it is independent of this call.
  const positions: number[] = []
  for (const before of independent.maybeNot(call, program.firstCall)) {
    const position = program.positionOf.get(before)
    if (position !== undefined && !beside.has(before)) positions.push(position)
  }
  positions.sort((a, b) => b - a)
  const after: number[] = []
  const passed = new Uint32Array((program.calls.length >> 5) + 1)
  for (const position of positions) {
    if ((passed[position >> 5]! >>> (position & 31)) & 1) continue
    const before = program.calls[position]!
    if (independent(before, call)) continue
    if (decisionOn(links, before, call, trust) !== null) return null
    after.push(before)
    program.ancestors[position]?.forEach((bits, word) => {
      passed[word] = passed[word]! | bits
    })
  }
  return after
}
