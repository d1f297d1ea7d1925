// A hand-written agent loop, instrumented by hand after the OpenTelemetry GenAI conventions: one `invoke_agent` span per
// run, with a `chat` span per model call and an `execute_tool` span per tool call below it.

import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import type { Json } from '../../analyzer/model/json.ts'
import type { JsonObject, WireMessage, WireResponse, WireTool, WireToolCall } from './chat-api.ts'
import { inputMessages, outputMessages, systemInstructions, toolDefinitions } from './gen-ai-messages.ts'
import type { Task } from './tasks.ts'
import type { Tool } from './tools.ts'

export interface AgentRun {
  readonly name: string
  readonly traceId: string
  readonly turns: number
  readonly calls: readonly { readonly tool: string; readonly arguments: Json }[]
  /** The agent's last words. */
  readonly text: string
  readonly durationMs: number
}

/** Far more than any plan of the demo takes; a loop that passes it would go on for ever. */
const MAX_TURNS = 20
const MODEL = 'scripted-1'
const PROVIDER = 'tailrace.demo'

/**
 * Runs one task to its final text. Calls of one model response run at the same time. Throws when the model cannot be
 * reached or answers with an error; a tool that throws is told to the model, and the run goes on.
 */
export async function runAgent(task: Task, modelUrl: string, tracer: Tracer): Promise<AgentRun> {
  const messages: WireMessage[] = [
    { role: 'system', content: task.instructions },
    { role: 'user', content: task.prompt },
  ]
  const attributes = {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': task.agent,
    'gen_ai.system_instructions': systemInstructions(messages),
    'gen_ai.input.messages': inputMessages(messages),
  }
  const startMs = performance.now()
  return inSpan(
    tracer,
    `invoke_agent ${task.agent}`,
    SpanKind.INTERNAL,
    attributes,
    ROOT_CONTEXT,
    async (span, context) => {
      const calls: { tool: string; arguments: Json }[] = []
      for (let turns = 1; turns <= MAX_TURNS; turns++) {
        const { message, finish_reason } = await chat(task, messages, modelUrl, tracer, context)
        messages.push(message)
        const requested = message.tool_calls ?? []
        if (requested.length === 0) {
          span.setAttribute('gen_ai.output.messages', outputMessages(message, finish_reason))
          const { traceId } = span.spanContext()
          const text = message.content ?? ''
          return { name: task.agent, traceId, turns, calls, text, durationMs: performance.now() - startMs }
        }
        calls.push(
          ...requested.map((call) => ({ tool: call.function.name, arguments: JSON.parse(call.function.arguments) })),
        )
        messages.push(...(await Promise.all(requested.map((call) => executeTool(task.tools, call, tracer, context)))))
      }
      throw new Error(`The agent "${task.agent}" was still asking for tools after ${MAX_TURNS} turns.`)
    },
  )
}

async function chat(task: Task, messages: readonly WireMessage[], modelUrl: string, tracer: Tracer, context: Context) {
  const tools: WireTool[] = task.tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, description, parameters },
  }))
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': PROVIDER,
    'gen_ai.request.model': MODEL,
    'gen_ai.system_instructions': systemInstructions(messages),
    'gen_ai.input.messages': inputMessages(messages),
    'gen_ai.tool.definitions': toolDefinitions(tools),
  }
  return inSpan(tracer, `chat ${MODEL}`, SpanKind.CLIENT, attributes, context, async (span) => {
    const reply = await fetch(`${modelUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: MODEL, messages, tools }),
    })
    if (!reply.ok) throw new Error(`The model answered ${reply.status}: ${await reply.text()}`)
    const response = (await reply.json()) as WireResponse
    const [choice] = response.choices
    span.setAttributes({
      'gen_ai.response.id': response.id,
      'gen_ai.response.model': response.model,
      'gen_ai.response.finish_reasons': [choice.finish_reason],
      'gen_ai.usage.input_tokens': response.usage.prompt_tokens,
      'gen_ai.usage.output_tokens': response.usage.completion_tokens,
      'gen_ai.output.messages': outputMessages(choice.message, choice.finish_reason),
    })
    return choice
  })
}

async function executeTool(
  tools: readonly Tool[],
  call: WireToolCall,
  tracer: Tracer,
  context: Context,
): Promise<WireMessage> {
  const { name, arguments: text } = call.function
  const tool = tools.find((candidate) => candidate.name === name)
  const attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': name,
    'gen_ai.tool.call.id': call.id,
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.arguments': text,
    ...(tool ? { 'gen_ai.tool.description': tool.description } : {}),
  }
  const answer = (content: string): WireMessage => ({ role: 'tool', tool_call_id: call.id, content })
  try {
    return await inSpan(tracer, `execute_tool ${name}`, SpanKind.INTERNAL, attributes, context, async (span) => {
      if (!tool) throw new Error(`There is no tool called ${name}.`)
      await sleep(tool.latencyMs)
      const result = JSON.stringify(tool.run(JSON.parse(text) as JsonObject))
      span.setAttribute('gen_ai.tool.call.result', result)
      return answer(result)
    })
  } catch (error) {
    return answer(`error: ${(error as Error).message}`)
  }
}

/** Runs `work` in a span that ends with it, and that records the error if it throws. */
async function inSpan<T>(
  tracer: Tracer,
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  parent: Context,
  work: (span: Span, context: Context) => Promise<T>,
): Promise<T> {
  const span = tracer.startSpan(name, { kind, attributes }, parent)
  try {
    return await work(span, trace.setSpan(parent, span))
  } catch (error) {
    const { message, name: type } = error as Error
    span.setAttribute('error.type', type)
    span.setStatus({ code: SpanStatusCode.ERROR, message })
    throw error
  } finally {
    span.end()
  }
}
