// Good, bad, huge and slow clients at once, for minutes, on loopback. At the end every acknowledged span must be in the
// file once; nothing may have crashed, no promise been left unhandled; memory must be flat over the second half, and the
// list of runs must have answered within 100 ms at the 99th percentile all the time. Exits 1 otherwise.
//
//     node scripts/soak.mjs [--minutes 5] [--rate 5] [--source]
//
// `--rate` is exports per second of each good client; the machine runs clients and server at once.

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { BAD_REQUESTS, sendAndLeave, sendSlowly } from './load/abuse.mjs'
import { grpcClient, httpClient } from './load/clients.mjs'
import { megabytes, percentile, slope } from './load/figures.mjs'
import { audit, createLedger } from './load/ledger.mjs'
import { makeExport } from './load/payload.mjs'
import { commandLine, memoryOf, speaksGrpc, startServer, stop } from './load/server.mjs'

const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    rate: { type: 'string', default: '5' },
    source: { type: 'boolean' },
  },
})
const durationMs = Number(flags.minutes) * 60_000
const rate = Number(flags.rate)

/** What the list of runs may take at the 99th percentile, in milliseconds. */
const API_P99_MS = 100
/** How much memory may grow per minute over the second half and still be called flat, in bytes. */
const FLAT_BYTES_PER_MINUTE = 6e6

const folder = mkdtempSync(join(tmpdir(), 'tailrace-soak-'))
const dbFile = join(folder, 'spans.db')
const command = commandLine(flags.source)
const grpc = speaksGrpc(command)
const server = startServer({ command, dbFile, grpc })
const address = await server.started
if (address === null) throw new Error(`the server did not start:\n${server.stderr}`)

const ledger = createLedger()
const counts = {}
const complaints = []
const memory = []
const apiMs = []
const startedMs = Date.now()
const isOver = () => Date.now() - startedMs >= durationMs
let hasEnded = false
server.ended.then(() => {
  hasEnded = true
})
let next = 1

const count = (what) => {
  counts[what] = (counts[what] ?? 0) + 1
}

/** Repeats until the time is up, at most every `everyMs`. An exception is a fault of this script or a dead server. */
async function repeat(everyMs, action) {
  while (!isOver() && !hasEnded) {
    const beganMs = performance.now()
    await action()
    await sleep(Math.max(1, everyMs - (performance.now() - beganMs)))
  }
}

function settle(kind, made, ok, status) {
  if (ok) ledger.acknowledge(made)
  count(`${kind}: ${status}`)
}

/** Exports at a steady rate; an answer that asks for it is followed by the same export again, as exporters do. */
async function good(client, spans, bytes, perTrace) {
  await repeat(1000 / rate, async () => {
    const made = makeExport(next++, spans, bytes, perTrace)
    ledger.open(made)
    for (let attempt = 0; attempt < 5 && !hasEnded; attempt++) {
      const answer = await client.send(made)
      settle(client.kind, made, answer.ok, answer.status || answer.error)
      if (answer.ok) break
      if (!['grpc 14', 503, 429, 0].includes(answer.status)) complaints.push(`${client.kind} got ${answer.status}`)
      await sleep(Number(answer.retryAfter ?? 1) * 1000)
    }
    // A retried export counts once.
    if (made.n % 50 === 0) settle(`${client.kind} again`, made, (await client.send(made)).ok, 'sent')
  })
  client.close()
}

async function bad() {
  const kinds = Object.entries(BAD_REQUESTS)
  let i = 0
  await repeat(150, async () => {
    const [name, send] = kinds[i++ % kinds.length]
    const complaint = await send(address.url)
    count('bad requests')
    if (complaint && !hasEnded) complaints.push(`${name}: ${complaint}`)
  })
}

/** 20 MB in one export of 50 runs, which is well within the limit. */
async function huge() {
  const client = httpClient(address.url, 'protobuf')
  await repeat(10_000, async () => {
    const made = makeExport(next++, 2000, 10_000, 40)
    ledger.open(made)
    const answer = await client.send(made)
    settle('huge', made, answer.ok, answer.status || answer.error)
  })
  client.close()
}

