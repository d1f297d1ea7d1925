import { shortName } from '../../analyzer/base/one-line.ts'
import { contentByFramework, type FrameworkContent } from '../../analyzer/frameworks/missing-content.ts'
import { whyNoRuns } from '../../analyzer/index.ts'
import type { ReportRun } from '../../analyzer/model/report.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import type { Check } from './check.ts'

export interface RunsCheck {
  readonly checks: readonly Check[]
  readonly frameworks: readonly FrameworkContent[]
}

/** Which runs lack arguments or results; `telemetry` is what they were made from. Pure. */
export function checkRuns(runs: readonly ReportRun[], telemetry: Pick<Telemetry, 'spans' | 'logs'>): RunsCheck {
  if (runs.length === 0) {
    const [says, ...advice] = whyNoRuns(telemetry).split(/(?<=\.) /)
    const more =
      telemetry.spans.length + telemetry.logs.length === 0
        ? ' The page shows the lines for each framework under Set up, and so does docs/frameworks.'
        : ''
    return {
      checks: [{ id: 'runs', status: 'problem', says: says!, advice: `${advice.join(' ')}${more}` }],
      frameworks: [],
    }
  }
  const frameworks = contentByFramework(
    runs.map(({ runId, name, framework, calls }) => ({
      runId,
      name,
      framework,
      calls: calls.length,
      withArguments: calls.filter((call) => call.arguments !== undefined).length,
      withResults: calls.filter((call) => call.result !== undefined || call.status === 'error').length,
    })),
  )
  return { checks: [...frameworks.map(checkOf), ...turnlessCheck(runs)], frameworks }
}

function checkOf({ framework, name, runs, calls, withArguments, withResults, lacking }: FrameworkContent): Check {
  const counts = `${shortName(name)}: ${counted(runs, 'run')}, ${counted(calls, 'call')}`
  if (lacking.length === 0) {
    return { id: 'runs', status: 'ok', says: `${counts}, all with arguments and results.`, advice: '' }
  }
  const { content, id } = framework
  return {
    id: 'runs',
    status: 'problem',
    says: `${counts}; ${counted(withArguments, 'call')} with arguments, ${withResults} with results. Lacking some: ${namesOf(lacking)}.`,
    advice:
      (content.byDefault === 'never' ? 'No setting of its own brings them. ' : '') +
      `${content.setting.title}:\n${content.setting.code}\nMore in docs/frameworks/${id}.md.`,
  }
}

/** Runs whose calls no model call stands beside; those inside a call may be a program's. */
function turnlessCheck(runs: readonly ReportRun[]): Check[] {
  const found = runs.filter((run) => run.parentRunId === null && run.turns.length === 0 && run.calls.length > 1)
  if (found.length === 0) return []
  const named = namesOf(found)
  return [
    {
      id: 'runs',
      status: 'problem',
      says: `${counted(found.length, 'run')} without any model call, so nothing can be judged: ${named}.`,
      advice: 'Instrument the model client too, in the same process: docs/frameworks says how for each framework.',
    },
  ]
}

function namesOf(runs: readonly { readonly name: string; readonly runId: string }[]): string {
  const named = runs.slice(0, MAX_NAMED).map((run) => `${shortName(run.name) || 'without a name'} (${run.runId})`)
  return `${named.join(', ')}${runs.length > MAX_NAMED ? ` and ${runs.length - MAX_NAMED} more` : ''}`
}

/** Of the runs that lack something. */
const MAX_NAMED = 3

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
