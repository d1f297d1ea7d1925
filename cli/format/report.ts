import { oneLine } from '../../analyzer/base/one-line.ts'
import { turnList } from '../../analyzer/base/turn-list.ts'
import { pathThroughRuns } from '../../analyzer/index.ts'
import type { Report, ReportRun } from '../../analyzer/model/report.ts'
import { formatDuration, formatShare } from './duration.ts'
import { formatFinding } from './finding.ts'
import { count } from './text.ts'

/** The report as text for a terminal: one block per run, in the report's order, then the patterns seen in several runs. */
export function formatReport(report: Report): string {
  const blocks = report.runs.map((run) => formatRun(run, report.options.prices?.currency, report.runs).join('\n'))
  return [...blocks, ...formatPatterns(report)].join('\n\n')
}

/** Parts of a critical path that are named. */
const MAX_PATH_PARTS = 6
/** Stretches told of one run; the rest is counted. */
const MAX_STRETCHES = 8

/**
 * One run as lines: its head, its figures, its notes and its findings.
 * @param currency of the report's prices, if it has any.
 * @param runs where the runs inside this one are: its critical path goes on in them.
 */
export function formatRun(run: ReportRun, currency?: string, runs: readonly ReportRun[] = []): string[] {
  const nested = run.parentRunId === null ? '' : ` (nested in run ${run.parentRunId})`
  return [
    `run ${runTitle(run)}${nested}`,
    ...[...formatFigures(run, currency), ...formatPath(run, runs)].map((line) => `  ${line}`),
    ...run.notes.map((note) => `  note: ${oneLine(note)}`),
    ...run.findings.flatMap((finding) => formatFinding(finding, run)),
  ]
}

/** Name, framework and id of a run: the id is what tells two runs of one agent apart. */
export function runTitle(run: ReportRun): string {
  const framework = run.framework === '' ? '' : `, ${oneLine(run.framework)}`
  return `${oneLine(run.name) || 'without a name'}${framework}, ${run.runId}`
}

function formatFigures(run: ReportRun, currency: string | undefined): string[] {
  const size = `${count(run.coverage.turns, 'turn')}, ${count(run.coverage.calls, 'call')}`
  const person =
    run.waitingForUserMs > 0 ? `; ${formatDuration(run.waitingForUserMs)} waiting for a person left out` : ''
  const { actual, bound, [run.serialized.rung]: achievable } = run.schedules
  if (!run.replay.ok) {
    return [
      `${formatDuration(actual.durationMs)} actual, ${size}${person}`,
      `no achievable figure: ${oneLine(run.replay.reason)}`,
    ]
  }
  const { ms, upToMs, share, tokens, cost, rung } = run.serialized
  const durations = `${formatDuration(actual.durationMs)} actual -> ${formatDuration(achievable.durationMs)} achievable (${rung})`
  const removed = achievable.turnsRemoved > 0 ? ` (${achievable.turnsRemoved} could go)` : ''
  const saving = `${formatDuration(ms)} serialized, ${formatShare(share)} of the run${tokens > 0 ? `, ${count(tokens, 'token')}` : ''}${formatCost(cost, currency)}`
  const range =
    formatDuration(upToMs) === formatDuration(ms)
      ? ''
      : `; up to ${formatDuration(upToMs)} if every unknown is independent`
  return [
    `${durations}, ${count(run.coverage.turns, 'turn')}${removed}, ${count(run.coverage.calls, 'call')}${person}`,
    `${saving}${range}`,
    `${formatDuration(bound.durationMs)} bound: the longest chain of dependencies alone`,
    ...formatStretches(run),
  ]
}

/** Where the time of the actual critical path went, the largest part first. */
function formatPath(run: ReportRun, runs: readonly ReportRun[]): string[] {
  const toolOf = new Map([run, ...runs].flatMap(({ calls }) => calls.map(({ id, tool }) => [id, tool] as const)))
  const spent = new Map<string, number>()
  for (const { kind, id, startMs, endMs, cause } of pathThroughRuns(run, runs, 'actual')) {
    const what = {
      turn: 'model',
      call: oneLine(toolOf.get(id) ?? ''),
      gap: cause ?? 'framework',
      wait: 'waiting for a person',
    }[kind]
    spent.set(what, (spent.get(what) ?? 0) + endMs - startMs)
  }
  if (spent.size === 0) return []
  const parts = [...spent].sort((a, b) => b[1] - a[1])
  const told = parts.slice(0, MAX_PATH_PARTS).map(([what, ms]) => `${what} ${formatDuration(ms)}`)
  const rest = parts.slice(MAX_PATH_PARTS).reduce((sum, [, ms]) => sum + ms, 0)
  return [`critical path: ${told.join(', ')}${rest > 0 ? `, others ${formatDuration(rest)}` : ''}`]
}

/** Money below a cent of anything still has two digits. */
const formatCost = (cost: number | null, currency: string | undefined): string =>
  cost === null || cost === 0 || currency === undefined ? '' : `, ${cost.toPrecision(2)} ${oneLine(currency)}`

/** The run as a plan: `turns 0 to 3: parallel; 4 to 6: code; 7 to 11: sequential, each step reacts to an error`. */
function formatStretches({ stretches }: ReportRun): string[] {
  if (stretches.length === 0) return []
  const told = stretches.slice(0, MAX_STRETCHES).map(({ mode, firstTurn, lastTurn, text, withTurns }) => {
    const turns = firstTurn === lastTurn ? `${firstTurn}` : `${firstTurn} to ${lastTurn}`
    return mode === 'sequential'
      ? `${turns}: sequential, ${oneLine(text)}`
      : `${turns}: ${mode}${withTurns === undefined ? '' : ` with ${turnList(withTurns)}`}`
  })
  const rest = stretches.length - told.length
  const word = stretches[0]!.firstTurn === stretches[0]!.lastTurn ? 'turn' : 'turns'
  return [`${word} ${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`]
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
