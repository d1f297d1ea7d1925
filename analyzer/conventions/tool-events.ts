// What a tool's own span events say of it: AWS Strands and Semantic Kernel write arguments and results there.

import type { Json } from '../model/json.ts'
import type { SpanEvent } from '../model/span.ts'
import { contentOf, textOf } from './attributes.ts'
import { readMessages } from './chat-messages.ts'
import { unwrapResult } from './message-parts.ts'

export interface EventContent {
  readonly callId: string | null
  readonly arguments: Json | undefined
  readonly result: Json | undefined
}

export const NO_CONTENT: EventContent = { callId: null, arguments: undefined, result: undefined }

/** What a tool's own events say: `gen_ai.tool.message` is what it was given, `gen_ai.choice` what it answered. */
export function contentOfEvents(events: readonly SpanEvent[]): EventContent {
  let callId: string | null = null
  let args: Json | undefined
  let result: Json | undefined
  for (const { name, attributes } of events) {
    if (name === 'gen_ai.tool.message') {
      callId ??= textOf(attributes, 'id')
      args ??= contentOf(attributes, 'content')
    } else if (name === 'gen_ai.choice') {
      callId ??= textOf(attributes, 'id')
      result ??= unwrapResult(contentOf(attributes, 'message'))
    } else if (name === DETAILS) {
      const asked = readMessages(contentOf(attributes, 'gen_ai.input.messages'), 'assistant').flatMap((m) => m.calls)
      const given = readMessages(contentOf(attributes, 'gen_ai.output.messages'), 'tool').flatMap((m) => m.results)
      callId ??= asked[0]?.id ?? given[0]?.id ?? null
      args ??= asked[0]?.arguments
      result ??= given[0]?.result
    }
  }
  return { callId, arguments: args, result }
}

const DETAILS = 'gen_ai.client.inference.operation.details'
