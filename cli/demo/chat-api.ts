// The part of the OpenAI chat completions API that agents need for tools, as it goes over the wire.

import type { Json } from '../../analyzer/model/json.ts'

export type JsonObject = { readonly [key: string]: Json }

export interface WireToolCall {
  readonly id: string
  readonly type: 'function'
  /** `arguments` is JSON text, as the API has it. */
  readonly function: { readonly name: string; readonly arguments: string }
}

export interface WireMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool'
  /** Text, or a list of parts of which those of type `text` count; null beside tool calls. */
  readonly content?: string | null | readonly { readonly type: string; readonly text?: string }[]
  readonly tool_calls?: readonly WireToolCall[]
  readonly tool_call_id?: string
}

export interface WireTool {
  readonly type: 'function'
  readonly function: { readonly name: string; readonly description: string; readonly parameters: JsonObject }
}

export interface WireRequest {
  readonly model: string
  readonly messages: readonly WireMessage[]
  readonly tools?: readonly WireTool[]
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
}

export interface WireUsage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
}

export interface WireResponse {
  readonly id: string
  readonly object: 'chat.completion'
  readonly created: number
  readonly model: string
  readonly choices: readonly [
    {
      readonly index: 0
      readonly message: {
        readonly role: 'assistant'
        readonly content: string | null
        readonly tool_calls?: readonly WireToolCall[]
      }
      readonly finish_reason: 'stop' | 'tool_calls'
    },
  ]
  readonly usage: WireUsage
}

/** The text of a message, whichever of the API's two forms it has. */
export function textOf(message: WireMessage): string {
  const { content } = message
  if (typeof content === 'string') return content
  return (content ?? []).map((part) => part.text ?? '').join('')
}
