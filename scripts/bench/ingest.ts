// `npm run bench ingest`: durable spans per second of the whole way in, beside what the same rows cost as bare inserts and
// the same bytes as bare appends, some seconds each: in the first one a process compiles its code, on the cores that it works
// on, and ours has the more to compile. Each figure is of a process of its own on a fresh file; the order turns each round. The
// machine may be noisy: the ratios of one run are what counts, and they are what has limits.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { SPANS_PER_REQUEST } from './agent-requests.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '256' },
    durability: { type: 'string', default: 'process' },
  },
})
const rounds = Number(options.rounds)

interface Variant {
  readonly name: string
  run(file: string): Promise<number>
}

const variants: readonly Variant[] = [
  { name: 'ours, HTTP protobuf', run: (file) => overNetwork(file, 'protobuf', 'http') },
  { name: 'ours, HTTP JSON', run: (file) => overNetwork(file, 'json', 'http') },
  { name: 'ours, gRPC', run: (file) => overNetwork(file, 'protobuf', 'grpc') },
  {
    name: 'bare inserts, protobuf',
    run: (file) => spansPerSecond('bare-inserts', [file, 'protobuf', options.durability]),
  },
  { name: 'bare inserts, JSON', run: (file) => spansPerSecond('bare-inserts', [file, 'json', options.durability]) },
  { name: 'append + fdatasync', run: (file) => spansPerSecond('append-bytes', [file]) },
]

const limits = [
  { of: 'ours, HTTP protobuf', to: 'bare inserts, protobuf', atLeast: 0.7 },
  { of: 'ours, HTTP JSON', to: 'bare inserts, JSON', atLeast: 0.5 },
  { of: 'ours, gRPC', to: 'ours, HTTP protobuf', atLeast: 0.8 },
]

const busyShares: number[] = []
const figures = new Map(variants.map(({ name }) => [name, [] as number[]]))
for (let round = 0; round < rounds; round++) {
  for (let i = 0; i < variants.length; i++) {
    const { name, run } = variants[(i + round) % variants.length]!
    busyShares.push(await busyShare())
    const folder = mkdtempSync(join(tmpdir(), 'tailrace-bench-'))
    try {
      figures.get(name)!.push(await run(join(folder, 'spans.db')))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
}

console.log(`${SPANS_PER_REQUEST}-span requests, durability ${options.durability}, median of ${rounds} rounds\n`)
for (const { name } of variants) {
  const sorted = figures.get(name)!.toSorted((a, b) => a - b)
  const [low, high] = [sorted[0]!, sorted.at(-1)!].map((value) => Math.round(value).toLocaleString('en'))
  console.log(
    `${name.padEnd(24)} ${Math.round(median(name)).toLocaleString('en').padStart(8)} spans/s   (${low} to ${high})`,
  )
}
console.log()
for (const { of, to, atLeast } of limits) {
  const ratio = median(of) / median(to)
  const isMet = ratio >= atLeast
  if (!isMet) process.exitCode = 1
  console.log(`${of} / ${to}: ${ratio.toFixed(2)}, at least ${atLeast}: ${isMet ? 'met' : 'MISSED'}`)
}

// Ours runs on all cores and the bare inserts on one: what else runs lowers the ratios.
const others = busyShares.reduce((sum, share) => sum + share, 0) / busyShares.length
console.log(`\nother programs kept ${Math.round(100 * others)} % of the machine busy`)

/** How much of all cores is in use while this program waits. */
async function busyShare(): Promise<number> {
  const sum = () =>
    cpus().reduce(
      ({ idle, all }, { times }) => {
        const total = times.user + times.nice + times.sys + times.idle + times.irq
        return { idle: idle + times.idle, all: all + total }
      },
      { idle: 0, all: 0 },
    )
  const before = sum()
  await sleep(500)
  const after = sum()
  return 1 - (after.idle - before.idle) / (after.all - before.all)
}

function median(name: string): number {
  const sorted = figures.get(name)!.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

async function overNetwork(file: string, encoding: string, transport: 'http' | 'grpc'): Promise<number> {
  const server = start('server', [file, options.durability])
  const urls = JSON.parse(await firstLine(server)) as { http: string; grpc: string }
  try {
    return await spansPerSecond('send-requests', [urls[transport], encoding, transport])
  } finally {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await ended
  }
}

/** Runs a program that prints its figure, and gives it. */
async function spansPerSecond(program: string, args: readonly string[]): Promise<number> {
  return Number(await firstLine(start(program, [...args, options.requests])))
}

function start(program: string, args: readonly string[]): ChildProcess {
  const file = fileURLToPath(new URL(`./ingest/${program}.ts`, import.meta.url))
  return spawn(process.execPath, ['--import', 'tsx', file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function firstLine(child: ChildProcess): Promise<string> {
  const line = once(createInterface({ input: child.stdout! }), 'line').then(([text]) => text as string)
  const ended = once(child, 'exit').then(([code]) =>
    Promise.reject(new Error(`${child.spawnargs.at(4)} ended with ${code}`)),
  )
  return Promise.race([line, ended])
}
