// Gemini CLI's log events. A tool call has no id and no result here; what the model said is in the GenAI event that follows
// each answer, if prompts are logged.

import type { LogRecord } from '../model/log.ts'
import type { LogFact } from '../model/log-fact.ts'
import { contentOf, numberOf, textOf } from './attributes.ts'
import { durationOf, factBase, failureOf } from './fact-fields.ts'
import { GEMINI_CLI, geminiCli } from './gemini-cli.ts'
import type { LogConvention } from './log-convention.ts'
import { DETAILS, inputIn, outputIn } from './message-events.ts'

export const geminiCliLogs: LogConvention = {
  id: geminiCli.id,
  recognises: (log, name) =>
    name.startsWith('gemini_cli.') ||
    (name === DETAILS && (log.scope.name === 'gemini-cli' || textOf(log.resource, 'service.name') === 'gemini-cli')),
  read,
}

function read(log: LogRecord, name: string): LogFact | null {
  const { attributes } = log
  const base = factBase(log, geminiCli.id, GEMINI_CLI)
  switch (name) {
    case 'gemini_cli.user_prompt':
      return { ...base, kind: 'prompt', text: textOf(attributes, 'prompt') ?? '' }
    case 'gemini_cli.api_response':
    case 'gemini_cli.api_error':
      return {
        ...base,
        kind: 'model',
        phase: 'whole',
        durationNs: durationOf(log),
        requestId: textOf(attributes, 'response_id', 'gen_ai.response.id'),
        model: textOf(attributes, 'model'),
        inputTokens: numberOf(attributes, 'input_token_count'),
        outputTokens: numberOf(attributes, 'output_token_count'),
        error:
          name === 'gemini_cli.api_error'
            ? (textOf(attributes, 'error', 'error.message', 'error_type') ?? 'failed')
            : null,
      }
    case 'gemini_cli.tool_call':
      return {
        ...base,
        kind: 'tool',
        callId: textOf(attributes, 'call_id', 'gen_ai.tool.call_id'),
        tool: textOf(attributes, 'function_name') ?? 'unknown tool',
        durationNs: durationOf(log),
        arguments: contentOf(attributes, 'function_args'),
        result: undefined,
        isPartial: false,
        error:
          textOf(attributes, 'decision') === 'reject'
            ? 'rejected by the user'
            : failureOf(log, 'error', 'error.message', 'error_type'),
      }
    case DETAILS: {
      const requestId = textOf(attributes, 'gen_ai.response.id')
      const [input, output] = [inputIn(attributes), outputIn(attributes)]
      return { ...base, kind: 'messages', when: 'end', requestId, input, output }
    }
    default:
      return null
  }
}
