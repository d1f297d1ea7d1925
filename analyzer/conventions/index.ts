// The one table of conventions. Everything after this folder knows no dialect.

import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { claudeCode } from './claude-code.ts'
import { codex } from './codex.ts'
import type { Convention } from './convention.ts'
import { copilot } from './copilot.ts'
import { crewai } from './crewai.ts'
import { errorOf } from './error.ts'
import { geminiCli } from './gemini-cli.ts'
import { genkit } from './genkit.ts'
import { googleAdk } from './google-adk.ts'
import { haystack } from './haystack.ts'
import { HistoryMemory } from './history-memory.ts'
import { langfuse } from './langfuse.ts'
import { langsmith } from './langsmith.ts'
import { mastra } from './mastra.ts'
import { microsoft } from './microsoft.ts'
import { mlflow } from './mlflow.ts'
import { openinference } from './openinference.ts'
import { otelGenai } from './otel-genai.ts'
import { pydanticAi } from './pydantic-ai.ts'
import { asGroup } from './records.ts'
import { springAi } from './spring-ai.ts'
import { strands } from './strands.ts'
import { traceloop } from './traceloop.ts'
import { vercelAi } from './vercel-ai.ts'

/**
 * In order of precedence: the first that recognises a span reads it. Processors such as OpenInference's bridges, Langfuse's
 * and Traceloop's add their attributes to spans that already speak another dialect, and most dialects write some of
 * `gen_ai.*` too: the one that holds the call ids goes first, GenAI itself last.
 */
export const conventions: readonly Convention[] = [
  claudeCode,
  codex,
  copilot,
  geminiCli,
  vercelAi,
  openinference,
  mastra,
  genkit,
  googleAdk,
  strands,
  pydanticAi,
  microsoft,
  springAi,
  haystack,
  crewai,
  langfuse,
  langsmith,
  mlflow,
  traceloop,
  otelGenai,
]

/**
 * What `span` is, by the first convention that knows it. A span that none knows groups others: it is a `group`. One `memory`
 * for all spans of a trace makes reading them faster, and changes nothing else.
 */
export function recordOf(span: Span, memory = new HistoryMemory()): SpanRecord {
  for (const convention of conventions) if (convention.recognises(span)) return convention.read(span, memory)
  return asGroup({ span, convention: 'none', framework: '', error: errorOf(span) })
}
