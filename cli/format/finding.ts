import { oneLine } from '../../analyzer/base/one-line.ts'
import { outsideFigure } from '../../analyzer/model/outside-figure.ts'
import type { Finding, ReportCall, ReportRun } from '../../analyzer/model/report.ts'
import { formatDuration } from './duration.ts'
import { count } from './text.ts'

/** A fan-out of hundreds is one finding; past a screenful its calls say nothing new. */
const MAX_CALLS = 12

/** A program that makes a chain of some calls fits; one for hundreds would bury the other findings. */
const MAX_CODE_LINES = 40

/**
 * One finding as indented lines, for example:
 *
 *       ! serialized-turns: get_weather and get_news waited for nothing
 *         saves 1.37 s, up to 1.90 s; confidence 0.93
 *         call  get_weather  turn 0  at 120 ms for 640 ms
 *         why   `city` = Oslo was in the prompt
 *         fix   Ask for both in one turn.
 */
export function formatFinding(finding: Finding, run: ReportRun): string[] {
  const outside = outsideFigure(run, finding)
  const mark = finding.severity === 'info' ? 'i' : '!'
  return [
    `  ${mark} ${finding.rule}: ${oneLine(finding.title)}`,
    ...(finding.savedMs.high > 0
      ? [`    ${formatSaving(finding)}${outside === '' ? '' : `, ${outside}`}${sureness(finding)}`]
      : []),
    ...formatCalls(finding, run).map((line) => `    call  ${line}`),
    ...finding.evidence.map((sentence) => `    why   ${oneLine(sentence)}`),
    ...formatFix(finding.fix),
  ]
}

/** Nothing where no pair is proven: there is nothing to be sure of. */
const sureness = ({ confidence }: Finding): string => (confidence > 0 ? `; confidence ${confidence.toFixed(2)}` : '')

/** The sentence and what there is to paste. Each line has a word before it, or it could be a command to GitHub Actions. */
function formatFix({ summary, code }: Finding['fix']): string[] {
  if (summary === '') return []
  const lines = code === '' ? [] : code.split('\n')
  const shown = lines.slice(0, MAX_CODE_LINES).map((line) => `${/^ */.exec(line)![0]}${oneLine(line)}`)
  if (lines.length > shown.length) shown.push(`... and ${lines.length - shown.length} lines more, in the page`)
  return [`    fix   ${oneLine(summary)}`, ...shown.map((line) => `    code  ${line}`)]
}

/** `saves 1.37 s, up to 1.90 s`: the second figure only where it differs to the eye. */
export function formatSaving(finding: Finding): string {
  const low = formatDuration(finding.savedMs.low)
  const high = formatDuration(finding.savedMs.high)
  const tokens = finding.savedTokens > 0 ? ` and ${count(finding.savedTokens, 'token')}` : ''
  return low === high ? `saves ${low}${tokens}` : `saves ${low}${tokens}, up to ${high}`
}

/** The finding's calls, in its own order, one per line, tools in a column. */
export function formatCalls(finding: Finding, run: ReportRun): string[] {
  const byId = new Map(run.calls.map((call) => [call.id, call]))
  const calls = finding.calls.flatMap((id) => byId.get(id) ?? [])
  const shown = calls.slice(0, MAX_CALLS)
  const width = shown.reduce((widest, call) => Math.max(widest, oneLine(call.tool).length), 0)
  const lines = shown.map((call) => formatCall(call, width))
  return calls.length > shown.length ? [...lines, `... and ${calls.length - shown.length} more`] : lines
}

function formatCall(call: ReportCall, toolWidth: number): string {
  const turn = call.turn < 0 ? 'no turn' : `turn ${call.turn}`
  const failed = call.status === 'error' ? ', failed' : ''
  const length = formatDuration(call.endMs - call.startMs)
  return `${oneLine(call.tool).padEnd(toolWidth)}  ${turn}  at ${formatDuration(call.startMs)} for ${length}${failed}`
}
