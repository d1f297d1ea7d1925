// What the time of an analysis goes to. The parts are run one by one on runs that were built anew, since inference keeps what
// it was asked.

import { inferDependencies } from '../../../analyzer/dependencies/index.ts'
import { findingsOf } from '../../../analyzer/findings/index.ts'
import type { Inference } from '../../../analyzer/model/dependency.ts'
import { DEFAULT_OPTIONS } from '../../../analyzer/model/options.ts'
import type { Run } from '../../../analyzer/model/run.ts'
import type { Span } from '../../../analyzer/model/span.ts'
import { buildRuns } from '../../../analyzer/runs/index.ts'
import { scheduleRun } from '../../../analyzer/schedule/schedule-run.ts'

export const PHASES = ['runs', 'inference', 'verdicts', 'schedules', 'findings'] as const

export type Phases = Record<(typeof PHASES)[number], number>

/** In ms, one round. `verdicts`: the questions that the schedules ask, asked again of an inference that was asked nothing. */
export function phasesOf(spans: readonly Span[]): Phases {
  const phases: Phases = { runs: 0, inference: 0, verdicts: 0, schedules: 0, findings: 0 }
  const timed = <T>(phase: keyof Phases, work: () => T): T => {
    const start = process.hrtime.bigint()
    const result = work()
    phases[phase] += Number(process.hrtime.bigint() - start) / 1e6
    return result
  }
  for (const run of timed('runs', () => buildRuns(spans, []))) {
    const inference = timed('inference', () => inferDependencies(run, DEFAULT_OPTIONS))
    const { asked, recorded } = recording(inferDependencies(run, DEFAULT_OPTIONS))
    scheduled(run, recorded)
    const fresh = inferDependencies(run, DEFAULT_OPTIONS)
    timed('verdicts', () => {
      for (const ask of asked) ask(fresh)
    })
    const schedules = timed('schedules', () => scheduled(run, inference))
    timed('findings', () => findingsOf({ run, inference, schedules, options: DEFAULT_OPTIONS }))
  }
  phases.schedules = Math.max(0, phases.schedules - phases.verdicts)
  return phases
}

const scheduled = (run: Run, inference: Inference) => scheduleRun(run, inference, DEFAULT_OPTIONS, () => 0)

type Ask = (inference: Inference) => unknown

function recording(inference: Inference): { asked: Ask[]; recorded: Inference } {
  const asked: Ask[] = []
  const noted = <T>(ask: (inference: Inference) => T): T => {
    asked.push(ask)
    return ask(inference)
  }
  const recorded: Inference = {
    ...inference,
    verdict: (i, j) => noted((of) => of.verdict(i, j)),
    pairBits: (j, word, least, into) => noted((of) => of.pairBits(j, word, least, into)),
  }
  return { asked, recorded }
}
