// The ingest as the transports see it: a bound, a number for each request, and two threads behind them. The thread that
// answers requests never decodes and never waits for the disk.

import { randomBytes } from 'node:crypto'
import { MessageChannel, type Worker } from 'node:worker_threads'
import type { TraceId } from '../../analyzer/model/span.ts'
import { digestKeyFor, keyFileOf } from '../redaction/digest-key.ts'
import type { RedactorOptions } from '../redaction/redactor.ts'
import type { RetentionLimits } from '../retention/limits.ts'
import type { Durability } from '../store/open-writer.ts'
import type { ReadStore } from '../store/store.ts'
import { MAX_BYTES_IN_FLIGHT } from '../transport/limits.ts'
import { RETRY_AFTER_MS } from './commit-group.ts'
import { createComplaints } from './complaints.ts'
import type { Ingest, IngestOutcome, IngestRequest } from './ingest.ts'
import { CLOSE, type Finished, type ReaderData, type Submitted, type WriterData } from './messages.ts'
import { startThread } from './start-thread.ts'

export interface IngestOptions {
  /** Called after a commit with the traces that got something new. */
  readonly onStored?: (traceIds: readonly TraceId[]) => void
  /** Bytes of requests that may wait; 30 MiB unless given. One request alone is always taken. */
  readonly maxPendingBytes?: number
  /** What to take out before storing; `false` stores everything as received. */
  readonly redaction?: RedactorOptions | false
  /** What a commit survives: `process` unless given. */
  readonly durability?: Durability
  /** What the file may keep; everything unless given. */
  readonly retention?: RetentionLimits
  /** Takes a line for the person at the terminal. */
  readonly warn?: (line: string) => void
}

export interface ThreadedIngest extends Ingest {
  /** What runs now; none between the death of one and the next request. */
  readonly threads: readonly Worker[]
}

/** A thread that dies at its start is not started again faster than this, in milliseconds. */
const RESTART_MS = 500

/** `store` is open and has the newest schema; its file is what is written. */
export function createIngest(store: Pick<ReadStore, 'file'>, options: IngestOptions = {}): ThreadedIngest {
  const { onStored, warn, durability = 'process', retention = {}, maxPendingBytes = MAX_BYTES_IN_FLIGHT } = options
  const redaction =
    options.redaction === false ? false : { digestKey: digestKey(store.file, warn), ...options.redaction }
  const complaints = createComplaints((line) => warn?.(`${line} (${store.file})`))
  const pending = new Map<number, { bytes: number; resolve: (outcome: IngestOutcome) => void }>()
  let pendingBytes = 0
  let nextId = 0
  let threads: Threads | null = null
  let startedMs = Number.NEGATIVE_INFINITY
  let closing: Promise<void> | undefined
  let onDrained = () => {}

  function settle(id: number, outcome: IngestOutcome): void {
    const request = pending.get(id)
    if (!request) return
    pending.delete(id)
    pendingBytes -= request.bytes
    complaints.note(outcome)
    request.resolve(outcome)
    if (pending.size === 0) onDrained()
  }

  function finished({ outcomes, traceIds, warning }: Finished): void {
    if (warning !== undefined) warn?.(`${warning} (${store.file})`)
    for (const { id, outcome } of outcomes) settle(id, outcome)
    if (traceIds.length > 0) onStored?.(traceIds)
  }

  /** Nothing that was pending is known to be stored: all of it may come again, and is then stored once. */
  function died(dead: Threads, reason: string): void {
    if (threads !== dead) return
    threads = null
    dead.end()
    const outcome = busy(`the ingest has stopped and is starting again: ${reason}`)
    for (const id of [...pending.keys()]) settle(id, outcome)
  }

  function start(): Threads | null {
    if (threads || performance.now() - startedMs < RESTART_MS) return threads
    startedMs = performance.now()
    const started = startThreads(store.file, durability, retention, redaction, finished, (reason) =>
      died(started, reason),
    )
    threads = started
    return threads
  }

  async function close(): Promise<void> {
    if (pending.size > 0) await new Promise<void>((resolve) => (onDrained = resolve))
    const last = threads
    threads = null
    await last?.close()
  }

  start()
  return {
    submit(request) {
      const bytes = request.body.byteLength
      if (closing) return Promise.resolve(busy('the server is stopping'))
      if (pendingBytes > 0 && pendingBytes + bytes > maxPendingBytes) {
        return Promise.resolve(busy(`${pendingBytes} bytes wait to be stored already`))
      }
      const running = start()
      if (!running) return Promise.resolve(busy('the ingest is starting again'))
      return new Promise((resolve) => {
        const id = nextId++
        pending.set(id, { bytes, resolve })
        pendingBytes += bytes
        running.submit(id, request)
      })
    },
    get pendingBytes() {
      return pendingBytes
    },
    get threads() {
      return threads?.workers ?? []
    },
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** A secret keeps its digest when the thread, or the server, is started again. */
function digestKey(file: string, warn: IngestOptions['warn']): Uint8Array {
  try {
    return digestKeyFor(file)
  } catch (error) {
    warn?.(
      `the key of redacted secrets cannot be kept in ${keyFileOf(file)} (${(error as Error).message}): ` +
        'after a restart they will have other digests',
    )
    return randomBytes(32)
  }
}

const busy = (message: string): IngestOutcome => ({ kind: 'busy', message, retryAfterMs: RETRY_AFTER_MS })

interface Threads {
  readonly workers: readonly Worker[]
  submit(id: number, request: IngestRequest): void
  /** Ends both after the database is closed. */
  close(): Promise<void>
  /** Ends both now. */
  end(): void
}

function startThreads(
  file: string,
  durability: Durability,
  retention: RetentionLimits,
  redaction: RedactorOptions | false,
  finished: (message: Finished) => void,
  died: (reason: string) => void,
): Threads {
  const { port1, port2 } = new MessageChannel()
  const writerData: WriterData = { file, durability, retention, reader: port1 }
  const readerData: ReaderData = { redaction, writer: port2 }
  const writer = startThread('writer-thread', writerData, { transferList: [port1] })
  const reader = startThread('reader-thread', readerData, { transferList: [port2] })
  const workers = [reader, writer]
  for (const worker of workers) {
    let reason = 'a thread has ended'
    worker.on('message', finished)
    worker.on('error', (error) => {
      reason = error.message
    })
    worker.on('exit', () => died(reason))
  }
  return {
    workers,
    submit(id, request) {
      const body = ownBytes(request.body)
      const message: Submitted = { id, signal: request.signal, encoding: request.encoding, body }
      reader.postMessage(message, [body.buffer])
    },
    async close() {
      const ended = new Promise<void>((resolve) => writer.once('exit', () => resolve()))
      writer.postMessage(CLOSE)
      await ended
      await reader.terminate()
    },
    end() {
      for (const worker of workers) void worker.terminate()
    },
  }
}

/** Bytes that have a buffer of their own can be handed over; a slice of a larger one is copied. */
function ownBytes(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = body.byteLength === body.buffer.byteLength && body.buffer instanceof ArrayBuffer
  return isWhole ? new Uint8Array(body.buffer as ArrayBuffer) : new Uint8Array(body)
}
