// What a faster tool would be worth: every call of it takes a share less time, and everything after it moves up as far as the
// constraints of the actual schedule allow. Exact on the graph: the longest path is worked out again, once per question.

import { float64Zeros, int32Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import { KIND } from './network.ts'
import type { Simulation } from './simulate.ts'

export interface ToolSpeedup {
  readonly tool: string
  readonly calls: number
  readonly totalMs: number
  /** How much sooner the schedule would end, in ms, per share of 0.25, 0.5 and 1. */
  readonly savedMs: readonly [number, number, number]
}

export const SHARES = [0.25, 0.5, 1] as const

/** Tools that are asked about: those with the most time on the critical path. */
const MAX_TOOLS = 10

/**
 * The tools whose speed matters to this schedule, the most valuable first. The schedule must not have been capped.
 * @param criticalCalls calls on its critical path.
 */
export function speedupsOf(run: Run, simulation: Simulation, criticalCalls: readonly number[]): ToolSpeedup[] {
  const onPathMs = new Map<string, number>()
  for (const call of criticalCalls) {
    const { tool, startMs, endMs } = run.calls[call]!
    onPathMs.set(tool, (onPathMs.get(tool) ?? 0) + endMs - startMs)
  }
  const asked = [...onPathMs].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MAX_TOOLS)
  const totals = new Map<string, { calls: number; ms: number }>()
  for (const { tool, startMs, endMs } of run.calls) {
    const total = totals.get(tool)
    if (total === undefined) totals.set(tool, { calls: 1, ms: endMs - startMs })
    else {
      total.calls++
      total.ms = total.ms + endMs - startMs
    }
  }
  const endsFor = longestPathsOf(run, simulation)
  const [fullMs] = endsFor(null)
  const found = asked.map(([tool]): ToolSpeedup => {
    const [by25, by50, by100] = endsFor(tool)
    const { calls, ms } = totals.get(tool)!
    const savedMs = [Math.max(0, fullMs - by25), Math.max(0, fullMs - by50), Math.max(0, fullMs - by100)] as const
    return { tool, calls, totalMs: ms, savedMs }
  })
  return found
    .filter(({ savedMs }) => savedMs[2] > 0)
    .sort((a, b) => b.savedMs[1] - a.savedMs[1] || b.savedMs[2] - a.savedMs[2] || (a.tool < b.tool ? -1 : 1))
}

/**
 * The ends of the schedule, per share, if each call of `tool` took that share less of its time: one pass over the activities,
 * which stand in a topological order. Waits for a person keep their length. The shares are worked out side by side, since what
 * is read for one is read for all.
 */
function longestPathsOf(run: Run, { network }: Simulation): (tool: string | null) => ToolSpeedup['savedMs'] {
  const { count, kinds, refs, durationMs, into, from, lagMs } = network
  const numbers = new Map<string, number>()
  for (const call of run.calls) if (!numbers.has(call.tool)) numbers.set(call.tool, numbers.size)
  const toolOf = int32Zeros(count).fill(-1)
  for (let activity = 0; activity < count; activity++) {
    if (kinds[activity] === KIND.call) toolOf[activity] = numbers.get(run.calls[refs[activity]!]!.tool)!
  }
  const [keep25, keep50, keep100] = [1 - SHARES[0], 1 - SHARES[1], 1 - SHARES[2]]
  const [end25, end50, end100] = [float64Zeros(count), float64Zeros(count), float64Zeros(count)]
  return (tool) => {
    const asked = tool === null ? undefined : numbers.get(tool)
    for (let activity = 0; activity < count; activity++) {
      let start25 = 0
      let start50 = 0
      let start100 = 0
      for (let at = into[activity]!; at < into[activity + 1]!; at++) {
        const before = from[at]!
        const lag = lagMs[at]!
        start25 = Math.max(start25, end25[before]! + lag)
        start50 = Math.max(start50, end50[before]! + lag)
        start100 = Math.max(start100, end100[before]! + lag)
      }
      const ownMs = durationMs[activity]!
      const isFaster = toolOf[activity] === asked
      end25[activity] = start25 + (isFaster ? ownMs * keep25 : ownMs)
      end50[activity] = start50 + (isFaster ? ownMs * keep50 : ownMs)
      end100[activity] = start100 + (isFaster ? ownMs * keep100 : ownMs)
    }
    return [end25.at(-1) ?? 0, end50.at(-1) ?? 0, end100.at(-1) ?? 0]
  }
}
