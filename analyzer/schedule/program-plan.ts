// The `plan` rung: turns joined only by mechanical data flow run as one program, without a model call in between.
//
//   batch   turn 0 -> A     turn 1 -> B(A)    turn 2 -> C(B)    turn 3: words
//   plan    turn 0 -> A, then B(A), then C(B)                   turn 3: words        turns 1 and 2 are gone
//
// A turn goes only if a program could have made every one of its calls: all arguments are known or returned values, no call
// before it in the program failed, and whatever is not independent is ordered by a trusted flow of values. It stays where
// it wrote words, where a person spoke, or where only a hazard or a decision of the model leads to its calls.

import { highest, stretch } from '../base/bits.ts'
import { int32Zeros, uint32Zeros } from '../base/zeros.ts'
import type { Derivation, ModeReason } from '../model/dependency.ts'
import type { Draft, RungInput } from './drafts.ts'
import type { Links } from './links.ts'

export interface ProgramInput extends Pick<RungInput, 'run' | 'observed' | 'independent' | 'keepWords' | 'movable'> {
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

/**
 * The drafts of the batched run, with those joined that one program can do.
 * @param drafts of which none is a program.
 */
export function programDrafts(input: ProgramInput, drafts: readonly Draft[]): Draft[] {
  const joined: Draft[] = []
  const positions = new Positions(drafts)
  let head: Draft | undefined
  let program: Program | null = null
  const close = (): void => {
    if (head !== undefined) joined.push(program === null ? head : draftOf(program))
    program = null
  }
  for (const draft of drafts) {
    if (head !== undefined && mayFollow(input, head, program?.stages.at(-1) ?? head.calls, draft)) {
      // Most steps are followed by none that could be joined: a program is begun when one may be.
      program ??= programOf(head, positions)
      if (extend(input, program, draft)) continue
    }
    close()
    head = draft
  }
  close()
  return joined
}

/** Where each call stands in the program that was begun last. */
class Positions {
  private readonly firstCall: number
  /** Per call, from the first: its position in some program. */
  private readonly at: Int32Array
  private calls: readonly number[] = []

  constructor(drafts: readonly Draft[]) {
    let first = Number.POSITIVE_INFINITY
    let last = -1
    // Calls ascend.
    for (const { calls } of drafts) {
      if (calls.length === 0) continue
      first = Math.min(first, calls[0]!)
      last = Math.max(last, calls.at(-1)!)
    }
    this.firstCall = last === -1 ? 0 : first
    this.at = int32Zeros(last === -1 ? 0 : last - first + 1)
  }

  /** @param calls of a program that calls are added to. */
  begin(calls: readonly number[]): void {
    this.calls = calls
  }

  /** To be told when `call` becomes the last of the program's calls. */
  put(call: number): void {
    this.at[call - this.firstCall] = this.calls.length - 1
  }

