// One run through inference, schedules and findings, and into the report's form.

import { isoOfUnixNano, roundMs } from './base/time.ts'
import { claimedPairs } from './claimed-pairs.ts'
import { inferDependencies } from './dependencies/index.ts'
import { findingsOf } from './findings/index.ts'
import type { Inference } from './model/dependency.ts'
import type { AnalyzeOptions, Rung } from './model/options.ts'
import type { Finding, Mode, ReportCall, ReportRun, ReportTurn, ReportVerdict } from './model/report.ts'
import type { Run } from './model/run.ts'
import type { SpanId } from './model/span.ts'
import { type RunSchedules, scheduleRun } from './schedule/schedule-run.ts'
import { scheduleReport } from './schedule-report.ts'

/** What a nested run can save, so that the call that invoked it can be shortened. In ms, per rung. */
export type NestedSavings = Readonly<Record<Rung, { readonly low: number; readonly high: number }>>

export function savingsOf(report: ReportRun): NestedSavings {
  const { actual, overlap, batch } = report.schedules
  return {
    overlap: { low: actual.durationMs - overlap.durationMs, high: actual.durationMs - overlap.bestCaseMs },
    batch: { low: actual.durationMs - batch.durationMs, high: actual.durationMs - batch.bestCaseMs },
  }
}

export function analyzeRun(run: Run, options: AnalyzeOptions, nested: ReadonlyMap<SpanId, NestedSavings>): ReportRun {
  const inference = inferDependencies(run, options)
  const schedules = scheduleRun(run, inference, options, (call, rung, bound) => {
    const { childRunId } = run.calls[call]!
    return childRunId === null ? 0 : (nested.get(childRunId)?.[rung][bound] ?? 0)
  })
  const rung = schedules[options.rung]
  const actualMs = schedules.actual.durationMs
  const savedMs = actualMs - rung.low.durationMs
  const actual = scheduleReport(run, { low: schedules.actual, high: schedules.actual })
  const slackOf = new Map(actual.slack.map((entry) => [entry.id, entry]))

  return {
    traceId: run.traceId,
    runId: run.runId,
    parentRunId: run.parentRunId,
    name: run.name,
    framework: run.framework,
    conventions: run.conventions,
    startTime: isoOfUnixNano(run.startTimeUnixNano),
    durationMs: run.durationMs,
    waitingForUserMs: roundMs(run.waits.reduce((sum, wait) => sum + wait.endMs - wait.startMs, 0)),
    waits: run.waits,
    coverage: {
      turns: run.turns.length,
      calls: run.calls.length,
      withArguments: run.calls.filter((call) => call.arguments !== undefined).length,
      withResults: run.calls.filter((call) => call.result !== undefined).length,
    },
    notes: run.notes,
    ...(options.content ? { messages: run.messages } : {}),
    turnsAfterUser: run.turnsAfterUser,
    promptKnown: run.promptKnown,
    turns: run.turns.map(({ text, ...turn }): ReportTurn => (options.content ? { ...turn, text } : turn)),
    calls: callReports(run, inference, schedules, slackOf, options),
    dependencies: inference.dependencies.map((dependency) => ({
      ...dependency,
      evidence: options.content ? dependency.evidence : dependency.evidence.map((e) => ({ ...e, value: null })),
    })),
    ...verdictReports(run, inference, schedules, options),
    replay: {
      measuredMs: roundMs(schedules.replay.measuredMs),
      simulatedMs: roundMs(schedules.replay.simulatedMs),
      error: schedules.replay.error,
      ok: schedules.replay.ok,
      reason: schedules.replay.reason,
    },
    schedules: {
      actual,
      overlap: scheduleReport(run, schedules.overlap),
      batch: scheduleReport(run, schedules.batch),
    },
    serialized: {
      rung: options.rung,
      ms: roundMs(savedMs),
      upToMs: roundMs(actualMs - rung.high.durationMs),
      share: actualMs > 0 ? savedMs / actualMs : 0,
      tokens: rung.low.tokensRemoved,
    },
    findings: findingsOf({ run, inference, schedules, options }).map(published),
  }
}

function callReports(
  run: Run,
  inference: Inference,
  schedules: RunSchedules,
  slackOf: ReadonlyMap<SpanId, { readonly slackMs: number; readonly dragMs: number }>,
  options: AnalyzeOptions,
): ReportCall[] {
  const modes = modesOf(run, schedules)
  return run.calls.map((call, i) => {
    const { arguments: args, result, error, ...rest } = call
    const { effect, resources } = inference.effects[i]!
    return {
      ...rest,
      // Error texts quote arguments more often than not.
      error: options.content || error === null ? error : '',
      ...(options.content && args !== undefined ? { arguments: args } : {}),
      ...(options.content && result !== undefined ? { result } : {}),
      origins: inference.leaves[i]!.map(({ path, origin, producers }) => ({
        path,
        origin,
        producers: producers.map((producer) => run.calls[producer]!.id),
      })),
      effect,
      resources: options.content ? resources : [],
      slackMs: slackOf.get(call.id)?.slackMs ?? 0,
      dragMs: slackOf.get(call.id)?.dragMs ?? 0,
      mode: modes[i]!,
    }
  })
}

/** A call that runs at the same time as another one of its turn in the achievable schedule is parallel work. */
function modesOf(run: Run, schedules: RunSchedules): Mode[] {
  const modes: Mode[] = run.calls.map(() => 'sequential')
  const { simulation, plan } = schedules.batch.low
  const activityOf = new Map<number, number>()
  simulation.network.activities.forEach(({ kind, ref }, activity) => {
    if (kind === 'call') activityOf.set(ref, activity)
  })
  for (const step of plan.steps) {
    const placed = step.calls.map(({ call }) => {
      const activity = activityOf.get(call)!
      return { call, startMs: simulation.startMs[activity]!, endMs: simulation.endMs[activity]! }
    })
    placed.sort((a, b) => a.startMs - b.startMs || a.call - b.call)
    let last: (typeof placed)[number] | undefined
    for (const next of placed) {
      if (last && next.startMs < last.endMs) {
        modes[last.call] = 'parallel'
        modes[next.call] = 'parallel'
      }
      if (!last || next.endMs > last.endMs) last = next
    }
  }
  return modes
}

function verdictReports(
  run: Run,
  inference: Inference,
  schedules: RunSchedules,
  options: AnalyzeOptions,
): Pick<ReportRun, 'verdicts' | 'verdictsOmitted'> {
  const reported = (i: number, j: number): ReportVerdict => {
    const { verdict, confidence } = inference.verdict(i, j)
    return { a: run.calls[i]!.id, b: run.calls[j]!.id, verdict, confidence }
  }
  if (!options.allPairs) {
    const { pairs, omitted } = claimedPairs(run, schedules)
    return { verdicts: pairs.map(([i, j]) => reported(i, j)), verdictsOmitted: omitted }
  }
  const verdicts: ReportVerdict[] = []
  for (let i = 0; i < run.calls.length; i++) {
    for (let j = i + 1; j < run.calls.length; j++) verdicts.push(reported(i, j))
  }
  return { verdicts, verdictsOmitted: 0 }
}

function published(finding: Finding): Finding {
  return { ...finding, savedMs: { low: roundMs(finding.savedMs.low), high: roundMs(finding.savedMs.high) } }
}
