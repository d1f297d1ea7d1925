// Calls of one tool that ran at the same time.

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
  for (const [tool, all] of byTool) {
    if (all.length < least) continue
    const sorted = [...all].sort((a, b) => run.calls[a]!.startMs - run.calls[b]!.startMs || a - b)
    const ends = sorted.map((call) => run.calls[call]!.endMs).sort((a, b) => a - b)
    let [calls, inFlight]: [number[], number[]] = [[], []]
    let ended = 0
    const close = (): void => {
      if (Math.max(0, ...inFlight) >= least) found.push({ tool, calls, inFlight })
      calls = []
      inFlight = []
    }
    sorted.forEach((call, started) => {
      const { startMs } = run.calls[call]!
      while (ended < ends.length && ends[ended]! <= startMs + CLOCK_TICK_MS) ended++
      const running = started + 1 - Math.min(ended, started)
      if (running === 1) close()
      calls.push(call)
      inFlight.push(running)
    })
    close()
  }
  return found
}
