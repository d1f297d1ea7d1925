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

import { mapped } from '../base/mapped.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import { CLOCK_TICK_MS, followed } from './clock.ts'
import { argumentsMsOf, streamMsOf } from './streaming.ts'

export interface Observed {
  /** Per turn: end of the model's own time. */
  readonly turnEndMs: readonly number[]
  /** Per call: its end, less a tick that clocks let it last into what waited for it. */
  readonly callEndMs: readonly number[]
  readonly leadMs: readonly number[]
  /** Per turn: wait for a person before it. */
  readonly waitMs: readonly number[]
  /** Per call: wait for a person inside it. */
  readonly callWaitMs: readonly number[]
  /** Per call: gap between its turn's end, or its predecessor's end, and its start. Never negative. */
  readonly dispatchMs: readonly number[]
  /** Per call: how long after its turn's end its arguments were complete; more than 0 only where turns are streamed. */
  readonly argumentsMs: readonly number[]
  /** Per turn: how long the model wrote on after its first call had started. */
  readonly streamMs: readonly number[]
  /** Per call: whether others of its turn were running for most of that gap, so that it waited in a queue. */
  readonly queued: readonly boolean[]
  /** Per call: the call of the same turn that ended last before it started, or -1. */
  readonly predecessor: readonly number[]
  /** Per call: the first later turn that started after its end, which had waited for it; the number of turns for none. */
  readonly joins: readonly number[]
  /** Calls of each turn, in run order. */
  readonly callsOfTurn: readonly (readonly number[])[]
  /** Calls that no turn asked for, in run order. */
  readonly programCalls: readonly number[]
  readonly tailMs: number
}

export function observe(run: Run): Observed {
  const callsOfTurn: number[][] = mapped(run.turns, () => [])
  const programCalls: number[] = []
  run.calls.forEach((call, index) => {
    const group = call.turn === NO_TURN ? programCalls : callsOfTurn[call.turn]
    ;(group ?? programCalls).push(index)
  })

  const turnEndMs = mapped(run.turns, (turn, t) => {
    let endMs = turn.endMs
    const next = run.turns[t + 1]
    if (next && endMs <= next.startMs + CLOCK_TICK_MS) endMs = Math.min(endMs, next.startMs)
    for (const c of callsOfTurn[t]!) endMs = Math.min(endMs, run.calls[c]!.startMs)
    return Math.max(turn.startMs, endMs)
  })

  const joins: number[] = mapped(run.calls, (call) => {
    let turn = call.turn === NO_TURN ? 0 : call.turn + 1
    // A call shorter than a tick may end within one of a turn that had started before it: that turn did not wait for it.
    const leastMs = Math.max(call.startMs, call.endMs - CLOCK_TICK_MS)
    while (turn < run.turns.length && run.turns[turn]!.startMs < leastMs) turn++
    return turn
  })
  const callEndMs: number[] = mapped(run.calls, (call, c) => {
    const joined = run.turns[joins[c]!]
    return joined ? Math.max(call.startMs, Math.min(call.endMs, joined.startMs)) : call.endMs
  })

  const dispatchMs: number[] = mapped(run.calls, () => 0)
  const predecessor: number[] = mapped(run.calls, () => -1)
  const queued: boolean[] = mapped(run.calls, () => false)
  const streamMs = mapped(turnEndMs, (endMs, turn) => streamMsOf(run, turn, endMs))
  const argumentsMs: number[] = mapped(run.calls, () => 0)
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
      if (p !== -1) callEndMs[p] = Math.min(callEndMs[p]!, run.calls[c]!.startMs)
      const readyMs = p === -1 ? openMs : callEndMs[p]!
      const { startMs } = run.calls[c]!
      dispatchMs[c] = Math.max(0, startMs - readyMs)
      const firstMs = Math.max(openMs, run.calls[calls[0]!]!.startMs)
      const askedMs = firstMs + argumentsMs[c]!
      // What starts by the time that its model has stopped writing waited for the model and not in a queue.
      const waitedForModel = writtenMs > openMs && startMs <= writtenMs + CLOCK_TICK_MS
      queued[c] = p === -1 && !waitedForModel && startMs - askedMs > Math.max(CLOCK_TICK_MS, firstMs - openMs)
    }
  }
  settle(programCalls, 0, 0)
  for (let turn = 0; turn < callsOfTurn.length; turn++) {
    settle(callsOfTurn[turn]!, turnEndMs[turn]!, turnEndMs[turn]! + streamMs[turn]!)
  }

  const joinedMs: number[] = mapped(run.turns, (_, turn) => (turn === 0 ? 0 : turnEndMs[turn - 1]!))
  for (let c = 0; c < joins.length; c++) {
    const turn = joins[c]!
    if (turn < run.turns.length) joinedMs[turn] = Math.max(joinedMs[turn]!, callEndMs[c]!)
  }
  const waitMs: number[] = []
  const leadMs: number[] = []
  run.turns.forEach((turn, t) => {
    const gapMs = Math.max(0, turn.startMs - joinedMs[t]!)
    const waited = Math.min(gapMs, waitedBetween(run, joinedMs[t]!, turn.startMs))
    waitMs.push(waited)
    leadMs.push(gapMs - waited)
  })

  let lastEndMs = Math.max(0, turnEndMs.at(-1) ?? 0)
  for (const endMs of callEndMs) lastEndMs = Math.max(lastEndMs, endMs)
  return {
    turnEndMs,
    callEndMs,
    leadMs,
    waitMs,
    callWaitMs: mapped(run.calls, (call, c) => waitedBetween(run, call.startMs, callEndMs[c]!)),
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

function waitedBetween(run: Run, fromMs: number, untilMs: number): number {
  let waited = 0
  for (const wait of run.waits) waited += Math.max(0, Math.min(wait.endMs, untilMs) - Math.max(wait.startMs, fromMs))
  return waited
}

/**
 * For each call, the one among `calls` that ended last before it started, into `predecessor`; left as it is for none. By end,
 * latest first, so the first that `followed` accepts is the one; near-sorted input makes that the first or second look.
 */
function notePredecessors(run: Run, calls: readonly number[], predecessor: number[]): void {
  const byEnd = [...calls].sort((a, b) => run.calls[a]!.endMs - run.calls[b]!.endMs || a - b)
  const ends = mapped(byEnd, (c) => run.calls[c]!.endMs)
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
