// The questions that are put to every input. Do the hand-written reader and the generated one say the same? Do the columns
// of each row say what its body does? Does taking secrets out change nothing but secrets?

import { isDeepStrictEqual } from 'node:util'
import type { Result } from '../../analyzer/base/result.ts'
import type { LogRecord } from '../../analyzer/model/log.ts'
import { decodeGenerated, decodeGeneratedLogs } from '../../collector/otlp/decode-generated.ts'
import { decodeHand, decodeLogs } from '../../collector/otlp/decode-rows.ts'
import type { DecodedTraces } from '../../collector/otlp/decoded-traces.ts'
import type { Encoding } from '../../collector/otlp/encoding.ts'
import { parseExactJson } from '../../collector/otlp/parse-exact-json.ts'
import { readRows } from '../../collector/otlp/read-rows.ts'
import { LogsRequestType, TraceRequestType } from '../../collector/otlp/schema.ts'
import type { SecretFinder } from '../../collector/otlp/secret-edits.ts'
import { createRedactor } from '../../collector/redaction/redactor.ts'
import { type Columns, columnsOfLog, columnsOfRows, columnsOfSpan } from './row-columns.ts'

/**
 * `repeated field`: of two fields of one name the generated readers never see the first, and a long integer in JSON comes to the
 * decoder behind JSON.parse as text. The hand-written readers may refuse a first field for what is wrong with it, as the
 * OpenTelemetry Collector does, and a number where text should be. Counted only where both agree once the request is rid
 * of the one or the other.
 */
export type Outcome = 'same items' | 'same refusal' | 'repeated field'

export interface Divergence {
  readonly what: string
}

/** One input to a reader should take far less; a hang would take for ever. */
const MAX_MS = 2000

const redactor = createRedactor({ digestKey: new Uint8Array(16) })

export type Signal = 'traces' | 'logs'

/** What two readers of one signal are asked. */
interface Readers {
  readonly hand: (bytes: Uint8Array, encoding: Encoding, secrets: SecretFinder) => Result<unknown>
  readonly generated: (bytes: Uint8Array, encoding: Encoding) => Result<unknown>
  readonly columns: (value: never) => readonly Columns[]
  readonly type: typeof TraceRequestType
}

const READERS: Readonly<Record<Signal, Readers>> = {
  traces: {
    hand: decodeHand,
    generated: decodeGenerated,
    columns: ({ spans }: DecodedTraces) => spans.map(columnsOfSpan),
    type: TraceRequestType,
  },
  logs: {
    hand: decodeLogs,
    generated: decodeGeneratedLogs,
    columns: (logs: readonly LogRecord[]) => logs.map(columnsOfLog),
    type: LogsRequestType,
  },
}

/** Reads `bytes` both ways. A reader that throws instead of refusing, or dawdles, diverges as well. */
export function compare(bytes: Uint8Array, encoding: Encoding, signal: Signal): Outcome | Divergence {
  const readers = READERS[signal]
  const startMs = performance.now()
  try {
    const hand = readers.hand(bytes, encoding, null)
    const elapsedMs = performance.now() - startMs
    if (elapsedMs > MAX_MS) return { what: `the hand-written reader took ${Math.round(elapsedMs)} ms` }
    const generated = readers.generated(bytes, encoding)
    // What ingest takes must be readable later: what passes now and fails then would be answered with 200 and lost.
    const rows = readRows(signal, encoding, bytes, null)
    const redacted = readers.hand(bytes, encoding, redactor)
    const told = { hand, generated, rows, redacted }
    if (new Set(Object.values(told).map(({ ok }) => ok)).size > 1) {
      const isStricter =
        !hand.ok &&
        generated.ok &&
        (encoding === 'json' ? agreeOnPlainJson(bytes, signal) : agreeOnPlainProtobuf(bytes, signal, hand.error))
      return isStricter ? 'repeated field' : { what: whoTook(told) }
    }
    if (!hand.ok || !generated.ok || !rows.ok || !redacted.ok) return 'same refusal'
    if (!isDeepStrictEqual(hand.value, generated.value)) {
      // Two lists of one name: the hand-written reader takes the items of both, as the Collector does.
      const isLarger = encoding === 'json' && withoutRepeatedNames(bytes) !== null && agreeOnPlainJson(bytes, signal)
      return isLarger ? 'repeated field' : differ('items', hand.value, generated.value)
    }
    const columns = [columnsOfRows(rows.value), readers.columns(hand.value as never)] as const
    if (!isDeepStrictEqual(...columns)) return differ('columns', ...columns)
    if (!isRedactionOf(redacted.value, hand.value)) return differ('after redaction', redacted.value, hand.value)
    return 'same items'
  } catch (error) {
    return { what: `a reader threw: ${(error as Error).stack}` }
  }
}

