// Calls of one tool that ran at the same time.

import { mapped } from '../base/mapped.ts'
import { float64Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import { CLOCK_TICK_MS } from '../schedule/clock.ts'

export interface FanOut {
  readonly tool: string
  /** In the order of their starts. */
  readonly calls: readonly number[]
  /** Per call: how many of them were running when it had started, itself among them. */
  readonly inFlight: readonly number[]
}

/** Stretches in which calls of one tool overlapped without a break, of which at least `least` at once. */
export function fanOutsOf(run: Run, least: number): FanOut[] {
  const byTool = new Map<string, number[]>()
  run.calls.forEach(({ tool }, call) => {
    const calls = byTool.get(tool)
    if (calls === undefined) byTool.set(tool, [call])
    else calls.push(call)
  })
  const found: FanOut[] = []
  for (const [tool, calls] of byTool) {
    if (calls.length < least || !someOverlap(run, calls)) continue
    // Calls of a run are in the order of their starts.
    const inFlight = inFlightOf(run, calls)
    let from = 0
    let most = 0
    for (let at = 0; at <= calls.length; at++) {
      const running = inFlight[at] ?? 1
      if (running === 1) {
        if (at > from && most >= least) {
          found.push({ tool, calls: calls.slice(from, at), inFlight: inFlight.slice(from, at) })
        }
        from = at
        most = 0
      }
      most = Math.max(most, running)
    }
  }
  return found
}

/** Most tools are called one at a time. */
function someOverlap(run: Run, calls: readonly number[]): boolean {
  let untilMs = Number.NEGATIVE_INFINITY
  for (const call of calls) {
    const { startMs, endMs } = run.calls[call]!
    if (untilMs > startMs + CLOCK_TICK_MS) return true
    untilMs = Math.max(untilMs, endMs)
  }
  return false
}

/** Per call, in the order of their starts: how many of them were running when it had started, itself among them. */
function inFlightOf(run: Run, calls: readonly number[]): number[] {
  const ends = float64Zeros(calls.length)
  for (let at = 0; at < calls.length; at++) ends[at] = run.calls[calls[at]!]!.endMs
  ends.sort()
  let ended = 0
  return mapped(calls, (call, started) => {
    const { startMs } = run.calls[call]!
    while (ended < ends.length && ends[ended]! <= startMs + CLOCK_TICK_MS) ended++
    return started + 1 - Math.min(ended, started)
  })
}
