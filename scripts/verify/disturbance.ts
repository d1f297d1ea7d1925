// How much the machine got in the way of a run, told by the tools: their latencies are known.

import type { ReportCall } from '../../analyzer/model/report.ts'
import type { Played } from '../../fixtures/agents/run-agent.ts'

/** By how much the worst call's span is longer than what its service had to do for it, in ms. */
export function disturbanceMs({ runs, truth }: Pick<Played, 'runs' | 'truth'>): number {
  let worstMs = 0
  for (const tool of new Set(truth.calls.map((call) => call.tool))) {
    const served = truth.calls.filter((call) => call.tool === tool)
    // Served calls are in the order of their answers.
    const seen = runs.flatMap((run) => run.calls.filter((call) => call.tool === tool).map((call) => ended(call, run)))
    seen.sort((a, b) => a.endMs - b.endMs)
    if (seen.length !== served.length)
      throw new Error(`${tool} was called ${served.length} times, and the report has ${seen.length} calls of it.`)
    served.forEach(({ durationMs, lateMs }, at) => {
      worstMs = Math.max(worstMs, seen[at]!.tookMs - (durationMs - lateMs))
    })
  }
  return worstMs
}

/** Ends of calls of different runs, on one clock. */
const ended = (call: ReportCall, { startTime }: { readonly startTime: string }) => ({
  endMs: Date.parse(startTime) + call.endMs,
  tookMs: call.endMs - call.startMs,
})
