// What a run's own times say about its overheads: the gaps that every schedule keeps.
//
//   turn 0 |====|                        lead(1) = gap before turn 1
//   call A      .|====|                  dispatch(A) = gap after turn 0
//   call B             .|====|           dispatch(B) = gap after A, its predecessor: it ran after A, not with it
//   turn 1                    ..|====|
//
// A model turn counts only until its first call starts: some SDKs keep the model's span open around the tools.
// Where the model writes on beside its calls, each later call starts no sooner than its arguments were complete (streaming.ts).
// A call that outlives the start of the next turn runs in the background; it joins the first turn that starts after it.

import { float64s, int32s } from '../base/typed-lists.ts'
import { float64Zeros, int32Zeros, uint8Zeros } from '../base/zeros.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import { CLOCK_TICK_MS, followed } from './clock.ts'
import { argumentsMsOf, streamMsOf } from './streaming.ts'

/** Held in typed arrays: all rungs, bounds and findings read them. */
export interface Observed {
  /** Per turn: end of the model's own time. */
  readonly turnEndMs: Float64Array
  /** Per call: its end, less a tick that clocks let it last into what waited for it. */
  readonly callEndMs: Float64Array
  readonly leadMs: Float64Array
  /** Per turn: wait for a person before it. */
  readonly waitMs: Float64Array
  /** Per call: wait for a person inside it. */
  readonly callWaitMs: Float64Array
  /** Per call: gap between its turn's end, or its predecessor's end, and its start. Never negative. */
  readonly dispatchMs: Float64Array
  /** Per call: how long after its turn's end its arguments were complete; more than 0 only where turns are streamed. */
  readonly argumentsMs: Float64Array
  /** Per turn: how long the model wrote on after its first call had started. */
  readonly streamMs: Float64Array
  /** Per call: 1 if others of its turn were running for most of that gap, so that it waited in a queue. */
  readonly queued: Uint8Array
  /** Per call: the call of the same turn that ended last before it started, or -1. */
  readonly predecessor: Int32Array
  /** Per call: the first later turn that started after its end, which had waited for it; the number of turns for none. */
  readonly joins: Int32Array
  /** Calls of each turn, in run order. */
  readonly callsOfTurn: readonly (readonly number[])[]
  /** Calls that no turn asked for, in run order. */
  readonly programCalls: readonly number[]
  readonly tailMs: number
}

export function observe(run: Run): Observed {
  const { callsOfTurn, programCalls } = callsByTurn(run)
  const turnEndMs = float64s(run.turns, (turn, t) => {
    let endMs = turn.endMs
    const next = run.turns[t + 1]
    if (next && endMs <= next.startMs + CLOCK_TICK_MS) endMs = Math.min(endMs, next.startMs)
    for (const c of callsOfTurn[t]!) endMs = Math.min(endMs, run.calls[c]!.startMs)
    return Math.max(turn.startMs, endMs)
  })

  const joins = int32s(run.calls, (call) => {
    let turn = call.turn === NO_TURN ? 0 : call.turn + 1
    // A call shorter than a tick may end within one of a turn that had started before it: that turn did not wait for it.
    const leastMs = Math.max(call.startMs, call.endMs - CLOCK_TICK_MS)
    while (turn < run.turns.length && run.turns[turn]!.startMs < leastMs) turn++
    return turn
  })
  const callEndMs = float64s(run.calls, (call, c) => {
    const joined = run.turns[joins[c]!]
    return joined ? Math.max(call.startMs, Math.min(call.endMs, joined.startMs)) : call.endMs
  })

  const count = run.calls.length
  const dispatchMs = float64Zeros(count)
  const predecessor = int32Zeros(count).fill(-1)
  const queued = uint8Zeros(count)
  const streamMs = float64s(run.turns, (_, turn) => streamMsOf(run, turn, turnEndMs[turn]!))
  const argumentsMs = float64Zeros(count)
  for (let turn = 0; turn < callsOfTurn.length; turn++) {
    if (streamMs[turn] === 0) continue
    const calls = callsOfTurn[turn]!
    argumentsMsOf(run, turn, calls, turnEndMs[turn]!).forEach((ms, at) => {
      argumentsMs[calls[at]!] = ms
    })
  }
  const settle = (calls: readonly number[], openMs: number, writtenMs: number): void => {
    if (calls.length > 1) notePredecessors(run, calls, predecessor)
    for (let at = 0; at < calls.length; at++) {
      const c = calls[at]!
      const p = predecessor[c]!
      const { startMs } = run.calls[c]!
      if (p !== -1) callEndMs[p] = Math.min(callEndMs[p]!, startMs)
      const readyMs = p === -1 ? openMs : callEndMs[p]!
      dispatchMs[c] = Math.max(0, startMs - readyMs)
      if (p !== -1) continue
      const firstMs = Math.max(openMs, run.calls[calls[0]!]!.startMs)
      const askedMs = firstMs + argumentsMs[c]!
      // What starts by the time that its model has stopped writing waited for the model and not in a queue.
      const waitedForModel = writtenMs > openMs && startMs <= writtenMs + CLOCK_TICK_MS
      queued[c] = !waitedForModel && startMs - askedMs > Math.max(CLOCK_TICK_MS, firstMs - openMs) ? 1 : 0
    }
  }
  settle(programCalls, 0, 0)
  for (let turn = 0; turn < callsOfTurn.length; turn++) {
    settle(callsOfTurn[turn]!, turnEndMs[turn]!, turnEndMs[turn]! + streamMs[turn]!)
  }

  /** Per turn: the end of all that it waits for. */
  const joinedMs = float64Zeros(run.turns.length)
  for (let turn = 1; turn < joinedMs.length; turn++) joinedMs[turn] = turnEndMs[turn - 1]!
  for (let c = 0; c < joins.length; c++) {
    const turn = joins[c]!
    if (turn < joinedMs.length) joinedMs[turn] = Math.max(joinedMs[turn]!, callEndMs[c]!)
  }
  const gapMsOf = (turn: number): number => Math.max(0, run.turns[turn]!.startMs - joinedMs[turn]!)
  const waitMs = float64s(run.turns, ({ startMs }, turn) =>
    Math.min(gapMsOf(turn), waitedBetween(run, joinedMs[turn]!, startMs)),
  )
  const leadMs = float64s(run.turns, (_, turn) => gapMsOf(turn) - waitMs[turn]!)

  let lastEndMs = Math.max(0, turnEndMs.at(-1) ?? 0)
  for (const endMs of callEndMs) lastEndMs = Math.max(lastEndMs, endMs)
  return {
    turnEndMs,
    callEndMs,
    leadMs,
    waitMs,
    callWaitMs: float64s(run.calls, (call, c) => waitedBetween(run, call.startMs, callEndMs[c]!)),
    dispatchMs,
    argumentsMs,
    streamMs,
    queued,
    predecessor,
    joins,
    callsOfTurn,
    programCalls,
    tailMs: Math.max(0, run.durationMs - lastEndMs),
  }
}

