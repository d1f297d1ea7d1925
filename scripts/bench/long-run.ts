// A run as agents leave them behind: rows of records, pages of prose and bare values, one call a turn. Half of the calls
// take an id that an earlier result showed, the rest take words of the prompt.

import type { Json } from '../../analyzer/model/json.ts'
import type { Call, Run, Turn } from '../../analyzer/model/run.ts'
import type { SpanId, TraceId } from '../../analyzer/model/span.ts'

export interface LongRun {
  readonly run: Run
  /** Arguments and results as an exporter sends them: one JSON text each. */
  readonly payloads: readonly string[]
}

const WORDS =
  'order shipment customer invoice open closed pending the of and was delivered late window payment Oslo Bergen Harbour ' +
  'street station manual update review please check found under section report summary figure weather train ticket ' +
  'Kowalski Ferreira Nakamura budget quarter north south region warehouse refund policy'
const ENDINGS = ' s ed ing er ly ness ment able ful less ish al ist ive ion'.split(' ')
/** Some 700 words; the first ones are said most, as in any language. */
const VOCABULARY = ENDINGS.flatMap((ending) => WORDS.split(' ').map((word) => word + ending))

/** `calls` calls whose results come to about `bytesEach` bytes each. The same numbers give the same run. */
export function longRun(calls: number, bytesEach: number): LongRun {
  const next = randomFrom(7)
  const word = () => VOCABULARY[Math.floor(next() ** 3 * VOCABULARY.length)]!
  const idOf = (i: number) => `rec-${((i + 1) * 7919).toString(36)}x${i % 97}`
  const sentence = (words: number) => `${Array.from({ length: words }, word).join(' ')} ${Math.floor(next() * 9000)}.`
  const resultOf = (i: number): Json => {
    const shown = { next: idOf(i + 1), state: 'open', total: Math.floor(next() * 100_000) / 100 }
    if (i % 2 === 0) {
      const rows = Array.from({ length: Math.round(bytesEach / 105) }, (_, k) => ({
        row: k,
        name: `${word()} ${word()}`,
        amount: Math.floor(next() * 100_000) / 100,
        state: word(),
        at: `2025-0${1 + (k % 9)}-1${k % 10}T08:${10 + (k % 50)}:00Z`,
        ok: k % 3 === 0,
      }))
      return { ...shown, rows }
    }
    return { ...shown, text: Array.from({ length: Math.round(bytesEach / 76) }, () => sentence(10)).join(' ') }
  }
  const argumentsOf = (i: number): Json =>
    i % 2 === 0
      ? { id: idOf(i), state: 'open' }
      : { query: `${word()} ${word()} of ${word()}`, limit: 20, city: i % 4 === 1 ? 'Oslo' : 'Bergen' }

  const payloads: string[] = []
  const made: Call[] = []
  const turns: Turn[] = []
  for (let i = 0; i < calls; i++) {
    const texts = [JSON.stringify(argumentsOf(i)), JSON.stringify(resultOf(i))] as const
    payloads.push(...texts)
    const id = i.toString(16).padStart(16, '0') as SpanId
    turns.push({
      id: `f${id.slice(1)}` as SpanId,
      index: i,
      startMs: i * 200,
      endMs: i * 200 + 100,
      model: 'model',
      inputTokens: null,
      outputTokens: null,
      text: '',
      calls: [id],
    })
    made.push({
      id,
      callId: `call_${i}`,
      tool: i % 2 === 0 ? 'get_record' : 'search_records',
      turn: i,
      turnFrom: 'call-id',
      turnRule: 'call-id',
      startMs: i * 200 + 100,
      endMs: i * 200 + 200,
      status: 'ok',
      error: null,
      arguments: JSON.parse(texts[0]) as Json,
      result: JSON.parse(texts[1]) as Json,
      truncated: false,
      childRunId: null,
    })
  }
  const run: Run = {
    traceId: 'a'.repeat(32) as TraceId,
    runId: 'b'.repeat(16) as SpanId,
    parentRunId: null,
    name: 'long',
    framework: '',
    language: null,
    conventions: [],
    startTimeUnixNano: 0n,
    durationMs: calls * 200,
    waits: [],
    turns,
    calls: made,
    messages: [{ beforeTurn: 0, role: 'user', text: `Start at ${idOf(0)}, then look around in Oslo and Bergen.` }],
    turnsAfterUser: [],
    promptKnown: true,
    notes: [],
  }
  return { run, payloads }
}

/** mulberry32 (T. Ettinger, public domain): numbers in [0, 1) that depend on the seed alone. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