  /** -1 for a call that is not in the program. */
  of(call: number): number {
    const position = this.at[call - this.firstCall]
    return position !== undefined && this.calls[position] === call ? position : -1
  }
}

/** A step that may grow. Calls stand in the order in which they came in, so that `after` only names earlier ones. */
interface Program {
  readonly head: Draft
  readonly calls: number[]
  readonly after: (readonly number[])[]
  readonly stages: (readonly number[])[]
  readonly positions: Positions
  /** Per position: bits of the positions that come before it, directly or not; none where nothing does. */
  readonly ancestors: (Uint32Array | undefined)[]
  /** The smallest of its calls. */
  firstCall: number
  /** Whether its calls came in in run order. */
  ascends: boolean
}

function programOf(head: Draft, positions: Positions): Program {
  const program: Program = {
    head,
    calls: [],
    after: [],
    stages: [head.calls],
    positions,
    ancestors: [],
    firstCall: Number.POSITIVE_INFINITY,
    ascends: true,
  }
  positions.begin(program.calls)
  for (let at = 0; at < head.calls.length; at++) add(program, head.calls[at]!, head.order[at]!)
  return program
}

function add(program: Program, call: number, waitsFor: readonly number[]): void {
  const { calls, after, positions, ancestors } = program
  if (calls.length > 0 && calls[calls.length - 1]! > call) program.ascends = false
  program.firstCall = Math.min(program.firstCall, call)
  let own: Uint32Array | undefined
  for (const before of waitsFor) {
    const position = positions.of(before)
    if (position === -1) continue
    own ??= uint32Zeros((calls.length >> 5) + 1)
    include(own, ancestors[position])
    own[position >> 5] = own[position >> 5]! | (1 << (position & 31))
  }
  calls.push(call)
  positions.put(call)
  after.push(waitsFor)
  ancestors.push(own)
}

function include(bits: Uint32Array, more: Uint32Array | undefined): void {
  if (more === undefined) return
  for (let word = 0; word < more.length; word++) bits[word] = bits[word]! | more[word]!
}

/** A draft's calls ascend; a call of a later stage can have a smaller index than one that moved up from behind it. */
function draftOf({ head, calls, after, stages, ascends }: Program): Draft {
  if (stages.length === 1) return head
  if (ascends) return { ...head, calls, order: after, stages }
  const sorted = calls.map((call, at) => ({ call, after: after[at]! })).sort((a, b) => a.call - b.call)
  return { ...head, calls: sorted.map(({ call }) => call), order: sorted.map((entry) => entry.after), stages }
}

/** Takes the calls of `next` into the program if it can make them; says whether it did. */
function extend(input: ProgramInput, program: Program, next: Draft): boolean {
  const orders: (readonly number[])[] = []
  for (let at = 0; at < next.calls.length; at++) {
    const order = orderAfter(input, program, next.calls[at]!)
    if (order === null) return false
    orders.push(next.order[at]!.length === 0 ? order : [...order, ...next.order[at]!])
  }
  for (let at = 0; at < next.calls.length; at++) add(program, next.calls[at]!, orders[at]!)
  program.stages.push(next.calls)
  return true
}

/** What can be said without looking at pairs. `last`: the calls of the program's last stage. */
function mayFollow(input: ProgramInput, head: Draft, last: readonly number[], next: Draft): boolean {
  const { run, observed, derivations, movable, trust } = input
  const { turn } = next
  if (turn === null || head.turn === null || head.segment !== next.segment) return false
  if (head.calls.length === 0 || next.calls.length === 0) return false
  for (const call of next.calls) {
    const { kind } = derivations[call]!
    if (kind === 'reasoned' || (kind === 'unsure' && !trust.bestCase)) return false
  }
  if (movable && !(next.calls.every((call) => movable.has(call)) && last.every((call) => movable.has(call))))
    return false
  if (observed.waitMs[turn]! > 0 || (input.keepWords && run.turns[turn]!.text.trim() !== '')) return false
  // What failed, what still runs in the background, and what acts on a session, the model looks at first.
  for (const call of last) {
    if (run.calls[call]!.status === 'error' || observed.joins[call]! > turn) return false
    if (derivations[call]!.kind === 'reasoned') return false
  }
  return true
}

/** The calls of the program that `call` must come after, without those that follow; null if the model has to decide. */
function orderAfter(input: ProgramInput, program: Program, call: number): number[] | null {
  const { links, trust, independent } = input
  const { positions, calls, firstCall } = program
  for (const from of links.into(call)) {
    if (positions.of(from) === -1 || independent.may(Math.min(from, call), Math.max(from, call))) continue
    const decision = decisionOn(links, from, call, trust)
    if (decision !== null && decision !== 'unproven' && decision !== 'state') return null
  }
  const order: Order = { call, after: [], passed: uint32Zeros((calls.length >> 5) + 1) }
  // What has a later place in the run stands here only because it is independent of this call.
  if (!program.ascends) {
    const suspects: number[] = []
    for (let word = firstCall >>> 5; word <= call >>> 5; word++) {
      for (let bits = independent.maybeNot(call, word) & stretch(word, firstCall, call); bits !== 0; ) {
        const place = highest(bits)
        bits ^= 1 << place
        suspects.push(positions.of((word << 5) + place))
      }
    }
    for (const position of suspects.sort((a, b) => b - a)) {
      if (position !== -1 && !follow(input, program, order, position)) return null
    }
    return order.after
  }
  for (let word = call >>> 5; word >= firstCall >>> 5; word = independent.nextWord(call, word)) {
    for (let bits = independent.maybeNot(call, word) & stretch(word, firstCall, call); bits !== 0; ) {
      const place = highest(bits)
      bits ^= 1 << place
      const position = positions.of((word << 5) + place)
      if (position !== -1 && !follow(input, program, order, position)) return null
    }
    // What comes before all that is left need not be asked about.
    if (areAllBefore(calls, word << 5, order.passed)) break
  }
  return order.after
}

/** What a call must come after, as far as it was asked about. */
interface Order {
  readonly call: number
  readonly after: number[]
  /** Bits of the positions that `after` comes after, and of its own. */
  readonly passed: Uint32Array
}

/** Asked from the last position back; false if the model has to decide. */
function follow(
  { links, trust, independent }: ProgramInput,
  { calls, ancestors }: Program,
  { call, after, passed }: Order,
  position: number,
): boolean {
  if ((passed[position >> 5]! >>> (position & 31)) & 1) return true
  const before = calls[position]!
  if (independent.may(before, call)) return true
  if (decisionOn(links, before, call, trust) !== null) return false
  after.push(before)
  include(passed, ancestors[position])
  passed[position >> 5] = passed[position >> 5]! | (1 << (position & 31))
  return true
}

/** Whether the bits of all those of the ascending `calls` are set that are before `since`. */
function areAllBefore(calls: readonly number[], since: number, bits: Uint32Array): boolean {
  let count = calls.length
  while (count > 0 && calls[count - 1]! >= since) count--
  for (let word = 0; word < count >> 5; word++) if (bits[word] !== 0xffff_ffff) return false
  const rest = (1 << (count & 31)) - 1
  return (bits[count >> 5]! & rest) === rest
}
