// Claude Code, and the Claude Agent SDK, which runs it: spans `claude_code.*` of its traces beta.
// https://code.claude.com/docs/en/monitoring-usage. What the model said and was given is in log records only
// (claude-code-logs.ts), so a tool's turn is found by time.

import type { Json } from '../model/json.ts'
import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, numberOf, textOf } from './attributes.ts'
import { textMessage } from './chat-messages.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'

export const CLAUDE_CODE = 'Claude Code'

export const claudeCode: Convention = {
  id: 'claude-code',
  recognises: (span) => span.name.startsWith('claude_code.'),
  read,
}

function read(span: Span): SpanRecord {
  const { attributes } = span
  const base = { span, convention: claudeCode.id, framework: CLAUDE_CODE, error: failureOf(span) }
  switch ((textOf(attributes, 'span.type') ?? span.name).replace(/^claude_code\./, '')) {
    case 'interaction': {
      const prompt = textOf(attributes, 'user_prompt')
      return { ...base, kind: 'agent', name: CLAUDE_CODE, input: prompt === null ? [] : [textMessage('user', prompt)] }
    }
    case 'llm_request':
      return {
        ...base,
        kind: 'model',
        model: textOf(attributes, 'gen_ai.response.model', 'model', 'gen_ai.request.model'),
        inputTokens: inputTokensOf(span.attributes),
        outputTokens: numberOf(attributes, 'output_tokens'),
        input: [],
        output: [],
        hasContent: false,
        step: null,
      }
    case 'tool': {
      const input = contentOf(attributes, 'tool_input')
      const known = input === undefined ? knownArguments(span) : undefined
      return {
        ...base,
        kind: 'tool',
        tool: textOf(attributes, 'tool_name', 'gen_ai.tool.name') ?? span.name,
        callId: textOf(attributes, 'tool_use_id', 'gen_ai.tool.call.id'),
        arguments: input ?? known,
        result: outputOf(span),
        isPartial: known !== undefined,
        step: null,
      }
    }
    case 'tool.blocked_on_user':
      // What the configuration or a hook decided, no person was asked.
      return /^(?:config|hook)$/.test(textOf(attributes, 'source') ?? '')
        ? { ...base, kind: 'group' }
        : { ...base, kind: 'group', part: 'wait' }
    case 'tool.execution':
      return { ...base, kind: 'group', part: 'execution' }
    default:
      return { ...base, kind: 'group' }
  }
}

/** Input tokens with those of the cache, which are counted apart; null if none is given. */
export function inputTokensOf(attributes: Span['attributes']): number | null {
  const counts = ['input_tokens', 'cache_read_tokens', 'cache_creation_tokens'].map((key) => numberOf(attributes, key))
  return counts[0] === null ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

/** The status of its spans is never set. */
function failureOf(span: Span): string | null {
  const { attributes } = span
  if (textOf(attributes, 'decision') === 'reject') return 'rejected by the user'
  if (textOf(attributes, 'success') !== 'false') return errorOf(span)
  return textOf(attributes, 'error', 'error_type', 'error.type') ?? 'failed, without a message'
}

/** The few arguments that a span has by name, under the names that the tools use. */
function knownArguments(span: Span): Json | undefined {
  const output = span.events.find((event) => event.name === 'tool.output')?.attributes
  const known = [
    ['command', textOf(span.attributes, 'full_command') ?? (output ? textOf(output, 'bash_command') : null)],
    ['file_path', textOf(span.attributes, 'file_path') ?? (output ? textOf(output, 'file_path') : null)],
    ['skill', textOf(span.attributes, 'skill_name')],
    ['subagent_type', textOf(span.attributes, 'subagent_type')],
  ].filter((entry): entry is [string, string] => entry[1] !== null)
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

function outputOf(span: Span): Json | undefined {
  const event = span.events.findLast(({ name }) => name === 'tool.output')
  return event && contentOf(event.attributes, 'output', 'content', 'diff')
}
