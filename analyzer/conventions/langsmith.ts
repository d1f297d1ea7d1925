// LangSmith's OpenTelemetry exporters: a run's inputs and outputs as one JSON text each, under names that GenAI conventions
// once used for something else.

import { isObject, type Json } from '../model/json.ts'
import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, numberOf, textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import type { HistoryMemory } from './history-memory.ts'
import { toolMessage } from './langchain.ts'
import { messagesAnswered, messagesGiven } from './payload-messages.ts'
import { asAgent, asGroup, asModel, asTool, withError } from './records.ts'

export const langsmith: Convention = {
  id: 'langsmith',
  recognises: (span) => span.attributes.has('langsmith.span.kind') || span.scope.name === 'langsmith',
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const { attributes } = span
  const step = numberOf(attributes, 'langsmith.metadata.langgraph_step')
  const isGraph = step === null && span.name === 'LangGraph'
  const framework = step !== null || isGraph ? 'LangGraph' : 'LangSmith SDK'
  const base = { span, convention: langsmith.id, framework, error: errorOf(span) }
  const input = () => contentOf(attributes, 'gen_ai.prompt')
  const output = () => contentOf(attributes, 'gen_ai.completion')
  switch (textOf(attributes, 'langsmith.span.kind')) {
    case 'tool': {
      const result = bare(output(), 'outputs', 'output')
      const message = toolMessage(result)
      return asTool(withError(base, base.error ?? message?.error ?? null), {
        tool: textOf(attributes, 'gen_ai.tool.name') ?? span.name,
        callId: textOf(attributes, 'gen_ai.tool.call.id') ?? message?.id ?? null,
        arguments: bare(input(), 'input'),
        result: message ? message.result : result,
        step,
      })
    }
    case 'llm': {
      const given = messagesGiven(memory.contentOf(attributes, 'gen_ai.prompt'), memory)
      const answered = messagesAnswered(bare(output(), 'outputs'))
      return asModel(base, {
        model: textOf(attributes, 'gen_ai.response.model', 'gen_ai.request.model', 'langsmith.metadata.ls_model_name'),
        inputTokens: numberOf(attributes, 'gen_ai.usage.input_tokens'),
        outputTokens: numberOf(attributes, 'gen_ai.usage.output_tokens'),
        input: given,
        output: answered,
        step,
      })
    }
    default:
      // `traceable` knows no agents: a chain at the top is what the user runs.
      return isGraph || span.parentSpanId === null
        ? asAgent(base, span.name, () => messagesGiven(bare(input(), 'input')))
        : asGroup(base)
  }
}

/** `traceable` wraps what is no object in one: `{input: ...}`, `{outputs: ...}`. */
function bare(value: Json | undefined, ...wrappers: readonly string[]): Json | undefined {
  if (!isObject(value)) return value
  const keys = Object.keys(value)
  return keys.length === 1 && wrappers.includes(keys[0]!) ? value[keys[0]!] : value
}
