import type { Report, ReportRun } from '../../analyzer/model/report.ts'
import { formatDuration, formatShare } from './duration.ts'
import { formatFinding } from './finding.ts'
import { count, oneLine } from './text.ts'

/** The report as text for a terminal: one block per run, in the report's order, then the patterns seen in several runs. */
export function formatReport(report: Report): string {
  const blocks = report.runs.map((run) => formatRun(run).join('\n'))
  return [...blocks, ...formatPatterns(report)].join('\n\n')
}

/** One run as lines: its head, its figures, its notes and its findings. */
export function formatRun(run: ReportRun): string[] {
  const nested = run.parentRunId === null ? '' : ` (nested in run ${run.parentRunId})`
  return [
    `run ${runTitle(run)}${nested}`,
    ...formatFigures(run).map((line) => `  ${line}`),
    ...run.notes.map((note) => `  note: ${oneLine(note)}`),
    ...run.findings.flatMap((finding) => formatFinding(finding, run)),
  ]
}

/** Name, framework and id of a run: the id is what tells two runs of one agent apart. */
export function runTitle(run: ReportRun): string {
  const framework = run.framework === '' ? '' : `, ${oneLine(run.framework)}`
  return `${oneLine(run.name) || 'without a name'}${framework}, ${run.runId}`
}

function formatFigures(run: ReportRun): string[] {
  const size = `${count(run.coverage.turns, 'turn')}, ${count(run.coverage.calls, 'call')}`
  const person =
    run.waitingForUserMs > 0 ? `; ${formatDuration(run.waitingForUserMs)} waiting for a person left out` : ''
  const { actual, [run.serialized.rung]: achievable } = run.schedules
  if (!run.replay.ok) {
    return [
      `${formatDuration(actual.durationMs)} actual, ${size}${person}`,
      `no achievable figure: ${oneLine(run.replay.reason)}`,
    ]
  }
  const { ms, upToMs, share, tokens, rung } = run.serialized
  const durations = `${formatDuration(actual.durationMs)} actual -> ${formatDuration(achievable.durationMs)} achievable (${rung})`
  const removed = achievable.turnsRemoved > 0 ? ` (${achievable.turnsRemoved} could go)` : ''
  const saving = `${formatDuration(ms)} serialized, ${formatShare(share)} of the run${tokens > 0 ? `, ${tokens} tokens` : ''}`
  const range =
    formatDuration(upToMs) === formatDuration(ms)
      ? ''
      : `; up to ${formatDuration(upToMs)} if every unknown is independent`
  return [
    `${durations}, ${count(run.coverage.turns, 'turn')}${removed}, ${count(run.coverage.calls, 'call')}${person}`,
    `${saving}${range}`,
  ]
}

function formatPatterns(report: Report): string[] {
  const repeated = report.patterns.filter((pattern) => pattern.runs > 1)
  if (repeated.length === 0) return []
  const lines = repeated.map((pattern) => {
    const cost = `p50 ${formatDuration(pattern.p50Ms)}, p95 ${formatDuration(pattern.p95Ms)}, total ${formatDuration(pattern.totalMs)}`
    return `  ${pattern.rule}: ${pattern.tools.map(oneLine).join(', ')} in ${pattern.runs} runs (${formatShare(pattern.share)}); ${cost}`
  })
  return [['patterns over the runs above', ...lines].join('\n')]
}
