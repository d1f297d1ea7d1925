import type { Call, Turn, Wait } from '../model/run.ts'

/**
 * Stretches in which the run waited for a person: after a turn that asked for no call, until the next one, if that was
 * given a new message of the user's. A call that still ran in the background is not a wait.
 *
 *   turn 0 |====|                 "Which day?"
 *               ..............    wait
 *   turn 1                    |====|  was given "Friday"
 */
export function waitsOf(
  turns: readonly Turn[],
  calls: readonly Call[],
  turnsAfterUser: ReadonlySet<number>,
  askedForCalls: (turn: number) => boolean,
): Wait[] {
  const waits: Wait[] = []
  for (const t of turnsAfterUser) {
    const [before, after] = [turns[t - 1], turns[t]]
    if (!before || !after || before.calls.length > 0 || askedForCalls(t - 1)) continue
    let startMs = before.endMs
    for (const call of calls) if (call.startMs < after.startMs) startMs = Math.max(startMs, call.endMs)
    if (startMs < after.startMs) waits.push({ startMs, endMs: after.startMs })
  }
  return waits
}
