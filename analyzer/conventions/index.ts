// The one table of conventions. Everything after this folder knows no dialect.

import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import { openinference } from './openinference.ts'
import { otelGenai } from './otel-genai.ts'
import { vercelAi } from './vercel-ai.ts'

/**
 * In order of precedence: the first that recognises a span reads it. The AI SDK writes `gen_ai.*` next to its own
 * attributes, and OpenInference's bridges add theirs to spans that already speak another dialect; the one that holds
 * the call ids goes first.
 */
export const conventions: readonly Convention[] = [vercelAi, openinference, otelGenai]

/** What `span` is, by the first convention that knows it. A span that none knows groups others: it is a `group`. */
export function recordOf(span: Span): SpanRecord {
  const convention = conventions.find((candidate) => candidate.recognises(span))
  if (convention) return convention.read(span)
  return { kind: 'group', span, convention: 'none', framework: '', error: errorOf(span) }
}
