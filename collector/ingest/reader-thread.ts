// The thread that reads: requests -> rows, secrets taken out. It holds nothing between two requests.

import { parentPort, workerData } from 'node:worker_threads'
import { readRows } from '../otlp/read-rows.ts'
import { createRedactor } from '../redaction/redactor.ts'
import type { RowBatch } from '../rows/row-batch.ts'
import { release } from '../transport/release.ts'
import type { IngestOutcome } from './ingest.ts'
import type { Finished, ReaderData, ReadRequest, Submitted } from './messages.ts'

const { redaction, writer } = workerData as ReaderData
const main = parentPort!
const secrets = redaction === false ? null : createRedactor(redaction)

main.on('message', (request: Submitted) => {
  try {
    read(request)
  } catch (error) {
    // A bug of ours. Were it to end the thread, the same request would come again and again, and end it each time.
    const { message, stack } = error as Error
    finish(request.id, { kind: 'failed', message: `Tailrace failed to read it: ${message}` }, stack)
    release([request.body.buffer])
  }
})

function read({ id, signal, encoding, body }: Submitted): void {
  const result = readRows(signal, encoding, body, secrets)
  // The redactor would hold on to the request that it has seen last.
  secrets?.begin(EMPTY)
  if (result.ok && result.value.count > 0) {
    const { extra, rows, origins } = result.value
    const message: ReadRequest = { id, batch: result.value }
    writer.postMessage(message, [body.buffer, extra.buffer, rows.buffer, origins.buffer] as ArrayBuffer[])
    return
  }
  finish(id, result.ok ? storedNothing(result.value) : { kind: 'bad', message: result.error })
  release([body.buffer])
}

const storedNothing = ({ rejected, reason }: RowBatch): IngestOutcome => ({ kind: 'stored', rejected, reason })

function finish(id: number, outcome: IngestOutcome, warning?: string): void {
  const message: Finished = { outcomes: [{ id, outcome }], traceIds: [], ...(warning === undefined ? {} : { warning }) }
  main.postMessage(message)
}

const EMPTY = new Uint8Array(0)
