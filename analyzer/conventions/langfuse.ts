// Langfuse's SDKs (scope `langfuse-sdk`), which LangChain's callback handler writes through as well.

import { isObject, type Json } from '../model/json.ts'
import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, mentions, numberOf, textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import type { HistoryMemory } from './history-memory.ts'
import { toolMessage } from './langchain.ts'
import { messagesAnswered, messagesGiven } from './payload-messages.ts'
import { asAgent, asGroup, asModel, asTool, withError } from './records.ts'

export const langfuse: Convention = {
  id: 'langfuse',
  recognises: (span) => span.attributes.has('langfuse.observation.type'),
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const { attributes } = span
  const step = numberOf(attributes, 'langfuse.observation.metadata.langgraph_step')
  const isGraph = isGraphRoot(span, step)
  const base = {
    span,
    convention: langfuse.id,
    framework: step !== null || isGraph ? 'LangGraph' : 'Langfuse SDK',
    error: failureOf(span),
  }
  const input = () => contentOf(attributes, 'langfuse.observation.input')
  const output = () => contentOf(attributes, 'langfuse.observation.output')
  const tool = (result: Json | undefined): SpanRecord => {
    const message = toolMessage(result)
    return asTool(withError(base, base.error ?? message?.error ?? null), {
      tool: span.name,
      callId: message?.id ?? null,
      arguments: contentOf(attributes, 'langfuse.observation.metadata.inputs') ?? input(),
      result: message ? message.result : result,
      step,
    })
  }
  switch (textOf(attributes, 'langfuse.observation.type')) {
    case 'tool':
      return tool(output())
    case 'generation': {
      const usage = contentOf(attributes, 'langfuse.observation.usage_details')
      const given = messagesGiven(memory.contentOf(attributes, 'langfuse.observation.input'), memory)
      const answered = messagesAnswered(output())
      return asModel(base, {
        model: textOf(attributes, 'langfuse.observation.model.name'),
        inputTokens: tokensOf(usage, 'input', 'prompt_tokens', 'output'),
        outputTokens: tokensOf(usage, 'output', 'completion_tokens', 'input'),
        input: given,
        output: answered,
        step,
      })
    }
    case 'agent':
      return asAgent(base, span.name, () => messagesGiven(input()))
    default: {
      if (isGraph) return asAgent(base, span.name, () => messagesGiven(input()))
      // Before 2025-09 LangChain's tools were spans like any other, but for what they answer with.
      const isAnswer = step !== null && mentions(attributes, 'langfuse.observation.output', 'tool_call_id')
      const result = isAnswer ? output() : undefined
      return toolMessage(result) ? tool(result) : asGroup(base)
    }
  }
}

/** The status stays unset: the level says it. */
function failureOf(span: Span): string | null {
  const failed = textOf(span.attributes, 'langfuse.observation.level') === 'ERROR'
  const said = textOf(span.attributes, 'langfuse.observation.status_message')?.replace(/^Error: /, '')
  return failed ? (said ?? 'failed, without a message') : errorOf(span)
}

/** LangGraph's root is an observation of type `span`. It carries the mark of createAgent, but no step. */
const isGraphRoot = (span: Span, step: number | null): boolean =>
  step === null &&
  (span.name === 'LangGraph' ||
    textOf(span.attributes, 'langfuse.observation.metadata.ls_integration') === 'langchain_create_agent')

/**
 * `{"input": 93, "input_cache_read": 8, ...}` are 101 tokens in: the plain figure leaves out what is listed beside it. Not
 * so where the plain figures alone make up the total.
 */
function tokensOf(usage: Json | undefined, side: string, openAiKey: string, otherSide: string): number | null {
  if (!isObject(usage)) return null
  const plain = usage[side] ?? usage[openAiKey] ?? usage[`${side}_tokens`]
  if (typeof plain !== 'number') return null
  const other = usage[otherSide]
  if (typeof usage[side] !== 'number' || (typeof other === 'number' && usage.total === plain + other)) return plain
  let sum = 0
  for (const [key, value] of Object.entries(usage)) {
    if (typeof value === 'number' && (key === side || key.startsWith(`${side}_`))) sum += value
  }
  return sum
}