/** What may be wrong with a first field: that it is no id, or nests too deep. */
const OF_ONE_FIELD = /(Id (has|is)|nests deeper)/

function agreeOnPlainProtobuf(bytes: Uint8Array, signal: Signal, error: string): boolean {
  const { type } = READERS[signal]
  if (!OF_ONE_FIELD.test(error)) return false
  let once: Uint8Array
  try {
    once = type.encode(type.decode(bytes)).finish()
  } catch {
    // protobufjs writes less deep than it reads: there is no telling then, and nothing was taken.
    return true
  }
  return once.length < bytes.length && compare(once, 'protobuf', signal) === 'same items'
}

function agreeOnPlainJson(json: Uint8Array, signal: Signal): boolean {
  const once = withoutRepeatedNames(json)
  if (once !== null && typeof compare(once, 'json', signal) === 'string') return true
  const short = withoutLongNumbers(json)
  return short !== null && compare(short, 'json', signal) === 'same refusal'
}

/** A string, with the colon after it if it is a name, or a number. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"(\s*:)?|-?[0-9][0-9.eE+-]*/g

/** The text with 1 for every integer of 16 digits or more; null if it has none. */
function withoutLongNumbers(json: Uint8Array): Uint8Array | null {
  const text = Buffer.from(json).toString('utf8')
  const short = text.replace(STRING_OR_NUMBER, (token) => (/^-?[0-9]{15,}$/.test(token) ? '1' : token))
  return short === text ? null : Buffer.from(short)
}

/** The text with the last of the fields that share a name, in either spelling; null if no two do. */
function withoutRepeatedNames(json: Uint8Array): Uint8Array | null {
  const parsed = parseExactJson(json)
  let names = 0
  for (const [, colon] of Buffer.from(json).toString('utf8').matchAll(STRING_OR_NUMBER))
    if (colon !== undefined) names++
  const open = [parsed]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value === null || typeof value !== 'object') continue
    if (!Array.isArray(value)) {
      for (const key of Object.keys(value)) {
        const camel = key.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())
        if (camel !== key && Object.hasOwn(value, camel)) Reflect.deleteProperty(value, key)
      }
      names -= Object.keys(value).length
    }
    open.push(...Object.values(value))
  }
  return names === 0 ? null : Buffer.from(JSON.stringify(parsed))
}

function whoTook(told: Readonly<Record<string, Result<unknown>>>): string {
  return Object.entries(told)
    .map(([who, result]) => `${who}: ${result.ok ? 'taken' : result.error}`)
    .join('; ')
}

/** Whether the two are equal but for strings of which parts became markers. Iterative: values nest deep. */
function isRedactionOf(redacted: unknown, plain: unknown): boolean {
  const open: [unknown, unknown][] = [[redacted, plain]]
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [a, b] = pair
    if (typeof a === 'string' && typeof b === 'string') {
      if (a !== b && !a.includes('[redacted:') && !Buffer.from(a, 'base64').includes('[redacted:')) return false
    } else if (a instanceof Map && b instanceof Map) {
      if (a.size !== b.size) return false
      for (const [key, value] of b) open.push([a.get(key), value])
    } else if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object') {
      if (!isDeepStrictEqual(Object.keys(a), Object.keys(b))) return false
      for (const key of Object.keys(b)) open.push([Reflect.get(a, key), Reflect.get(b, key)])
    } else if (!Object.is(a, b)) return false
  }
  return true
}

const differ = (what: string, a: unknown, b: unknown): Divergence => ({
  what: `different ${what}\n  ${show(a)}\n  ${show(b)}`,
})

const show = (value: unknown): string =>
  JSON.stringify(value, (_, item) => {
    if (item instanceof Map) return [...item]
    return typeof item === 'bigint' ? `${item}n` : item
  }).slice(0, 1500)
