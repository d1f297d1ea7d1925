// One case: its agent run as found and as fixed, one after the other, and what the report of the first says of the second.

import { analyze } from '../../analyzer/index.ts'
import type { ReportRun } from '../../analyzer/model/report.ts'
import { type Played, runAgent } from '../../fixtures/agents/run-agent.ts'
import type { Variant } from '../../fixtures/agents/scenario.ts'
import type { Case } from './cases.ts'
import { disturbanceMs } from './disturbance.ts'

/** Milliseconds, and shares in [0, 1]. */
export interface Measured {
  readonly case: Case
  readonly foundMs: number
  /** The achievable duration by the run as found: low trusts only sure verdicts, high is the best case. */
  readonly lowMs: number
  readonly highMs: number
  readonly fixedMs: number
  /** Of the run as found, of its achievable schedule, and of the run as fixed. */
  readonly turns: { readonly found: number; readonly planned: number; readonly fixed: number }
  /** The larger of the two runs' errors, runs inside them included. */
  readonly replayError: number
  /** How many runs were thrown away because the machine disturbed them. */
  readonly again: number
  /** What is left of that in the runs that were kept. */
  readonly disturbedMs: number
}

/** A tool that takes this much longer than it should: the machine did something else. Undisturbed it is 5 to 20 ms. */
export const DISTURBED_MS = 30
/** After so many more runs the least disturbed one is taken. */
const MEASURED_AGAIN = 3

export async function measure(subject: Case, say: (line: string) => void): Promise<Measured> {
  const found = await calmRun(subject, 'found', say)
  const fixed = await calmRun(subject, 'fixed', say)
  const schedule = found.run.schedules[subject.rung]
  return {
    case: subject,
    foundMs: found.run.durationMs,
    lowMs: schedule.durationMs,
    highMs: schedule.bestCaseMs,
    fixedMs: fixed.run.durationMs,
    turns: {
      found: found.run.turns.length,
      planned: found.run.turns.length - schedule.turnsRemoved,
      fixed: fixed.run.turns.length,
    },
    replayError: Math.max(found.replayError, fixed.replayError),
    again: found.again + fixed.again,
    disturbedMs: Math.max(found.disturbedMs, fixed.disturbedMs),
  }
}

interface CalmRun {
  readonly run: ReportRun
  readonly replayError: number
  readonly again: number
  readonly disturbedMs: number
}

/** What is kept is decided by the tools' latencies alone, never by how well it fits. */
async function calmRun(subject: Case, variant: Variant, say: (line: string) => void): Promise<CalmRun> {
  let calmest: Omit<CalmRun, 'again'> | undefined
  let again = -1
  do {
    again++
    const played = await runAgent(subject.framework, subject.scenario, variant)
    const disturbedMs = disturbanceMs(played)
    if (calmest === undefined || disturbedMs < calmest.disturbedMs)
      calmest = { ...outermost(played, subject), disturbedMs }
    if (disturbedMs > DISTURBED_MS)
      say(`${subject.name}, ${subject.framework}, as ${variant}: a tool took ${Math.round(disturbedMs)} ms too long`)
  } while (calmest.disturbedMs > DISTURBED_MS && again < MEASURED_AGAIN)
  return { ...calmest, again }
}

function outermost({ spans }: Played, { options }: Case): { run: ReportRun; replayError: number } {
  const { runs } = analyze(spans, options)
  const outer = runs.filter(({ parentRunId }) => parentRunId === null)
  if (outer.length !== 1) throw new Error(`The agent left ${outer.length} runs that no other run called, not 1.`)
  return { run: outer[0]!, replayError: Math.max(...runs.map(({ replay }) => replay.error)) }
}
