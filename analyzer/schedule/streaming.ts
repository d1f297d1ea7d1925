import type { Run } from '../model/run.ts'
import { CLOCK_TICK_MS } from './clock.ts'

/**
 * How long after its turn's end, which is where the first call of the turn starts, each call's arguments were complete, in ms.
 * 0 for all unless the model wrote on beside its calls. What it wrote then is the arguments of the other calls, in their
 * order and at one speed, so each takes the share of that time that it has of their characters; all of it, where arguments were
 * not captured. Never later than the call did start.
 *
 *   turn  ====|aa|bbbb|cc|     400 ms of writing after a has started: b is complete after 400 * 4 / 6 = 267 ms, c after 400
 *   a         =======
 *   b                =====     b ran after a: beside it, it could have started 267 ms after it
 *
 * @param calls of one turn, in run order.
 */
export function argumentsMsOf(run: Run, turn: number, calls: readonly number[], turnEndMs: number): number[] {
  const streamMs = streamMsOf(run, turn, turnEndMs)
  if (streamMs === 0) return calls.map(() => 0)
  const known = calls.every((call) => run.calls[call]!.arguments !== undefined)
  const lengths = calls.map((call) => JSON.stringify(run.calls[call]!.arguments)?.length ?? 0)
  const total = lengths.slice(1).reduce((sum, length) => sum + length, 0)
  let written = 0
  return calls.map((call, at) => {
    if (at === 0) return 0
    written += lengths[at]!
    const completeMs = known && total > 0 ? (streamMs * written) / total : streamMs
    return Math.max(0, Math.min(completeMs, run.calls[call]!.startMs - turnEndMs))
  })
}

/** How long the model of a turn wrote on after its first call had started, in ms. */
export function streamMsOf(run: Run, turn: number, turnEndMs: number): number {
  const streamedMs = (run.turns[turn]!.streamedUntilMs ?? turnEndMs) - turnEndMs
  return streamedMs > CLOCK_TICK_MS ? streamedMs : 0
}
