// What came in, where none of it is a run.

import { shortName } from './base/one-line.ts'
import { recordOf } from './conventions/index.ts'
import type { Telemetry } from './model/telemetry.ts'

/** A list of names in a sentence is no longer than this. */
const MAX_NAMED = 3

/** What came in, as far as it bears on why none of it is a run. */
export interface CameIn {
  readonly spans: number
  readonly logs: number
  /** Spans of agents. */
  readonly agents: number
  /** Theirs, each once. */
  readonly names: readonly string[]
}

/**
 * Why `telemetry`, of which `analyze` makes no run, gives none: what came in, what is missing and what to do, in sentences. What
 * makes a run is a model or a tool call: spans of agents around nothing have no time that could be explained.
 */
export function whyNoRuns(telemetry: Pick<Telemetry, 'spans' | 'logs'>): string {
  return whyNoneOf([cameIn(telemetry)])
}

/** For `whyNoneOf`, where the spans are not at hand when it is asked. */
export function cameIn({ spans, logs }: Pick<Telemetry, 'spans' | 'logs'>): CameIn {
  const names = spans.flatMap((span) => {
    const record = recordOf(span)
    return record.kind === 'agent' ? [shortName(record.name) || 'without a name'] : []
  })
  return { spans: spans.length, logs: logs.length, agents: names.length, names: [...new Set(names)] }
}

/** The same as `whyNoRuns` for all of it together. */
export function whyNoneOf(all: readonly CameIn[]): string {
  const total = (of: (came: CameIn) => number) => all.reduce((sum, came) => sum + of(came), 0)
  const [spans, logs, agents] = [total((came) => came.spans), total((came) => came.logs), total((came) => came.agents)]
  const names = [...new Set(all.flatMap((came) => came.names))]
  const came = [...(spans > 0 ? [counted(spans, 'span')] : []), ...(logs > 0 ? [counted(logs, 'log record')] : [])]
  if (came.length === 0) {
    return 'No runs: there are no spans. Run your agent with OTEL_EXPORTER_OTLP_ENDPOINT set to the collector.'
  }
  if (agents === 0) {
    return (
      `No runs: ${came.join(' and ')} came in, and none is a model or tool call that Tailrace knows. ` +
      'Turn on the GenAI telemetry of your SDK.'
    )
  }
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : ''
  return (
    `No runs: of the ${came.join(' and ')}, ${agents} ${agents === 1 ? "is an agent's" : "are agents'"} ` +
    `(${names.slice(0, MAX_NAMED).join(', ')}${more}), and no model or tool call is there. ` +
    'Their spans may be of another exporter, be sampled away or still to come: send all spans of the process here, ' +
    'and turn on the GenAI telemetry of the SDK that calls the model and the tools.'
  )
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
