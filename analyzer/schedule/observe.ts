// What a run's own times say about its overheads: the gaps that every schedule keeps.
//
//   turn 0 |====|                        lead(1) = gap before turn 1
//   call A      .|====|                  dispatch(A) = gap after turn 0
//   call B             .|====|           dispatch(B) = gap after A, its predecessor: it ran after A, not with it
//   turn 1                    ..|====|
//
// A model turn counts only until its first call starts: some SDKs keep the model's span open around the tools.

import { NO_TURN, type Run } from '../model/run.ts'

export interface Observed {
  /** Per turn: end of the model's own time. */
  readonly turnEndMs: readonly number[]
  /** Per call: its end, less a tick that clocks let it last into the turn that waited for it. */
  readonly callEndMs: readonly number[]
  readonly leadMs: readonly number[]
  readonly waitMs: readonly number[]
  /** Per call: gap between its turn's end, or its predecessor's end, and its start. Never negative. */
  readonly dispatchMs: readonly number[]
  /** Per call: the call of the same turn that ended last before it started, or -1. */
  readonly predecessor: readonly number[]
  /** Per call: whether the next turn started only after it ended. */
  readonly awaited: readonly boolean[]
  /** Calls of each turn, in run order. */
  readonly callsOfTurn: readonly (readonly number[])[]
  /** Calls that no turn asked for, in run order. */
  readonly programCalls: readonly number[]
  readonly tailMs: number
}

/**
 * Clock noise between two spans of one process. SDKs with millisecond clocks let a call end up to one tick after the
 * turn that waited for it started.
 */
const CLOCK_TICK_MS = 2

export function observe(run: Run): Observed {
  const callsOfTurn: number[][] = run.turns.map(() => [])
  const programCalls: number[] = []
  run.calls.forEach((call, index) => {
    const group = call.turn === NO_TURN ? programCalls : callsOfTurn[call.turn]
    ;(group ?? programCalls).push(index)
  })

  const dispatchMs: number[] = run.calls.map(() => 0)
  const predecessor: number[] = run.calls.map(() => -1)
  const awaited: boolean[] = run.calls.map(() => true)
  const callEndMs: number[] = run.calls.map((call) => call.endMs)
  const turnEndMs = run.turns.map((turn, t) => {
    let endMs = turn.endMs
    const next = run.turns[t + 1]
    if (next && endMs <= next.startMs + CLOCK_TICK_MS) endMs = Math.min(endMs, next.startMs)
    for (const c of callsOfTurn[t]!) endMs = Math.min(endMs, run.calls[c]!.startMs)
    return Math.max(turn.startMs, endMs)
  })

  const settle = (calls: readonly number[], openMs: number): void => {
    const before = predecessorsOf(run, calls)
    calls.forEach((c, position) => {
      const p = before[position]!
      predecessor[c] = p
      const readyMs = p === -1 ? openMs : callEndMs[p]!
      dispatchMs[c] = Math.max(0, run.calls[c]!.startMs - readyMs)
    })
  }
  settle(programCalls, 0)

  const leadMs: number[] = []
  const waitMs: number[] = []
  /** When the turn that starts at `nextMs` had all that it waited for. Without a next turn, all calls count. */
  const joinedMs = (calls: readonly number[], fromMs: number, nextMs: number | undefined): number => {
    let joined = fromMs
    for (const c of calls) {
      if (nextMs !== undefined && callEndMs[c]! > nextMs + CLOCK_TICK_MS) {
        awaited[c] = false
        continue
      }
      if (nextMs !== undefined) callEndMs[c] = Math.max(run.calls[c]!.startMs, Math.min(callEndMs[c]!, nextMs))
      joined = Math.max(joined, callEndMs[c]!)
    }
    return joined
  }
  let previousEndMs = joinedMs(programCalls, 0, run.turns[0]?.startMs)
  run.turns.forEach((turn, t) => {
    const gapMs = Math.max(0, turn.startMs - previousEndMs)
    let waiting = 0
    for (const wait of run.waits) {
      waiting += Math.max(0, Math.min(wait.endMs, turn.startMs) - Math.max(wait.startMs, previousEndMs))
    }
    waitMs.push(Math.min(gapMs, waiting))
    leadMs.push(gapMs - Math.min(gapMs, waiting))

    const calls = callsOfTurn[t]!
    settle(calls, turnEndMs[t]!)
    previousEndMs = joinedMs(calls, turnEndMs[t]!, run.turns[t + 1]?.startMs)
  })

  let lastEndMs = previousEndMs
  for (const call of run.calls) lastEndMs = Math.max(lastEndMs, call.endMs)
  return {
    turnEndMs,
    callEndMs,
    leadMs,
    waitMs,
    dispatchMs,
    predecessor,
    awaited,
    callsOfTurn,
    programCalls,
    tailMs: Math.max(0, run.durationMs - lastEndMs),
  }
}

/**
 * For each call, the one among `calls` that ended last at or before its start; -1 for none.
 * Two pointers over starts and ends: O(n log n).
 */
function predecessorsOf(run: Run, calls: readonly number[]): number[] {
  const byEnd = [...calls].sort((a, b) => run.calls[a]!.endMs - run.calls[b]!.endMs || a - b)
  const byStart = calls.map((c, position) => ({ c, position }))
  byStart.sort((a, b) => run.calls[a.c]!.startMs - run.calls[b.c]!.startMs || a.c - b.c)
  const found = calls.map(() => -1)
  let ended = 0
  for (const { c, position } of byStart) {
    while (ended < byEnd.length && run.calls[byEnd[ended]!]!.endMs <= run.calls[c]!.startMs) ended++
    // A call of no length ends where it starts: it is not its own predecessor, nor that of an equal one before it.
    let last = ended - 1
    while (last >= 0 && byEnd[last]! >= c) last--
    if (last >= 0) found[position] = byEnd[last]!
  }
  return found
}
