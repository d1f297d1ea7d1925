// What came in, where none of it is a run.

import { shortName } from './base/one-line.ts'
import { recordOf } from './conventions/index.ts'
import type { Telemetry } from './model/telemetry.ts'

/** A list of names in a sentence is no longer than this. */
const MAX_NAMED = 3

/**
 * Why `telemetry`, of which `analyze` makes no run, gives none: what came in, what is missing and what to do, in sentences. What
 * makes a run is a model or a tool call: spans of agents around nothing have no time that could be explained.
 */
export function whyNoRuns({ spans, logs }: Pick<Telemetry, 'spans' | 'logs'>): string {
  const came = [
    ...(spans.length > 0 ? [counted(spans.length, 'span')] : []),
    ...(logs.length > 0 ? [counted(logs.length, 'log record')] : []),
  ]
  if (came.length === 0) {
    return 'No runs: there are no spans. Run your agent with OTEL_EXPORTER_OTLP_ENDPOINT set to the collector.'
  }
  const agents = spans.map((span) => recordOf(span)).filter(({ kind }) => kind === 'agent')
  const names = [
    ...new Set(agents.map((agent) => (agent.kind === 'agent' ? shortName(agent.name) || 'without a name' : ''))),
  ]
  if (agents.length === 0) {
    return (
      `No runs: ${came.join(' and ')} came in, and none is a model or tool call that Tailrace knows. ` +
      'Turn on the GenAI telemetry of your SDK.'
    )
  }
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : ''
  return (
    `No runs: of the ${came.join(' and ')}, ${agents.length} ${agents.length === 1 ? "is an agent's" : "are agents'"} ` +
    `(${names.slice(0, MAX_NAMED).join(', ')}${more}), and no model or tool call is there. ` +
    'Their spans may be of another exporter, be sampled away or still to come: send all spans of the process here, ' +
    'and turn on the GenAI telemetry of the SDK that calls the model and the tools.'
  )
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
