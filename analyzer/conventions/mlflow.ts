// MLflow Tracing over OTLP. Every attribute is JSON, so that texts keep their quotes: `"\"TOOL\""`.

import { isObject } from '../model/json.ts'
import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import type { HistoryMemory } from './history-memory.ts'
import { nonEmpty } from './json-values.ts'
import { toolMessage } from './langchain.ts'
import { messagesAnswered, messagesGiven } from './payload-messages.ts'
import { asAgent, asGroup, asModel, asTool, withError } from './records.ts'

export const mlflow: Convention = {
  id: 'mlflow',
  recognises: (span) => span.attributes.has('mlflow.spanType'),
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const { attributes } = span
  const base = { span, convention: mlflow.id, framework: 'MLflow', error: errorOf(span) }
  const input = () => contentOf(attributes, 'mlflow.spanInputs')
  const output = () => contentOf(attributes, 'mlflow.spanOutputs')
  switch (contentOf(attributes, 'mlflow.spanType')) {
    case 'TOOL': {
      const result = output()
      const message = toolMessage(result)
      return asTool(withError(base, base.error ?? message?.error ?? null), {
        tool: span.name,
        callId: message?.id ?? null,
        arguments: input(),
        result: message ? message.result : result,
      })
    }
    case 'LLM':
    case 'CHAT_MODEL': {
      const given = memory.contentOf(attributes, 'mlflow.spanInputs')
      const usage = contentOf(attributes, 'mlflow.chat.tokenUsage')
      const count = (key: string) => {
        const value = isObject(usage) ? usage[key] : undefined
        return typeof value === 'number' ? value : null
      }
      const [messages, answered] = [messagesGiven(given, memory), messagesAnswered(output())]
      const model = nonEmpty(contentOf(attributes, 'mlflow.llm.model'))
      return asModel(base, {
        model: model ?? (isObject(given) ? nonEmpty(given.model) : null),
        inputTokens: count('input_tokens'),
        outputTokens: count('output_tokens'),
        input: messages,
        output: answered,
      })
    }
    case 'AGENT':
      return asAgent(base, span.name, () => messagesGiven(input()))
    default:
      return span.name === 'LangGraph' ? asAgent(base, span.name, () => messagesGiven(input())) : asGroup(base)
  }
}
