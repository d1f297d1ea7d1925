import type { Call, Run, Turn, Wait } from '../model/run.ts'
import { difference, unionOf, within } from './intervals.ts'
import { asksPerson } from './person-tools.ts'
import type { PersonWaits } from './person-waits.ts'
import { msBetween } from './time.ts'

/**
 * Stretches before a turn that was given a new message of the user's: from the end of all that came before it. If the
 * turn before asked for a call that has no span, that call may be what took the time, and it is no wait.
 *
 *   turn 0 |====|                 "Which day?"
 *               ..............    wait
 *   turn 1                    |====|  was given "Friday"
 */
export function gapsForUser(
  turns: readonly Turn[],
  calls: readonly Call[],
  turnsAfterUser: readonly number[],
  requestsOf: (turn: number) => number,
): Wait[] {
  const gaps: Wait[] = []
  for (const t of turnsAfterUser) {
    const [before, after] = [turns[t - 1], turns[t]]
    if (!before || !after || requestsOf(t - 1) > before.calls.length) continue
    let startMs = before.endMs
    for (const call of calls) if (call.startMs < after.startMs) startMs = Math.max(startMs, call.endMs)
    if (startMs < after.startMs) gaps.push({ startMs, endMs: after.startMs })
  }
  return gaps
}

/**
 * The runs of one trace with all their waits; given are those between turns (`gapsForUser`) and those that spans outside of
 * calls say. A call may wait for a person too: all of its time if its tool asks one, else what spans inside it say, and what
 * the run inside it waited. While another call or a turn was at work the run did not wait.
 *
 *   call ask_user     |...............|
 *   call get_weather  |====|
 *   wait                    ..........
 *
 * @param said as `personWaits` gives it.
 * @param runs an outer run before those nested in it, as `planRuns` lists them.
 */
export function withWaits(runs: readonly Run[], said: PersonWaits): Run[] {
  const done = new Map<string, Run>()
  const asks = new Map<string, boolean>()
  for (const { calls } of runs) for (const { tool } of calls) if (!asks.has(tool)) asks.set(tool, asksPerson(tool))
  // From the inside out: a wait two runs down is one of the outermost too.
  for (const run of runs.toReversed()) {
    const waits = waitsOf(run, done, said, asks)
    done.set(run.runId, waits.length === 0 && run.waits.length === 0 ? run : { ...run, waits })
  }
  return runs.map((run) => done.get(run.runId)!)
}

/** `asks`: which tools ask a person. */
function waitsOf(
  run: Run,
  nested: ReadonlyMap<string, Run>,
  said: PersonWaits,
  asks: ReadonlyMap<string, boolean>,
): readonly Wait[] {
  const mayWait = said.size > 0 || run.calls.some(({ childRunId, tool }) => childRunId !== null || asks.get(tool))
  if (!mayWait && run.waits.length === 0) return NO_WAITS
  const inside = run.calls.map((call) => waitsInside(run, call, nested, said, asks.get(call.tool) === true))
  const waits = [...run.waits, ...inside.flat()]
  if (waits.length === 0) return NO_WAITS
  const atWork: Wait[] = run.turns.map(({ startMs, endMs }) => ({ startMs, endMs }))
  run.calls.forEach(({ startMs, endMs }, c) => {
    atWork.push(...difference([{ startMs, endMs }], unionOf(inside[c]!)))
  })
  return difference(unionOf(waits), unionOf(atWork))
}

const NO_WAITS: readonly Wait[] = []

/** In the outer run's time, and no longer than the call, whatever the clock of the inner one says. */
function waitsInside(
  run: Run,
  call: Call,
  nested: ReadonlyMap<string, Run>,
  said: PersonWaits,
  asks: boolean,
): readonly Wait[] {
  const isPersons = call.childRunId === null && asks
  if (call.childRunId === null && !isPersons && said.size === 0) return NO_WAITS
  const ms = (time: bigint) => msBetween(run.startTimeUnixNano, time)
  const own = (said.get(call.id) ?? []).map(({ start, end }) => ({ startMs: ms(start), endMs: ms(end) }))
  const inner = call.childRunId === null ? undefined : nested.get(call.childRunId)
  if (!inner) {
    if (isPersons) return [{ startMs: call.startMs, endMs: call.endMs }]
    return within(own, call.startMs, call.endMs)
  }
  const shift = msBetween(run.startTimeUnixNano, inner.startTimeUnixNano)
  const shifted = inner.waits.map(({ startMs, endMs }) => ({ startMs: startMs + shift, endMs: endMs + shift }))
  return within([...own, ...shifted], call.startMs, call.endMs)
}
