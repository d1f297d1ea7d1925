// What forbids to say of a run without findings that nothing was lost.

import { noteAgainstPass } from './notes.ts'
import type { ReportRun } from './report.ts'

const NO_TURNS =
  'none of its model calls was recorded, so nothing says which calls were asked for together, or what they waited for'

/** Why more may have been lost than was found, as a clause such as `its prompt was not recorded`; '' if nothing says so. */
export function whyNotJudged(run: ReportRun): string {
  if (!run.replay.ok) return `its replay does not fit what was measured: ${run.replay.reason}`
  const { calls } = run
  if (calls.length === 0) return 'it has no tool calls; if its agent made some, their spans are missing'
  const note = noteAgainstPass(run.notes)
  if (note !== undefined) return `${note[0]!.toLowerCase()}${note.slice(1).replace(/\.$/, '')}`
  // It cannot have waited for another.
  if (calls.length === 1) return ''
  if (run.turns.length === 0) return NO_TURNS
  const withoutArguments = calls.filter((call) => call.arguments === undefined).length
  if (withoutArguments > 0) return `${withoutArguments} of ${calls.length} calls have no arguments recorded`
  // A call that failed ends with an error and need not have a result: nothing of it is missing.
  const withoutResult = calls.filter((call) => call.result === undefined && call.status === 'ok').length
  if (withoutResult > 0) return `${withoutResult} of ${calls.length} calls have no result recorded`
  if (run.findings.some((finding) => finding.rule === 'content-missing')) return 'content is missing from its spans'
  return run.promptKnown ? '' : 'its prompt was not recorded'
}
