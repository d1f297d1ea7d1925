// Claude Code's log events. `event.name` has no prefix; the record's own name or its body has it. Content is off unless
// OTEL_LOG_USER_PROMPTS, OTEL_LOG_TOOL_DETAILS and OTEL_LOG_RAW_API_BODIES are set.

import { isObject, type Json } from '../model/json.ts'
import type { LogRecord } from '../model/log.ts'
import type { LogFact } from '../model/log-fact.ts'
import { contentOf, numberOf, textOf } from './attributes.ts'
import { readMessages, textMessage } from './chat-messages.ts'
import { CLAUDE_CODE, claudeCode, inputTokensOf } from './claude-code.ts'
import { durationOf, factBase, failureOf } from './fact-fields.ts'
import type { LogConvention } from './log-convention.ts'

export const claudeCodeLogs: LogConvention = {
  id: claudeCode.id,
  recognises: (log, name) =>
    name.startsWith('claude_code.') ||
    (typeof log.body === 'string' && log.body.startsWith('claude_code.')) ||
    log.scope.name.startsWith('com.anthropic.claude_code'),
  read,
}

/** OTEL_LOG_TOOL_DETAILS cuts each value of a tool's input at so many characters, without a mark. */
const CUT_CHARACTERS = 512

function read(log: LogRecord, name: string): LogFact | null {
  const { attributes } = log
  const base = factBase(log, claudeCode.id, CLAUDE_CODE)
  const requestId = textOf(attributes, 'request_id', 'gen_ai.response.id')
  const event = name === '' && typeof log.body === 'string' ? log.body : name
  switch (event.replace(/^claude_code\./, '')) {
    case 'user_prompt':
      return { ...base, kind: 'prompt', text: textOf(attributes, 'prompt') ?? '' }
    case 'api_request':
    case 'api_error':
      return {
        ...base,
        kind: 'model',
        phase: 'whole',
        durationNs: durationOf(log),
        requestId,
        model: textOf(attributes, 'model'),
        inputTokens: inputTokensOf(attributes),
        outputTokens: numberOf(attributes, 'output_tokens'),
        error: event.endsWith('api_error') ? (textOf(attributes, 'error', 'status_code') ?? 'failed') : null,
      }
    case 'tool_result': {
      const { tool, args, isPartial } = calledWith(log)
      return {
        ...base,
        kind: 'tool',
        callId: textOf(attributes, 'tool_use_id'),
        tool,
        durationNs: durationOf(log),
        arguments: args,
        result: undefined,
        isPartial,
        error: failureOf(log, 'error', 'error_type'),
      }
    }
    case 'tool_decision':
      return {
        ...base,
        kind: 'decision',
        callId: textOf(attributes, 'tool_use_id'),
        tool: calledWith(log).tool,
        isDenied: textOf(attributes, 'decision') === 'reject',
        isPersons: (textOf(attributes, 'source') ?? '').startsWith('user'),
      }
    case 'assistant_response': {
      const text = textOf(attributes, 'response', 'assistant_response', 'text')
      const output = text === null ? [] : [textMessage('assistant', text)]
      return { ...base, kind: 'messages', when: 'end', requestId, input: [], output }
    }
    case 'api_request_body': {
      const body = contentOf(attributes, 'body')
      if (!isObject(body)) return null
      const input = [...readMessages(instructions(body.system), 'system'), ...readMessages(body.messages, 'user')]
      return { ...base, kind: 'messages', when: 'begin', requestId, input, output: [] }
    }
    case 'api_response_body': {
      const body = contentOf(attributes, 'body')
      if (!isObject(body)) return null
      const output = readMessages({ role: 'assistant', content: body.content ?? null }, 'assistant')
      return { ...base, kind: 'messages', when: 'end', requestId, input: [], output }
    }
    default:
      return null
  }
}

/** A list of parts and not of messages, or plain text. */
const instructions = (system: Json | undefined): Json | undefined =>
  Array.isArray(system) ? { role: 'system', content: system } : system

/** Tools of MCP servers are all called `mcp_tool`; what was called is in the parameters, if details are logged. */
function calledWith({ attributes }: LogRecord): { tool: string; args: Json | undefined; isPartial: boolean } {
  const parameters = contentOf(attributes, 'tool_parameters')
  const of = isObject(parameters) ? parameters : {}
  const name = textOf(attributes, 'tool_name') ?? 'unknown tool'
  const isServers = name === 'mcp_tool' && typeof of.mcp_tool_name === 'string'
  const tool = isServers ? `mcp__${of.mcp_server_name ?? 'server'}__${of.mcp_tool_name}` : name
  const input = contentOf(attributes, 'tool_input')
  if (input !== undefined) return { tool, args: input, isPartial: isCut(input) }
  const command = of.full_command ?? of.bash_command
  return command === undefined
    ? { tool, args: undefined, isPartial: false }
    : { tool, args: { command }, isPartial: true }
}

/** Any text of the limit's length may go on; the whole is text where it could not be parsed. */
const isCut = (input: Json): boolean =>
  !isObject(input) ||
  Object.values(input).some((value) => typeof value === 'object' || String(value).length >= CUT_CHARACTERS)