/** Each list is made as long as it gets: most hold one call, and a list that grows gets room for seventeen. */
function callsByTurn(run: Run): Pick<Observed, 'callsOfTurn' | 'programCalls'> {
  const turns = run.turns.length
  const turnOf = int32s(run.calls, ({ turn }) => (turn === NO_TURN || turn >= turns ? turns : turn))
  /** Per turn, and for calls of none: where its calls end in `sorted`; before it is filled, where they begin. */
  const end = int32Zeros(turns + 2)
  for (const turn of turnOf) end[turn + 1]!++
  for (let turn = 0; turn <= turns; turn++) end[turn + 1]! += end[turn]!
  const sorted: number[] = []
  for (let call = 0; call < turnOf.length; call++) sorted.push(call)
  for (let call = 0; call < turnOf.length; call++) sorted[end[turnOf[call]!]!++] = call
  const callsOfTurn: (readonly number[])[] = []
  for (let turn = 0; turn < turns; turn++) callsOfTurn.push(sorted.slice(turn === 0 ? 0 : end[turn - 1]!, end[turn]!))
  return { callsOfTurn, programCalls: sorted.slice(turns === 0 ? 0 : end[turns - 1]!) }
}

function waitedBetween(run: Run, fromMs: number, untilMs: number): number {
  let waited = 0
  for (const wait of run.waits) waited += Math.max(0, Math.min(wait.endMs, untilMs) - Math.max(wait.startMs, fromMs))
  return waited
}

/** Of more calls than this, all are put in order once; of fewer it is quicker to look through them. */
const FEW = 16

/** For each call, the one among `calls` that ended last before it started, into `predecessor`; left as it is for none. */
function notePredecessors(run: Run, calls: readonly number[], predecessor: Int32Array): void {
  if (calls.length > FEW) {
    notePredecessorsOfMany(run, calls, predecessor)
    return
  }
  for (let at = 1; at < calls.length; at++) {
    const call = run.calls[calls[at]!]!
    let last = -1
    for (let other = 0; other < at; other++) {
      const before = calls[other]!
      const { endMs } = run.calls[before]!
      if (last !== -1 && endMs < run.calls[last]!.endMs) continue
      if (endMs <= call.startMs + CLOCK_TICK_MS && followed(run.calls[before]!, call)) last = before
    }
    predecessor[calls[at]!] = last
  }
}

/** By end, latest first, so the first that `followed` accepts is the one; near-sorted input makes that the first or second look. */
function notePredecessorsOfMany(run: Run, calls: readonly number[], predecessor: Int32Array): void {
  const byEnd = [...calls].sort((a, b) => run.calls[a]!.endMs - run.calls[b]!.endMs || a - b)
  const ends = byEnd.map((c) => run.calls[c]!.endMs)
  for (const c of calls) {
    const call = run.calls[c]!
    for (let at = lastAtOrBefore(ends, call.startMs + CLOCK_TICK_MS); at >= 0; at--) {
      const before = byEnd[at]!
      if (before >= c || !followed(run.calls[before]!, call)) continue
      predecessor[c] = before
      break
    }
  }
}

/** Index of the last of ascending `values` that is at most `limit`; -1 for none. */
function lastAtOrBefore(values: readonly number[], limit: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! <= limit) low = middle + 1
    else high = middle
  }
  return low - 1
}
