// One call, from its headers to its trailers.

import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import type { IngestOutcome, Signal } from '../ingest/ingest.ts'
import { encodeResponse, RPC_CODES } from '../otlp/encode-answer.ts'
import { CODING_NAMES, codingOf, decompress } from '../transport/decompress.ts'
import { RETRY_AFTER_MS, type Refusal } from '../transport/refusal.ts'
import { type Answer, failure, isOver, send } from './answer.ts'
import type { GrpcContext } from './grpc-context.ts'
import { timeoutMsOf } from './grpc-timeout.ts'
import { readMessage } from './read-message.ts'

const METHODS: ReadonlyMap<string, Signal | 'metrics'> = new Map([
  ['/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'traces'],
  ['/opentelemetry.proto.collector.logs.v1.LogsService/Export', 'logs'],
  ['/opentelemetry.proto.collector.metrics.v1.MetricsService/Export', 'metrics'],
])

/** setTimeout's own limit, some 24 days: a deadline past it is none. */
const MAX_TIMER_MS = 2 ** 31 - 1

const DEADLINE_PAST = failure(RPC_CODES.deadlineExceeded, 'the deadline of the call is past')

/** Takes a call and answers it. The answer is sent after the commit. Never throws. */
export async function handleCall(
  context: GrpcContext,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
): Promise<void> {
  // The client reset the call or left: there is nobody to tell, and nothing was stored.
  stream.on('error', () => {})
  const contentType = headers['content-type'] ?? ''
  const timeoutMs = timeoutMsOf(headers['grpc-timeout'] as string | undefined)
  const startMs = performance.now()
  const missed = () => send(stream, contentType, DEADLINE_PAST)
  let timer: NodeJS.Timeout | undefined
  try {
    const refusal = refusalOf(headers, contentType, timeoutMs)
    if (refusal === null && timeoutMs !== null && timeoutMs <= MAX_TIMER_MS) timer = setTimeout(missed, timeoutMs)
    // Timers fire late, and never below a millisecond: the clock is asked as well.
    const isPast = () => performance.now() - startMs >= (timeoutMs ?? 0)
    const answer = refusal ?? (await exportMessage(context, stream, headers, isPast))
    if (answer) send(stream, contentType, answer)
  } catch (error) {
    context.warn(`${headers[':path']} failed: ${(error as Error).stack}`)
    send(stream, contentType, failure(RPC_CODES.internal, `Tailrace failed: ${(error as Error).message}`))
  } finally {
    clearTimeout(timer)
  }
}

/** What is no gRPC call at all. */
function refusalOf(headers: IncomingHttpHeaders, contentType: string, timeoutMs: number | null): Answer | null {
  if (headers[':method'] !== 'POST') return { kind: 'http', status: 405, headers: { allow: 'POST' } }
  if (!/^application\/grpc(\+proto)?(;|$)/i.test(contentType)) return { kind: 'http', status: 415 }
  return timeoutMs === null ? failure(RPC_CODES.internal, 'the header grpc-timeout is malformed') : null
}

/** Null if nobody waits for the answer. */
async function exportMessage(
  context: GrpcContext,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  isPast: () => boolean,
): Promise<Answer | null> {
  const { ingest, budget, token } = context
  const path = headers[':path'] ?? ''
  const signal = METHODS.get(path)
  if (signal === undefined) return failure(RPC_CODES.unimplemented, `there is no method ${path}`)
  if (token !== null && !token.admitsHeader(headers.authorization)) {
    return failure(RPC_CODES.unauthenticated, 'the metadata must hold authorization: Bearer and the right token')
  }
  const named = headers['grpc-encoding'] as string | undefined
  const coding = codingOf(named)
  if (coding === null) {
    return failure(RPC_CODES.unimplemented, `grpc-encoding ${named} is not supported, use one of ${CODING_NAMES}`)
  }
  const lease = budget.open()
  try {
    const bounds = { ...context, limit: context.maxBodyBytes, lease }
    const message = await readMessage(stream, bounds)
    if (!message.ok) return answerRefusal(message.error)
    const { isCompressed, bytes } = message.value
    if (isCompressed && coding === 'identity') {
      return failure(RPC_CODES.internal, 'the message is flagged as compressed, and grpc-encoding names no coding')
    }
    const body = await decompress(isCompressed ? coding : 'identity', bytes, bounds)
    if (!body.ok) return answerRefusal(body.error)
    if (isPast()) return DEADLINE_PAST
    if (isOver(stream)) return null
    if (signal === 'metrics') {
      context.noteDropped()
      return { kind: 'message', message: encodeResponse(signal, 'protobuf', 0, '') }
    }
    const submitted = ingest.submit({ signal, encoding: 'protobuf', body: body.value })
    // From here on the ingest counts the bytes as its own.
    lease.release()
    const outcome = await submitted
    return isPast() ? DEADLINE_PAST : answerOutcome(signal, outcome)
  } finally {
    lease.release()
  }
}

function answerOutcome(signal: Signal, outcome: IngestOutcome): Answer {
  switch (outcome.kind) {
    case 'stored':
      return { kind: 'message', message: encodeResponse(signal, 'protobuf', outcome.rejected, outcome.reason) }
    case 'bad':
      return failure(RPC_CODES.invalidArgument, outcome.message)
    case 'busy':
      return failure(RPC_CODES.unavailable, outcome.message, outcome.retryAfterMs)
    case 'failed':
      return failure(RPC_CODES.internal, outcome.message)
  }
}

/** Frames and compression are the transport's: what is wrong with them is INTERNAL, as in other gRPC servers. */
function answerRefusal({ kind, message }: Refusal): Answer | null {
  switch (kind) {
    case 'malformed':
      return failure(RPC_CODES.internal, message)
    case 'too-large':
      // Without RetryInfo: the same message would be too large again.
      return failure(RPC_CODES.resourceExhausted, message)
    case 'busy':
      return failure(RPC_CODES.unavailable, message, RETRY_AFTER_MS)
    case 'too-slow':
      return failure(RPC_CODES.deadlineExceeded, message)
    case 'gone':
      return null
  }
}
