// One run out of a transcript: a prompt, and all the model and its tools did until the next. A transcript says when a
// message was finished, not when it was begun: a turn is taken to begin when all that it was given was there.
//
//   prompt        answer + call    result        answer
//   |-- turn 0 ---|--- call -------|-- turn 1 ---|

import type { Attributes, AttributeValue, Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { STATUS_ERROR } from '../../analyzer/model/span.ts'
import { attributes, jsonText } from './attributes-of-json.ts'
import { spanIdOf } from './span-ids.ts'
import { later } from './timestamps.ts'

export interface RunOrigin {
  readonly traceId: TraceId
  /** Unique in the trace, and the same whenever the file is read. */
  readonly key: string
  readonly parentSpanId: SpanId | null
  readonly agent: string
  readonly conversation: string
  readonly provider: string
  readonly scope: Span['scope']
  readonly resource: Attributes
}

/** A part of a message, as the GenAI conventions write it. */
export type Part =
  | { readonly type: 'text'; readonly content: string }
  | { readonly type: 'tool_call'; readonly id: string; readonly name: string; readonly arguments: unknown }

export interface Answer {
  /** Answers with one key are one turn. */
  readonly turn: string
  readonly at: bigint
  readonly parts: readonly Part[]
  readonly model: string | null
  /** Undefined where this piece of the answer does not say. */
  readonly inputTokens: number | undefined
  readonly outputTokens: number | undefined
}

export interface ToolResult {
  readonly callId: string
  readonly at: bigint
  readonly result: unknown
  readonly isError: boolean
  /** Where the transcript says how long the tool ran; it may have waited before. */
  readonly durationNs: bigint | null
  /** Of the tool's span, if others refer to it; made of the call's id unless given. */
  readonly spanId: SpanId | null
}

export interface TranscriptRun {
  readonly hasAnswers: boolean
  /** Something that the model is shown before its next turn, which begins no earlier. */
  say(role: 'user' | 'system', text: string, at: bigint): void
  answer(answer: Answer): readonly Span[]
  /** Gives the tool's span; nothing for a call that this run does not know. */
  result(result: ToolResult): readonly Span[]
  /** Calls that have no result yet. */
  openCalls(): ReadonlyMap<string, OpenCall>
  /** The id that a call's span has unless it is given another. */
  callSpanId(callId: string): SpanId
  /**
   * What is left: the last turn, calls without a result, and the run itself. `nameCall` may give a call another span id, or
   * leave it out until more is known of it.
   */
  end(nameCall?: (callId: string, call: OpenCall) => SpanId | 'leave out'): readonly Span[]
}

export interface OpenCall {
  readonly tool: string
  readonly arguments: unknown
  readonly at: bigint
}

interface Turn {
  readonly key: string
  readonly start: bigint
  end: bigint
  readonly input: readonly Message[]
  readonly output: Part[]
  model: string | null
  inputTokens: number | undefined
  outputTokens: number | undefined
}

interface Message {
  readonly role: 'user' | 'system'
  readonly parts: readonly Part[]
}

export function createTranscriptRun(origin: RunOrigin, startedAt: bigint): TranscriptRun {
  const runId = spanIdOf(origin.key, 'run')
  const open = new Map<string, OpenCall>()
  let given: Message[] = []
  let readyAt = startedAt
  let endedAt = startedAt
  let turn: Turn | null = null
  let turns = 0
  let firstPrompt: readonly Message[] = []

  function spanOf(id: SpanId, parent: SpanId | null, name: string, start: bigint, end: bigint, fields: Fields): Span {
    const { kind = 1, error = null, ...rest } = fields
    return {
      traceId: origin.traceId,
      spanId: id,
      parentSpanId: parent,
      name,
      kind,
      startTimeUnixNano: start,
      // Lines are written by more than one part of a program: a later one may bear the earlier time.
      endTimeUnixNano: later(start, end),
      attributes: attributes({ ...rest.attributes, 'gen_ai.conversation.id': origin.conversation }),
      droppedAttributesCount: 0,
      events: [],
      links: [],
      status: error === null ? { code: 0, message: '' } : { code: STATUS_ERROR, message: error },
      scope: origin.scope,
      resource: origin.resource,
    }
  }

  function reach(at: bigint): void {
    endedAt = later(endedAt, at)
  }

  function say(role: 'user' | 'system', text: string, at: bigint): void {
    reach(at)
    if (at > readyAt) readyAt = at
    if (text !== '') given.push({ role, parts: [{ type: 'text', content: text }] })
  }

  function answer({ turn: key, at, parts, model, inputTokens, outputTokens }: Answer): readonly Span[] {
    reach(at)
    const closed = turn !== null && turn.key !== key ? closeTurn() : []
    if (turn === null) {
      turn = {
        key,
        start: readyAt < at ? readyAt : at,
        end: at,
        input: given,
        output: [],
        model,
        inputTokens,
        outputTokens,
      }
      if (turns === 0) firstPrompt = given
      turns++
      given = []
    }
    if (at > turn.end) turn.end = at
    turn.output.push(...parts)
    turn.model = model ?? turn.model
    turn.inputTokens = inputTokens ?? turn.inputTokens
    turn.outputTokens = outputTokens ?? turn.outputTokens
    for (const part of parts) {
      if (part.type === 'tool_call') open.set(part.id, { tool: part.name, arguments: part.arguments, at })
    }
    return closed
  }

  function closeTurn(): readonly Span[] {
    if (turn === null) return []
    const { key, start, end, input, output, model, inputTokens, outputTokens } = turn
    turn = null
    if (end > readyAt) readyAt = end
    const fields = {
      kind: 3,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': origin.provider,
        'gen_ai.request.model': model,
        'gen_ai.usage.input_tokens': inputTokens,
        'gen_ai.usage.output_tokens': outputTokens,
        'gen_ai.input.messages': input.length === 0 ? null : input,
        'gen_ai.output.messages': [{ role: 'assistant', parts: output }],
      },
    }
    return [
      spanOf(spanIdOf(origin.key, 'turn', key), runId, model === null ? 'chat' : `chat ${model}`, start, end, fields),
    ]
  }

  function result({ callId, at, result: value, isError, durationNs, spanId }: ToolResult): readonly Span[] {
    const call = open.get(callId)
    if (call === undefined) return []
    open.delete(callId)
    reach(at)
    if (at > readyAt) readyAt = at
    const ranFrom = durationNs === null ? call.at : at - durationNs
    return [toolSpan(callId, call, later(ranFrom, call.at), at, spanId ?? callSpanId(callId), isError, { value })]
  }

  /** `outcome` is null for a call whose result nobody wrote down. */
  function toolSpan(
    callId: string,
    call: OpenCall,
    start: bigint,
    end: bigint,
    spanId: SpanId,
    isError: boolean,
    outcome: { readonly value: unknown } | null,
  ): Span {
    const text =
      outcome === null ? undefined : typeof outcome.value === 'string' ? outcome.value : jsonText(outcome.value ?? null)
    return spanOf(spanId, runId, `execute_tool ${call.tool}`, start, end, {
      error: isError ? (text ?? '').slice(0, MAX_ERROR) : null,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': call.tool,
        'gen_ai.tool.call.id': callId,
        'gen_ai.tool.call.arguments': jsonText(call.arguments ?? {}),
        'gen_ai.tool.call.result': text,
      },
    })
  }

  const callSpanId = (callId: string): SpanId => spanIdOf(origin.key, 'call', callId)

  function end(nameCall: NonNullable<Parameters<TranscriptRun['end']>[0]> = callSpanId): readonly Span[] {
    const spans = [...closeTurn()]
    for (const [callId, call] of open) {
      const spanId = nameCall(callId, call)
      if (spanId !== 'leave out') spans.push(toolSpan(callId, call, call.at, endedAt, spanId, false, null))
    }
    open.clear()
    if (turns === 0) return spans
    spans.push(
      spanOf(runId, origin.parentSpanId, `invoke_agent ${origin.agent}`, startedAt, endedAt, {
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.agent.name': origin.agent,
          'gen_ai.input.messages': firstPrompt.length === 0 ? null : firstPrompt,
        },
      }),
    )
    return spans
  }

  return {
    get hasAnswers() {
      return turns > 0
    },
    say,
    answer,
    result,
    openCalls: () => open,
    callSpanId,
    end,
  }
}

interface Fields {
  readonly kind?: number
  readonly error?: string | null
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Characters of a status message; the whole text is the result. */
const MAX_ERROR = 500

/** Attributes of the process that wrote a transcript. */
export function resourceOf(service: string, version: string | null): Map<string, AttributeValue> {
  return attributes({ 'service.name': service, 'service.version': version })
}
