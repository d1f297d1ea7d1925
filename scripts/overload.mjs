// Sends faster than the disk takes, from many connections without a pause, for minutes, on loopback. The server must
// answer each export with 200 or with "not now" and when to come back, must not crash, and must not grow past 300 MB.
// Exits 1 otherwise.
//
//     node scripts/overload.mjs [--minutes 10] [--connections 24] [--max-size 4GB] [--source]
//
// The file is held to --max-size by retention, so this tests that too; at 150 MB a second the disk would soon be full.

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { grpcClient, httpClient } from './load/clients.mjs'
import { megabytes, percentile } from './load/figures.mjs'
import { makeExport, toProtobuf } from './load/payload.mjs'
import { commandLine, memoryOf, speaksGrpc, startServer, stop } from './load/server.mjs'

const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    connections: { type: 'string', default: '24' },
    'max-size': { type: 'string', default: '4GB' },
    source: { type: 'boolean' },
  },
})
const durationMs = Number(flags.minutes) * 60_000

const PEAK_BYTES = 300e6
const SPANS = 512
const BYTES_PER_SPAN = 6000

const folder = mkdtempSync(join(tmpdir(), 'tailrace-overload-'))
const dbFile = join(folder, 'spans.db')
const command = commandLine(flags.source)
const grpc = speaksGrpc(command)
const server = startServer({ command, dbFile, grpc, args: ['--max-size', flags['max-size']] })
const address = await server.started
if (address === null) throw new Error(`the server did not start:\n${server.stderr}`)

const template = makeTemplate()
const counts = {}
const answerMs = []
const faults = new Set()
let exportNumber = 0
let isOver = false
let hasEnded = false
server.ended.then(() => {
  hasEnded = true
})

/** An export and where its ids are: made once, since encoding costs more than the server's part of the work. */
function makeTemplate() {
  const made = makeExport(1, SPANS, BYTES_PER_SPAN)
  const body = toProtobuf(made)
  const places = []
  let from = 0
  for (const span of made.spans) {
    // In protobuf a trace id is tag 0x0a and length 16, a span id tag 0x12 and length 8, one after the other.
    const id = Buffer.concat([Buffer.from([0x0a, 16]), Buffer.from(span.traceId, 'hex'), Buffer.from([0x12, 8])])
    const at = body.indexOf(id, from)
    if (at < 0) throw new Error('the ids were not found in the encoded export')
    places.push(at)
    from = at + id.length
  }
  return { body, places }
}

/** A copy of the template with ids of its own. The parent ids stay, and point at nothing. */
function freshBody() {
  exportNumber += 1
  const body = Buffer.from(template.body)
  for (const at of template.places) {
    // The first bytes of each id, which are 0 in the template.
    body.writeUInt32BE(exportNumber, at + 2)
    body.writeUInt32BE(exportNumber, at + 20)
  }
  return body
}

async function hammer(client) {
  while (!isOver && !hasEnded) {
    const body = freshBody()
    const beganMs = performance.now()
    const answer = await client.sendBytes(body)
    if (hasEnded || isOver) return
    const label = `${client.kind} ${answer.status || answer.error}${answer.retryAfter ? ' with Retry-After' : ''}`
    counts[label] = (counts[label] ?? 0) + 1
    if (answer.ok) answerMs.push(performance.now() - beganMs)
    else if (answer.status === 503 || answer.status === 429) {
      if (answer.retryAfter === null) faults.add(`${answer.status} without Retry-After`)
    } else if (answer.status !== 'grpc 14') faults.add(`an answer of ${answer.status || answer.error}`)
  }
}

console.log(
  `overload: ${flags.minutes} minutes, ${flags.connections} connections, ${SPANS} spans and ${megabytes(template.body.length)} an export`,
)
const startedMs = Date.now()
const clients = Array.from({ length: Number(flags.connections) }, (_, i) =>
  grpc && i % 6 === 5 ? grpcClient(address.grpcUrl) : httpClient(address.url, 'protobuf'),
)
const hammers = clients.map(hammer)
let peak = 0
let largestFile = 0
for (let second = 1; Date.now() - startedMs < durationMs && !hasEnded; second++) {
  await sleep(1000)
  if (hasEnded) break
  peak = memoryOf(server.pid).peak
  const fileBytes = statSync(dbFile).size
  largestFile = Math.max(largestFile, fileBytes)
  if (second % 30 === 0) {
    console.log(
      `${second} s: peak ${megabytes(peak)}, file ${megabytes(fileBytes)}, ${answerMs.length * SPANS} spans stored`,
    )
  }
}
isOver = true
const tookMs = Date.now() - startedMs
if (!hasEnded) await Promise.race([Promise.all(hammers), sleep(15_000)])
for (const client of clients) client.close()
if (hasEnded) faults.add(`the server ended: ${server.stderr.slice(-2000)}`)
else {
  const end = await stop(server, 'SIGTERM')
  if (end.code !== 0) faults.add(`SIGTERM ended it with ${JSON.stringify(end)}`)
}
if (/unhandled|unexpectedly|^\s+at /im.test(server.stderr)) faults.add(`stderr: ${server.stderr.slice(-2000)}`)
if (peak >= PEAK_BYTES) faults.add(`memory reached ${megabytes(peak)}, more than ${megabytes(PEAK_BYTES)}`)
for (const [label, number] of Object.entries(counts).sort()) console.log(`${String(number).padStart(8)}  ${label}`)
console.log(
  `peak memory ${megabytes(peak)}; ${Math.round((answerMs.length * SPANS) / (tookMs / 1000))} spans/s stored; ` +
    `answers p50 ${percentile(answerMs, 0.5).toFixed(0)} ms, p99 ${percentile(answerMs, 0.99).toFixed(0)} ms; ` +
    `file at most ${megabytes(largestFile)} of ${flags['max-size']}`,
)
for (const fault of faults) console.log(`FAILED: ${fault}`)
if (faults.size === 0) console.log('passed')
rmSync(folder, { recursive: true })
process.exit(faults.size === 0 ? 0 : 1)
