// Chat messages of the OpenAI API in the JSON of the OpenTelemetry GenAI conventions (1.37 and later), as attribute text.

import { textOf, type WireMessage, type WireTool, type WireToolCall } from './chat-api.ts'

/** `gen_ai.system_instructions`: the parts of all system messages. */
export function systemInstructions(messages: readonly WireMessage[]): string {
  return JSON.stringify(messages.filter(isSystem).map((message) => ({ type: 'text', content: textOf(message) })))
}

/** `gen_ai.input.messages`: the conversation without the system messages. */
export function inputMessages(messages: readonly WireMessage[]): string {
  return JSON.stringify(
    messages
      .filter((message) => !isSystem(message))
      .map((message) => ({
        role: message.role,
        parts:
          message.role === 'tool'
            ? [{ type: 'tool_call_response', id: message.tool_call_id, response: textOf(message) }]
            : parts(textOf(message), message.tool_calls),
      })),
  )
}

/** `gen_ai.output.messages`: the one message that the model answered with. */
export function outputMessages(
  message: { readonly content: string | null; readonly tool_calls?: readonly WireToolCall[] },
  finishReason: string,
): string {
  // The conventions call it `tool_call` where the API says `tool_calls`.
  const finish_reason = finishReason === 'tool_calls' ? 'tool_call' : finishReason
  return JSON.stringify([{ role: 'assistant', parts: parts(message.content ?? '', message.tool_calls), finish_reason }])
}

/** `gen_ai.tool.definitions`. */
export function toolDefinitions(tools: readonly WireTool[]): string {
  return JSON.stringify(tools.map((tool) => ({ type: tool.type, ...tool.function })))
}

const isSystem = (message: WireMessage) => message.role === 'system' || message.role === 'developer'

function parts(text: string, calls: readonly WireToolCall[] = []): object[] {
  return [
    ...(text ? [{ type: 'text', content: text }] : []),
    ...calls.map((call) => ({
      type: 'tool_call',
      id: call.id,
      name: call.function.name,
      arguments: JSON.parse(call.function.arguments),
    })),
  ]
}
