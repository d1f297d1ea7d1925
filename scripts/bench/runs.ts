// `npm run bench runs`: what building runs costs, against one JSON.parse of the same attributes, measured in turns in one
// process; and whether it grows linearly. Exits with 1 if a ratio is over its limit. The attributes of a span are one
// object, in which what SDKs write as JSON in a string is written out: every byte that was sent, parsed once. What building
// spares, it spares within one trace only: messages that a turn is given again, and content that decides nothing.
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
/** Ten times the spans may take this many times as long per span, beyond what the parse of them does. */
const MAX_GROWTH = 1.5
/** Of both; the fastest counts. The first ten or so run code that is still being compiled. */
const ROUNDS = 20

const captured = captures()
let failed = false

console.log(`building runs, in µs of processor time a span: fastest of ${ROUNDS} rounds, each beside the parse`)
console.log('spans                  build   parse   ratio')
for (const [name, spans] of [
  ['captures', copies(captured, 10_000)],
  ['one run', longTrace(10_000)],
] as const) {
  const { build, parse } = measure(spans, ROUNDS)
  failed ||= build / parse > MAX_RATIO
  const ratio = (build / parse).toFixed(2).padStart(8)
  console.log(`${name.padEnd(14)}${String(spans.length).padStart(7)}${figure(build)}${figure(parse)}${ratio}`)
}

console.log('\nten times the spans         10,000 spans   100,000 spans   µs a span')
for (const [name, make] of [
  ['captures', (count: number) => copies(captured, count)],
  ['one run', longTrace],
] as const) {
  const [small, large] = [measure(make(10_000), 5), measure(make(100_000), 3)]
  const growth = large.build / small.build
  // What the parse takes longer is the price of more memory, which building pays too.
  const own = growth / Math.max(1, large.parse / small.parse)
  failed ||= own > MAX_GROWTH
  console.log(
    `${name.padEnd(14)}build ${figure(small.build).padStart(18)}${figure(large.build).padStart(16)}   ${growth.toFixed(2)} times`,
  )
  console.log(
    `${''.padEnd(14)}parse ${figure(small.parse).padStart(18)}${figure(large.parse).padStart(16)}   ${(large.parse / small.parse).toFixed(2)} times`,
  )
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
function measure(spans: readonly Span[], rounds: number): { build: number; parse: number } {
  const documents = spans.map(({ attributes, events }) => {
    // Some dialects write their messages as attributes of the span's events.
    const all = [
      ...attributes,
      ...events.flatMap((event, i) => [...event.attributes].map(([key, value]) => [`${i} ${key}`, value] as const)),
    ]
    return JSON.stringify(Object.fromEntries(all.map(([key, value]) => [key, writtenOut(value)])))
  })
  const [build, parse]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
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

function figure(microseconds: number): string {
  return microseconds.toFixed(1).padStart(8)
}
