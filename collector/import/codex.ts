// Rollouts of the Codex CLI (~/.codex/sessions/**/rollout-*.jsonl): `{timestamp, type, payload}` lines. What the model
// said and was given are `response_item`s; `event_msg`s tell when a turn of the user's begins and ends, and the tokens.

import type { Span } from '../../analyzer/model/span.ts'
import { type Imported, type ImportFormat, type ItemReader, type JsonItem, UnreadableFile } from './format.ts'
import { type JsonRecord, listOf, parseObject, recordOf, textOf } from './parse-item.ts'
import { traceIdOf } from './span-ids.ts'
import { nanosOfIso } from './timestamps.ts'
import { createTranscriptRun, type Part, resourceOf, type TranscriptRun } from './transcript-run.ts'

export const codex: ImportFormat = {
  name: 'Codex rollout',
  looksLike: 'lines with "timestamp", "type" (session_meta, response_item, event_msg) and "payload"',
  recognises: ({ paths, types }) => paths.has('$.payload') && LINE_TYPES.some((type) => types.has(type)),
  items: () => ['$'],
  createReader,
}

const LINE_TYPES = ['session_meta', 'response_item', 'event_msg', 'turn_context']

function createReader(): ItemReader {
  let session: string | null = null
  let version: string | null = null
  let model: string | null = null
  let run: TranscriptRun | null = null
  let runs = 0
  // A response of the model has no id: it goes on until something is given to the model.
  let turn = 0
  let isAnswering = false
  let answeredAt = 0n

  function read(item: JsonItem): Imported[] {
    const line = parseObject(item)
    const payload = recordOf(line.payload) ?? {}
    const at = nanosOfIso(line.timestamp)
    if (line.type === 'session_meta') {
      session ??= textOf(payload.id)
      version ??= textOf(payload.cli_version)
      return []
    }
    if (line.type === 'turn_context') model = textOf(payload.model) ?? model
    if (line.type !== 'response_item' && line.type !== 'event_msg') return []
    if (at === null) throw new UnreadableFile(`line ${item.line}: this line of a rollout has no time in "timestamp"`)
    return imported(line.type === 'response_item' ? readItem(payload, at) : readEvent(payload, at))
  }

  function readItem(payload: JsonRecord, at: bigint): readonly Span[] {
    switch (payload.type) {
      case 'message':
        return payload.role === 'assistant'
          ? answer(at, [{ type: 'text', content: messageText(payload) }])
          : given(payload.role === 'user' ? 'user' : 'system', messageText(payload), at)
      case 'reasoning':
        return answer(at, [])
      case 'function_call':
      case 'custom_tool_call':
      case 'local_shell_call':
        return answer(at, callOf(payload))
      case 'function_call_output':
      case 'custom_tool_call_output':
        return result(payload, at)
      default:
        return []
    }
  }

  function readEvent(payload: JsonRecord, at: bigint): readonly Span[] {
    const usage = recordOf(recordOf(payload.info)?.last_token_usage)
    // The count comes when a response is complete, or after the results of its calls.
    if (payload.type === 'token_count' && usage !== null && run !== null && turn > 0) {
      return run.answer({
        turn: String(turn),
        at: isAnswering ? at : answeredAt,
        parts: [],
        model,
        inputTokens: numberOf(usage.input_tokens),
        outputTokens: numberOf(usage.output_tokens),
      })
    }
    if (payload.type === 'task_complete' || payload.type === 'turn_aborted') return endRun()
    return []
  }

  function given(role: 'user' | 'system', text: string, at: bigint): readonly Span[] {
    isAnswering = false
    // Context is put before each prompt as a message of the user's: `<environment_context>` and the like.
    const isContext = role === 'system' || CONTEXT.test(text)
    const ended = !isContext && run?.hasAnswers && run.openCalls().size === 0 ? endRun() : []
    run ??= start(at)
    run.say(isContext ? 'system' : 'user', text, at)
    return ended
  }

  function answer(at: bigint, parts: readonly Part[]): readonly Span[] {
    run ??= start(at)
    if (!isAnswering) turn++
    isAnswering = true
    answeredAt = at
    return run.answer({ turn: String(turn), at, parts, model, inputTokens: undefined, outputTokens: undefined })
  }

  function result(payload: JsonRecord, at: bigint): readonly Span[] {
    const callId = textOf(payload.call_id)
    if (run === null || callId === null) return []
    isAnswering = false
    const output = outputOf(payload.output)
    return run.result({
      callId,
      at,
      result: output.text,
      isError: output.isError,
      durationNs: output.durationNs,
      spanId: null,
    })
  }

  function start(at: bigint): TranscriptRun {
    const id = session ?? 'unknown'
    runs++
    return createTranscriptRun(
      {
        traceId: traceIdOf(SOURCE, id, String(at)),
        key: `${SOURCE}/${id}/${at}/${runs}`,
        parentSpanId: null,
        agent: 'codex',
        conversation: id,
        provider: 'openai',
        scope: { name: SCOPE, version: version ?? '' },
        resource: resourceOf('codex', version),
      },
      at,
    )
  }

  function endRun(): readonly Span[] {
    const spans = run?.end() ?? []
    run = null
    turn = 0
    isAnswering = false
    return spans
  }

  return { read, end: () => imported(endRun()) }
}

const SOURCE = 'codex'
const SCOPE = 'tailrace.import.codex'

const imported = (spans: readonly Span[]): Imported[] =>
  spans.length === 0 ? [] : [{ kind: 'spans', spans, mayGrow: true }]

const CONTEXT =
  /^\s*<(environment_context|user_instructions|permissions|turn_aborted|skills?_instructions|collaboration_mode)|^# AGENTS\.md/

const messageText = (payload: JsonRecord): string =>
  listOf(payload.content)
    .map((part) => textOf(recordOf(part)?.text) ?? '')
    .join('\n')

function callOf(payload: JsonRecord): Part[] {
  const id = textOf(payload.call_id) ?? textOf(payload.id)
  if (id === null) return []
  const name = payload.type === 'local_shell_call' ? 'local_shell' : textOf(payload.name)
  if (name === null) return []
  const given = payload.arguments ?? payload.input ?? payload.action
  return [{ type: 'tool_call', id, name, arguments: jsonOf(given) }]
}

interface Output {
  readonly text: unknown
  readonly isError: boolean
  readonly durationNs: bigint | null
}

/**
 * A tool's output has had three shapes: text that begins with `Exit code: 0` and `Wall time: 0.2 seconds`, JSON text
 * `{"output", "metadata": {"exit_code", "duration_seconds"}}`, and an object with `content` and `success`.
 */
function outputOf(value: unknown): Output {
  const outer = recordOf(value)
  const text = outer === null ? value : (outer.content ?? outer.content_items ?? outer)
  const metadata = recordOf(recordOf(jsonOf(text))?.metadata)
  const head = typeof text === 'string' ? text.slice(0, 400) : ''
  const seconds = metadata?.duration_seconds ?? /^Wall time: ([\d.]+) seconds?$/m.exec(head)?.[1]
  const code = metadata?.exit_code ?? /^(?:Exit code: |Process exited with code )(-?\d+)$/m.exec(head)?.[1]
  return {
    text,
    isError: outer?.success === false || (code !== undefined && Number(code) !== 0),
    // Rounded to tenths of a second: 0 says nothing.
    durationNs: Number(seconds) > 0 ? BigInt(Math.round(Number(seconds) * 1e9)) : null,
  }
}

/** JSON in text, or the text; patches and the like are no JSON. */
function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
