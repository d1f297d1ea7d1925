// A scripted model behind the OpenAI chat completions API, on loopback. It takes as long as a model would: a time to
// the first token, then a time for each token.

import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WireRequest, WireResponse, WireToolCall, WireUsage } from './chat-api.ts'
import type { Answer, Script } from './script.ts'

export interface ModelServerOptions {
  readonly script: Script
  /** Milliseconds from the request to the first token. */
  readonly baseMs: number
  /** Milliseconds for each token of the answer. */
  readonly msPerToken: number
  /** Told of each answer before it is sent. */
  readonly onTurn?: (turn: ServedTurn) => void
}

/** What the model asked for or said, as it goes over the wire. */
export interface ServedTurn {
  readonly text: string
  readonly calls: readonly WireToolCall[]
  readonly usage: WireUsage
}

export interface ModelServer {
  /** Origin without a path, e.g. `http://127.0.0.1:49152`; the API is below `/v1`. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves `POST /v1/chat/completions`, plain and as server-sent events, on a free port of 127.0.0.1. An answer takes
 * `baseMs + msPerToken * completion_tokens` milliseconds. Tokens are counted as characters / 4, the usual rule of thumb.
 * A request that cannot be answered gets a 400 with the API's error body.
 */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const server = createServer((request, response) => {
    answerRequest(request, response, options).catch((error: Error) => sendError(response, 400, error.message))
  })
  // Node's 5 seconds are what a slow agent lets pass between two requests: it would send on a connection just closed.
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answerRequest(request: IncomingMessage, response: ServerResponse, options: ModelServerOptions) {
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
    return sendError(response, 404, `There is no ${request.method} ${request.url} here: POST to /v1/chat/completions.`)
  const startMs = performance.now()
  const body = parseRequest(await readText(request))
  const answer = options.script(body.messages)
  const turn = { text: answer.text, calls: wireCalls(answer), usage: countTokens(body, answer) }
  options.onTurn?.(turn)
  const at = (tokens: number) => startMs + options.baseMs + options.msPerToken * tokens
  if (body.stream) return streamAnswer(response, body, turn, at)
  const { calls, usage } = turn
  await sleepUntil(at(usage.completion_tokens))
  const payload: WireResponse = {
    id: newId('chatcmpl-'),
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: turn.text || null,
          ...(calls.length > 0 ? { tool_calls: calls } : {}),
        },
        finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
      },
    ],
    usage,
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(payload))
}

/** The same answer as events: the text in pieces of a token each, each call's head, then its arguments in pieces. */
async function streamAnswer(
  response: ServerResponse,
  body: WireRequest,
  { text, calls, usage }: ServedTurn,
  at: (tokens: number) => number,
) {
  const head = {
    id: newId('chatcmpl-'),
    object: 'chat.completion.chunk',
    created: Math.floor(Date.now() / 1000),
    model: body.model,
  }
  const send = (fields: object) => response.write(`data: ${JSON.stringify({ ...head, ...fields })}\n\n`)
  const sendDelta = (delta: object, finish: string | null = null) =>
    send({ choices: [{ index: 0, delta, finish_reason: finish }] })

  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  await sleepUntil(at(0))
  sendDelta({ role: 'assistant', content: text ? '' : null })
  let tokens = 0
  for (const piece of pieces(text)) {
    await sleepUntil(at(++tokens))
    sendDelta({ content: piece })
  }
  for (const [index, call] of calls.entries()) {
    sendDelta({ tool_calls: [{ index, ...call, function: { name: call.function.name, arguments: '' } }] })
    for (const piece of pieces(call.function.arguments)) {
      await sleepUntil(at(++tokens))
      sendDelta({ tool_calls: [{ index, function: { arguments: piece } }] })
    }
  }
  // The names of the tools are tokens too; they were sent with the heads.
  await sleepUntil(at(usage.completion_tokens))
  sendDelta({}, calls.length > 0 ? 'tool_calls' : 'stop')
  if (body.stream_options?.include_usage) send({ choices: [], usage })
  response.end('data: [DONE]\n\n')
}

function parseRequest(text: string): WireRequest {
  let body: Partial<WireRequest> | null
  try {
    body = JSON.parse(text)
  } catch {
    throw new Error('The request body is not JSON.')
  }
  if (typeof body?.model !== 'string' || !Array.isArray(body.messages) || body.messages.length === 0)
    throw new Error('A request needs a `model` and a list of `messages` that is not empty.')
  return body as WireRequest
}

function countTokens(body: WireRequest, answer: Answer): WireUsage {
  const prompt = tokensIn(JSON.stringify(body.messages) + JSON.stringify(body.tools ?? []))
  const completion =
    tokensIn(answer.text) +
    answer.calls.reduce((sum, call) => sum + tokensIn(call.tool) + tokensIn(JSON.stringify(call.arguments)), 0)
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}

function wireCalls(answer: Answer): WireToolCall[] {
  return answer.calls.map((call) => ({
    id: newId('call_'),
    type: 'function',
    function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
  }))
}

const tokensIn = (text: string) => Math.ceil(text.length / 4)
const pieces = (text: string): string[] => text.match(/[\s\S]{1,4}/gu) ?? []
const newId = (prefix: string) => prefix + randomBytes(12).toString('hex')

async function sleepUntil(timeMs: number): Promise<void> {
  const left = timeMs - performance.now()
  if (left > 0) await sleep(left)
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function sendError(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const payload = { error: { message, type: 'invalid_request_error', param: null, code: null } }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(payload))
}
