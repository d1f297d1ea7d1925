import { outsideFigure } from '../../analyzer/model/outside-figure.ts'
import type { Finding, ReportRun } from '../../analyzer/model/report.ts'
import { formatDuration } from './duration.ts'

/** Sums that differ by less are the same to a reader. */
const SAME = 1.02

/** What findings that are about some of the same calls save together; '' for a finding that shares its calls with none. */
export function togetherText(run: ReportRun, finding: Finding): string {
  if (finding.together === undefined) return ''
  const { findings, savedMs } = finding.together
  const others = findings.map((index) => index + 1).join(', ')
  const about = `${findings.length === 1 ? `Finding ${others} is` : `Findings ${others} are`} about some of the same calls.`
  if (savedMs.low === 0)
    return `${about} Together they may save up to ${formatDuration(savedMs.high)}: nothing of it is proven.`
  const sumMs = findings.reduce((sum, index) => sum + (run.findings[index]?.savedMs.low ?? 0), finding.savedMs.low)
  const best = savedMs.high > savedMs.low ? `, up to ${formatDuration(savedMs.high)}` : ''
  const notSum =
    sumMs > savedMs.low * SAME
      ? ` What each saves adds up to ${formatDuration(sumMs)}, and counts some time twice.`
      : ''
  return `${about} Together they save ${formatDuration(savedMs.low)}${best}.${notSum}`
}

/** That the achievable figure saves less than the findings that it holds, one by one, add up to; '' where it does not. */
export function overlapText(run: ReportRun): string {
  const held = run.findings.flatMap((finding, index) =>
    finding.savedMs.low > 0 && outsideFigure(run, finding) === '' ? [index] : [],
  )
  const sumMs = held.reduce((sum, index) => sum + run.findings[index]!.savedMs.low, 0)
  if (held.length < 2 || sumMs <= run.serialized.ms * SAME) return ''
  const last = held.length - 1
  const numbers = `${held
    .slice(0, last)
    .map((index) => index + 1)
    .join(', ')} and ${held[last]! + 1}`
  return `Findings ${numbers} together save ${formatDuration(run.serialized.ms)}, not ${formatDuration(sumMs)}: they overlap.`
}
