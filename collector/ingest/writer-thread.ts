// The thread that writes: rows -> committed rows. What has come while one commit was under way is the next one.

import { parentPort, workerData } from 'node:worker_threads'
import { conversationReader } from '../conversation-reader.ts'
import { retain } from '../retention/retain.ts'
import { openWriter } from '../store/open-writer.ts'
import type { Connection } from '../store/store.ts'
import { release } from '../transport/release.ts'
import { commitGroup } from './commit-group.ts'
import { CLOSE, type Finished, type ReadRequest, type WriterData } from './messages.ts'

/** Bytes of one commit, about: more only makes the first of them wait. */
const GROUP_BYTES = 16 * 1024 * 1024

const { file, durability, retention, reader } = workerData as WriterData
const main = parentPort!
const waiting: ReadRequest[] = []
let database: Connection | null = null
let isScheduled = false

reader.on('message', (request: ReadRequest) => {
  waiting.push(request)
  schedule()
})

main.on('message', (message) => {
  if (message !== CLOSE) return
  pruning?.stop()
  database?.close()
  reader.close()
  main.close()
})

// On this thread, so that it never has to wait for the lock, however busy the ingest is.
const pruning =
  retention.keepMs === undefined && retention.maxBytes === undefined
    ? null
    : retain(connect, retention, {
        warn: (warning) => main.postMessage({ outcomes: [], traceIds: [], warning } satisfies Finished),
      })

/** After all that is in the port has been taken out of it. */
function schedule(): void {
  if (isScheduled || waiting.length === 0) return
  isScheduled = true
  setImmediate(commit)
}

function commit(): void {
  isScheduled = false
  const group = takeGroup()
  const startedMs = performance.now()
  const { outcomes, traceIds, isBroken } = commitGroup(connect, group, conversationReader)
  const tookMs = performance.now() - startedMs
  if (isBroken) disconnect()
  const message: Finished = { outcomes, traceIds }
  main.postMessage(message)
  for (const { batch } of group)
    release([batch.body, batch.extra, batch.rows, batch.origins].map(({ buffer }) => buffer))
  // The outcomes are on their way; only what comes next waits for this.
  pruning?.afterCommit(tookMs)
  schedule()
}

function takeGroup(): ReadRequest[] {
  let bytes = 0
  let count = 0
  while (count < waiting.length && (count === 0 || bytes < GROUP_BYTES)) bytes += waiting[count++]!.batch.body.length
  return waiting.splice(0, count)
}

/** Opened again after a failure: the cause may have gone. */
function connect(): Connection {
  database ??= openWriter(file, durability)
  return database
}

function disconnect(): void {
  const broken = database
  database = null
  broken?.close()
}
