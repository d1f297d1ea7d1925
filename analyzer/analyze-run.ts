// One run through inference, schedules and findings, and into the report's form.

import { mapped } from './base/mapped.ts'
import { isoOfUnixNano, roundMs } from './base/time.ts'
import { callReports } from './call-reports.ts'
import { claimedPairs } from './claimed-pairs.ts'
import type { RunEvidence } from './dependencies/evidence.ts'
import { inferDependencies } from './dependencies/index.ts'
import { findingsOf } from './findings/index.ts'
import { reasonsText } from './findings/mode-words.ts'
import type { Dependency, Inference } from './model/dependency.ts'
import type { Learnt } from './model/learnt.ts'
import type { AnalyzeOptions, Rung } from './model/options.ts'
import type { Finding, ReportRun, ReportSchedule, ReportTurn, ReportVerdict, Speedup, Stretch } from './model/report.ts'
import type { Run, Turn } from './model/run.ts'
import type { SpanId } from './model/span.ts'
import { criticalPathAs } from './schedule/critical-path.ts'
import { type CallMode, modesOf, stretchesOf } from './schedule/modes.ts'
import { type RungSchedule, type RunSchedules, scheduleRun } from './schedule/schedule-run.ts'
import { speedupsOf } from './schedule/speedups.ts'
import { scheduleReports, slackOfCalls } from './schedule-report.ts'

/** What a nested run can save, so that the call that invoked it can be shortened. In ms, per rung. */
export type NestedSavings = Readonly<Record<Rung | 'bound', { readonly low: number; readonly high: number }>>

export function savingsOf({ schedules }: ReportRun): NestedSavings {
  const savings = ({ durationMs, bestCaseMs }: ReportSchedule) => ({
    low: schedules.actual.durationMs - durationMs,
    high: schedules.actual.durationMs - bestCaseMs,
  })
  const { overlap, batch, plan, bound } = schedules
  return { overlap: savings(overlap), batch: savings(batch), plan: savings(plan), bound: savings(bound) }
}

/**
 * @param learnt what other runs of the agent say; it goes into the report.
 * @param alone what this run shows by itself, if the caller has it already.
 */
export function analyzeRun(
  run: Run,
  options: AnalyzeOptions,
  nested: ReadonlyMap<SpanId, NestedSavings>,
  learnt?: Learnt,
  alone?: RunEvidence,
): ReportRun {
  const inference = inferDependencies(run, options, learnt, alone)
  const schedules = scheduleRun(run, inference, options, (call, rung, bound) => {
    const { childRunId } = run.calls[call]!
    return childRunId === null ? 0 : (nested.get(childRunId)?.[rung][bound] ?? 0)
  })
  const rung = schedules[options.rung]
  const actualMs = schedules.actual.durationMs
  const savedMs = actualMs - rung.low.durationMs
  const reported = scheduleReports(run, schedules.observed)
  const actual = reported({ low: schedules.actual, high: schedules.actual })
  const slacks = slackOfCalls(run, schedules.actual, actual)

  const { findings, silenced, clashing } = findingsOf({ run, inference, schedules, options })
  const modes = modesOf(run, inference, schedules, options, clashing)
  return {
    traceId: run.traceId,
    runId: run.runId,
    parentRunId: run.parentRunId,
    name: run.name,
    framework: run.framework,
    language: run.language,
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
    ...(options.content && run.tools !== undefined ? { tools: run.tools } : {}),
    turnsAfterUser: run.turnsAfterUser,
    promptKnown: run.promptKnown,
    turns: mapped(run.turns, (turn) => turnReport(turn, options)),
    calls: callReports(run, inference, modes, slacks, options),
    dependencies: options.content ? inference.dependencies : inference.dependencies.map(withoutContent),
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
      overlap: reported(schedules.overlap),
      batch: reported(schedules.batch),
      plan: reported(schedules.plan),
      bound: reported(schedules.bound),
    },
    serialized: {
      rung: options.rung,
      ms: roundMs(savedMs),
      upToMs: roundMs(actualMs - rung.high.durationMs),
      share: actualMs > 0 ? savedMs / actualMs : 0,
      tokens: rung.low.tokensRemoved,
      cost: rung.low.costRemoved,
    },
    stretches: stretchReports(run, modes),
    modelLatency: schedules.latency,
    speedups: speedupReports(run, schedules.actual),
    findings: findings.map(published),
    silenced,
    ...(learnt === undefined ? {} : { learnt: options.content ? learnt : { ...learnt, values: [] } }),
  }
}

