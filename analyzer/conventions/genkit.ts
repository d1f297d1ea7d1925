// Genkit (scope `genkit-tracer`): an action's input and output as JSON. Every later turn is a `generate` inside the one
// before it, so a `generate` is the step of the one model that is directly in it.

import { isObject } from '../model/json.ts'
import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import type { HistoryMemory } from './history-memory.ts'
import { messagesAnswered, messagesGiven } from './payload-messages.ts'
import { asAgent, asGroup, asModel, asTool } from './records.ts'

export const genkit: Convention = {
  id: 'genkit',
  recognises: (span) => span.attributes.has('genkit:type') || span.attributes.has('genkit:path'),
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const { attributes } = span
  const failed = textOf(attributes, 'genkit:state') === 'error'
  const error = errorOf(span) ?? (failed ? (textOf(attributes, 'genkit:error') ?? 'the action failed') : null)
  const name = textOf(attributes, 'genkit:name') ?? span.name
  const base = { span, convention: genkit.id, framework: 'Genkit', error }
  const subtype = textOf(attributes, 'genkit:metadata:subtype') ?? ''
  const input = () => contentOf(attributes, 'genkit:input')
  const output = () => contentOf(attributes, 'genkit:output')

  if (/^tool(\.v2)?$/.test(subtype)) {
    return asTool(base, { tool: name, callId: null, arguments: input(), result: output() })
  }
  if (subtype === 'model' || subtype === 'background-model') {
    const answer = output()
    const usage = isObject(answer) && isObject(answer.usage) ? answer.usage : {}
    const given = messagesGiven(memory.contentOf(attributes, 'genkit:input'), memory)
    const answered = messagesAnswered(answer)
    return asModel(base, {
      model: name,
      inputTokens: typeof usage.inputTokens === 'number' ? usage.inputTokens : null,
      outputTokens: typeof usage.outputTokens === 'number' ? usage.outputTokens : null,
      input: given,
      output: answered,
    })
  }
  if (subtype === 'flow' || subtype === 'agent') {
    return asAgent(base, name, () => messagesGiven(input()))
  }
  return asGroup(base, name === 'generate')
}