async function slow(giveUpAt) {
  await repeat(500, async () => {
    const made = makeExport(next++, 20, 1000, 20)
    ledger.open(made)
    const status = await sendSlowly(address.url, made, { pieces: 40, totalMs: 4000, giveUpAt })
    settle(giveUpAt ? 'slow, gone in the middle' : 'slow', made, status === 200, status)
  })
}

async function leaving() {
  await repeat(500, async () => {
    const made = makeExport(next++, 32, 2000, 32)
    ledger.open(made)
    await sendAndLeave(address.url, made)
    count('left before the answer')
  })
}

async function reader() {
  const worker = new Worker(new URL('./load/api-reader.mjs', import.meta.url), {
    workerData: { url: `${address.url}/api/runs`, everyMs: 250 },
  })
  worker.on('message', ({ tookMs, error }) => {
    apiMs.push(tookMs)
    if (error && !hasEnded) complaints.push(error)
  })
  while (!isOver() && !hasEnded) await sleep(100)
  await worker.terminate()
}

async function watch() {
  let minute = 0
  await repeat(1000, async () => {
    if (hasEnded) return
    memory.push([(Date.now() - startedMs) / 60_000, memoryOf(server.pid).rss])
    if ((Date.now() - startedMs) / 60_000 < minute + 1) return
    minute += 1
    const [, rss] = memory.at(-1)
    console.log(
      `minute ${minute}: memory ${megabytes(rss)}, file ${megabytes(statSync(dbFile).size)}, ` +
        `runs API p50 ${percentile(apiMs, 0.5).toFixed(0)} ms, p99 ${percentile(apiMs, 0.99).toFixed(0)} ms`,
    )
  })
}

console.log(`soak: ${flags.minutes} minutes at ${address.url}${grpc ? ` and ${address.grpcUrl}` : ', no gRPC'}`)
await Promise.all([
  good(httpClient(address.url, 'protobuf'), 64, 2000, 32),
  good(httpClient(address.url, 'json'), 16, 2000, 16),
  good(httpClient(address.url, 'protobuf+gzip'), 64, 1000, 16),
  good(httpClient(address.url, 'json+gzip'), 8, 6000, 8),
  ...(grpc ? [good(grpcClient(address.grpcUrl), 64, 2000, 32)] : []),
  bad(),
  huge(),
  slow(),
  slow(0.5),
  leaving(),
  reader(),
  watch(),
])
const diedEarly = hasEnded
const end = diedEarly ? { code: server.child.exitCode, signal: server.child.signalCode } : await stop(server, 'SIGTERM')

const { faults, rows, acknowledgedSpans } = audit(dbFile, ledger)
const secondHalf = memory.filter(([minute]) => minute >= Number(flags.minutes) / 2)
const growth = slope(secondHalf)
const p99 = percentile(apiMs, 0.99)
const checks = [
  ['every acknowledged span is stored once', faults.length === 0, faults.slice(0, 5).join('; ')],
  ['the server lived, and ended with 0 on SIGTERM', !diedEarly && end.code === 0, JSON.stringify(end)],
  ['nothing unhandled on stderr', !/unhandled|unexpectedly|^\s+at /im.test(server.stderr), server.stderr.slice(-2000)],
  ['bad clients got the answers they should', complaints.length === 0, [...new Set(complaints)].slice(0, 8).join('; ')],
  [`memory is flat: ${(growth / 1e6).toFixed(1)} MB per minute`, growth < FLAT_BYTES_PER_MINUTE, 'it grows'],
  [`runs API p99 ${p99.toFixed(0)} ms of ${apiMs.length} requests`, p99 < API_P99_MS, `over ${API_P99_MS} ms`],
]
for (const [what, number] of Object.entries(counts).sort()) console.log(`${String(number).padStart(8)}  ${what}`)
console.log(
  `${acknowledgedSpans} spans acknowledged, ${rows} stored; memory at most ${megabytes(Math.max(...memory.map(([, rss]) => rss)))}`,
)
for (const [what, holds, why] of checks)
  console.log(`${holds ? 'ok    ' : 'FAILED'}  ${what}${holds ? '' : `: ${why}`}`)
const failed = checks.some(([, holds]) => !holds)
if (failed) console.log(`the file is ${dbFile}`)
else rmSync(folder, { recursive: true })
process.exit(failed ? 1 : 0)