const withoutContent = (dependency: Dependency): Dependency => ({
  ...dependency,
  evidence: dependency.evidence.map((one) => ({ ...one, value: null })),
})

function turnReport(turn: Turn, { content }: AnalyzeOptions): ReportTurn {
  const { id, index, startMs, endMs, streamedUntilMs, model, inputTokens, outputTokens, text, calls } = turn
  if (content && streamedUntilMs === undefined) {
    // Most turns, and written out: a copy by spreading takes several times as long.
    return { id, index, startMs, endMs, model, inputTokens, outputTokens, calls, text }
  }
  const { text: words, ...rest } = turn
  return content ? { ...rest, text: words } : rest
}

function stretchReports(run: Run, modes: readonly CallMode[]): Stretch[] {
  return mapped(stretchesOf(run, modes), ({ mode, firstTurn, lastTurn, reasons, withTurns }) => {
    const calls = callsOf(run, firstTurn, lastTurn)
    return {
      mode,
      firstTurn,
      lastTurn,
      reason: reasons[0]!,
      text: reasonsText(reasons),
      ...(withTurns.length > 0 ? { withTurns } : {}),
      calls,
    }
  })
}

function callsOf({ turns }: Run, firstTurn: number, lastTurn: number): readonly SpanId[] {
  if (firstTurn === lastTurn) return turns[firstTurn]!.calls
  const calls: SpanId[] = []
  for (let turn = firstTurn; turn <= lastTurn; turn++) for (const call of turns[turn]!.calls) calls.push(call)
  return calls
}

function speedupReports(run: Run, { simulation }: RungSchedule): Speedup[] {
  const { refs } = simulation.network
  const critical = criticalPathAs(simulation, (kind, activity) => (kind === 'call' ? refs[activity]! : null))
  const calls = critical.filter((call) => call !== null)
  return speedupsOf(run, simulation, calls).map(({ tool, calls, totalMs, savedMs: [by25, by50, by100] }) => ({
    tool,
    calls,
    totalMs: roundMs(totalMs),
    savedMs: { by25: roundMs(by25), by50: roundMs(by50), by100: roundMs(by100) },
  }))
}

function verdictReports(
  run: Run,
  inference: Inference,
  schedules: RunSchedules,
  options: AnalyzeOptions,
): Pick<ReportRun, 'verdicts' | 'verdictsOmitted'> {
  const reported = (i: number, j: number): ReportVerdict => {
    const { verdict, confidence } = inference.verdict(i, j)
    const pair = { a: run.calls[i]!.id, b: run.calls[j]!.id, verdict, confidence }
    return verdict === 'unknown' ? { ...pair, reason: inference.reason(i, j) } : pair
  }
  if (!options.allPairs) {
    const { pairs, omitted } = claimedPairs(run, schedules, reported)
    return { verdicts: pairs, verdictsOmitted: omitted }
  }
  const verdicts: ReportVerdict[] = []
  for (let i = 0; i < run.calls.length; i++) {
    for (let j = i + 1; j < run.calls.length; j++) verdicts.push(reported(i, j))
  }
  return { verdicts, verdictsOmitted: 0 }
}

function published(finding: Finding): Finding {
  const { together, ...own } = finding
  const rounded = ({ low, high }: Finding['savedMs']) => ({ low: roundMs(low), high: roundMs(high) })
  return {
    ...own,
    savedMs: rounded(own.savedMs),
    ...(together ? { together: { ...together, savedMs: rounded(together.savedMs) } } : {}),
  }
}
