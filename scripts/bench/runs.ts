// `npm run bench runs`: what building runs costs, against one JSON.parse of the same attributes, measured in turns in one
// process; and whether it grows linearly. Exits with 1 if a ratio is over its limit. The attributes of a span are one
// object, in which what SDKs write as JSON in a string is written out: all that building has to read, once.
//
//   captures   every capture, many times over, as traces of their own: all dialects
//   one run    one agent of many turns in one trace, its messages as an agent sends them that forgets what is old

import { readdirSync, readFileSync } from 'node:fs'
import type { Span } from '../../analyzer/model/span.ts'
import { buildRuns } from '../../analyzer/runs/index.ts'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import { longTrace } from './long-trace.ts'

/** Times the parse of the attributes that building may take. */
const MAX_RATIO = 2
/** Ten times the spans may take this many times as long per span. */
const MAX_GROWTH = 1.5
const ROUNDS = 12

const captured = captures()
let failed = false

console.log(`building runs, in µs of processor time a span: fastest of ${ROUNDS} rounds, each beside the parse`)
console.log('spans                  build   parse   ratio')
for (const [name, spans] of [
  ['captures', copies(captured, 10_000)],
  ['one run', longTrace(10_000)],
] as const) {
  const { build, parse } = measure(spans)
  failed ||= build / parse > MAX_RATIO
  const ratio = (build / parse).toFixed(2).padStart(8)
  console.log(`${name.padEnd(14)}${String(spans.length).padStart(7)}${figure(build)}${figure(parse)}${ratio}`)
}

console.log('\ngrowth                10,000   100,000   per span, µs')
for (const [name, make] of [
  ['captures', (count: number) => copies(captured, count)],
  ['one run', longTrace],
] as const) {
  const [small, large] = [10_000, 100_000].map((count) => {
    const spans = make(count)
    return fastest(3, () => buildRuns(spans)) / spans.length
  }) as [number, number]
  const growth = large / small
  failed ||= growth > MAX_GROWTH
  console.log(`${name.padEnd(20)}${figure(small)}${figure(large).padStart(10)}   grows by ${growth.toFixed(2)}`)
}
if (failed) {
  console.error(`bench: over the limit: at most ${MAX_RATIO} parses, and at most ${MAX_GROWTH} times as long per span`)
  process.exitCode = 1
}

function captures(): Span[] {
  const folder = new URL('../../fixtures/captures/', import.meta.url)
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files.flatMap((file) => {
    const read = readOtlpFile(readFileSync(new URL(file, folder)))
    if (!read.ok) throw new Error(`${file}: ${read.error}`)
    return [...read.value.spans]
  })
}

/** About `count` spans: all of `spans` again and again, in traces of their own. */
function copies(spans: readonly Span[], count: number): Span[] {
  const times = Math.ceil(count / spans.length)
  return Array.from({ length: times }, (_, copy) => {
    const mark = copy.toString(16).padStart(8, '0')
    return spans.map((span) => ({ ...span, traceId: `${mark}${span.traceId.slice(8)}` as Span['traceId'] }))
  }).flat()
}

/** The fastest rounds in microseconds a span. The two take turns, so that what else the machine does falls on both. */
function measure(spans: readonly Span[]): { build: number; parse: number } {
  const documents = spans.map(({ attributes }) => {
    return JSON.stringify(Object.fromEntries([...attributes].map(([key, value]) => [key, writtenOut(value)])))
  })
  const [build, parse]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    build.push(time(() => buildRuns(spans)))
    parse.push(time(() => documents.map((text) => JSON.parse(text))))
  }
  return { build: Math.min(...build) / spans.length, parse: Math.min(...parse) / spans.length }
}

function writtenOut(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    // Brackets in prose.
    return value
  }
}

/** Processor time in microseconds: on a machine that does other things too, the clock on the wall measures those. */
function time(work: () => unknown): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

function fastest(rounds: number, work: () => unknown): number {
  return Math.min(...Array.from({ length: rounds }, () => time(work)))
}

function figure(microseconds: number): string {
  return microseconds.toFixed(1).padStart(8)
}
