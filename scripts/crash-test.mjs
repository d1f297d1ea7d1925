// Kills the server at random moments while exports are under way, starts it again on the same file, and looks each time
// whether the file is whole and holds every acknowledged span once. Exits 1 if it does not.
//
//     node scripts/crash-test.mjs [--kills 100] [--only http|grpc] [--source] [--keep-file]
//
// Three senders use HTTP and one gRPC; `--only` has four of one sort.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { grpcClient, httpClient } from './load/clients.mjs'
import { audit, createLedger } from './load/ledger.mjs'
import { makeExport } from './load/payload.mjs'
import { commandLine, speaksGrpc, startServer, stop } from './load/server.mjs'

const { values: flags } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    only: { type: 'string' },
    source: { type: 'boolean' },
    'keep-file': { type: 'boolean' },
  },
})
const kills = Number(flags.kills)
if (![undefined, 'http', 'grpc'].includes(flags.only)) throw new Error('--only takes http or grpc')

/** The longest that a server lives after its first answer, in milliseconds: a few to some hundred commits. */
const MAX_LIFE_MS = 200

/** One kill in this many comes while the server is still starting: in a migration, or in recovery from the last kill. */
const EARLY_ONE_IN = 8

const folder = mkdtempSync(join(tmpdir(), 'tailrace-crash-'))
const dbFile = join(folder, 'spans.db')
const command = commandLine(flags.source)
const grpc = speaksGrpc(command)
const ledger = createLedger()
/** Exports without an answer, which an exporter sends again. */
let unanswered = []
let next = 1
let earlyKills = 0
let refused = 0
let resent = 0
let failed = false

console.log(`crash test: ${kills} kills, senders ${senders().join(', ')}`)
for (let kill = 1; kill <= kills && !failed; kill++) {
  await live(kill)
  const { faults, rows, acknowledgedSpans } = audit(dbFile, ledger)
  for (const fault of faults.slice(0, 10)) console.error(`after kill ${kill}: ${fault}`)
  failed = faults.length > 0
  if (kill % 10 === 0 || kill === kills || failed) {
    console.log(
      `${kill} kills: ${acknowledgedSpans} spans acknowledged, ${rows} stored, integrity ${failed ? 'BROKEN' : 'ok'}`,
    )
  }
}
const summary = `${ledger.acknowledgedExports} exports acknowledged, ${resent} sent again, ${refused} refused, ${earlyKills} kills during the start`
console.log(`${failed ? 'FAILED' : 'passed'}: ${summary}`)
if (flags['keep-file'] || failed) console.log(`the file is ${dbFile}`)
else rmSync(folder, { recursive: true })
process.exit(failed ? 1 : 0)

function senders() {
  if (flags.only === 'grpc') return ['grpc', 'grpc', 'grpc', 'grpc']
  const http = ['protobuf', 'json', 'protobuf+gzip']
  const fourth = flags.only === 'http' ? 'http json+gzip' : 'grpc'
  return [...http.map((encoding) => `http ${encoding}`), ...(grpc ? [fourth] : [])]
}

/** One life of the server, from its start to SIGKILL. */
async function live(kill) {
  const server = startServer({ command, dbFile, grpc })
  // The first start makes the file, and there would be nothing to look at.
  if (kill > 1 && Math.random() < 1 / EARLY_ONE_IN) {
    earlyKills += 1
    await Promise.race([server.started, sleep(Math.random() * 1000)])
    await stop(server, 'SIGKILL')
    return
  }
  const address = await server.started
  if (address === null) throw new Error(`the server did not start:\n${server.stderr}`)
  const clients = senders().map((name) =>
    name === 'grpc' ? grpcClient(address.grpcUrl) : httpClient(address.url, name.slice('http '.length)),
  )
  const pending = unanswered
  unanswered = []
  resent += pending.length
  let isDead = false
  let answers = 0
  const work = clients.map(async (client) => {
    while (!isDead) {
      const made = pending.pop() ?? makeExport(next++, 1 + Math.floor(Math.random() * 100), 1500)
      ledger.open(made)
      const answer = await client.send(made)
      if (answer.ok) {
        ledger.acknowledge(made)
        answers += 1
      } else {
        unanswered.push(made)
        if (answer.status !== 0) {
          refused += 1
          await sleep(20)
        }
      }
    }
  })
  const giveUp = Date.now() + 30_000
  while (answers === 0) {
    if (Date.now() > giveUp) throw new Error(`nothing was acknowledged within 30 s:\n${server.stderr}`)
    await sleep(1)
  }
  await sleep(Math.random() * MAX_LIFE_MS)
  const killed = stop(server, 'SIGKILL')
  isDead = true
  await killed
  await Promise.all(work)
  for (const client of clients) client.close()
  unanswered.push(...pending)
}
