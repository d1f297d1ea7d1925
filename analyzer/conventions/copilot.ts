// GitHub Copilot, in VS Code and on the command line: GenAI conventions, with a few keys and habits of its own.

import type { Json } from '../model/json.ts'
import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import type { HistoryMemory } from './history-memory.ts'
import { otelGenai } from './otel-genai.ts'

export const COPILOT = 'GitHub Copilot'

export const copilot: Convention = {
  id: 'copilot',
  recognises: (span) =>
    (isCopilots(span.scope.name) || isCopilots(textOf(span.resource, 'service.name') ?? '')) &&
    otelGenai.recognises(span),
  read,
}

/** Whether a scope or a service is Copilot's: `copilot-chat`, `github-copilot`, `github.copilot`. */
export const isCopilots = (name: string): boolean =>
  name.startsWith('copilot-chat') || name.startsWith('github-copilot') || name.startsWith('github.copilot')

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const record = { ...otelGenai.read(span, memory), convention: copilot.id, framework: COPILOT }
  if (record.kind !== 'tool') return record
  const known = record.arguments === undefined ? knownArguments(span) : undefined
  return {
    ...record,
    arguments: record.arguments ?? known,
    isPartial: known !== undefined,
    error: record.error ?? errorIn(record.result),
  }
}

/** A tool that failed gives back its error as text. */
const errorIn = (result: Json | undefined): string | null =>
  typeof result === 'string' && result.startsWith('ERROR: ') ? result.slice('ERROR: '.length) : null

/** The command is there even where content is not captured. */
function knownArguments(span: Span): Json | undefined {
  const command = textOf(span.attributes, 'github.copilot.tool.parameters.command')
  return command === null ? undefined : { command }
}
