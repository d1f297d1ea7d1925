// Files of traces and logs, as tools write them: one export request in JSON (traces in protobuf, too), a JSON array of
// requests, or JSON lines of them (the OpenTelemetry Collector's file exporter; lines of metrics are passed over).

import { err, ok, type Result } from '../../analyzer/base/result.ts'
import type { LogRecord } from '../../analyzer/model/log.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { BadData, catchBadData } from './bad-data.ts'
import { decodeLogsRequest, decodeRequest } from './decode-json.ts'
import { decodeHand } from './decode-rows.ts'
import type { DecodedTraces } from './decoded-traces.ts'
import { parseExactJson } from './parse-exact-json.ts'

const EXPECTED =
  'expected an OTLP ExportTraceServiceRequest: JSON with "resourceSpans", JSON lines of that, or protobuf'

interface Decoded extends DecodedTraces {
  readonly logs: readonly LogRecord[]
}

/**
 * All spans and log records of the file, in its order. The error is a sentence with the line number where there are lines.
 * A span that no id can find is an error too: a file that is judged in part would be judged wrongly.
 */
export function readOtlpFile(bytes: Uint8Array): Result<Telemetry> {
  const first = bytes.findIndex((byte) => !isSpace(byte))
  if (first < 0) return err(`the file is empty; ${EXPECTED}`)
  const asJson = bytes[first] === 0x7b || bytes[first] === 0x5b ? readJson(bytes) : null
  if (asJson?.ok) return asJson
  // A protobuf request starts with 0x0a, which is a line break too, and `{` may be its length.
  if (asJson !== null && bytes[0] !== 0x0a) return asJson
  const asProtobuf = decodeHand(bytes, 'protobuf')
  if (asProtobuf.ok) return contentOf([{ ...asProtobuf.value, logs: [] }])
  return asJson ?? err(`${asProtobuf.error}; ${EXPECTED}`)
}

function readJson(bytes: Uint8Array): Result<Telemetry> {
  const whole = catchBadData(() => parseExactJson(bytes))
  if (whole.ok) return readRequests(Array.isArray(whole.value) ? whole.value : [whole.value])
  const lines = linesOf(bytes)
  // A document spread over lines does not start with a line that is JSON by itself.
  if (lines.length < 2 || !catchBadData(() => parseExactJson(lines[0]!.bytes)).ok)
    return err(withLine(whole.error, bytes))
  const decoded: Decoded[] = []
  for (const line of lines) {
    const request = catchBadData(() => requestOf(parseExactJson(line.bytes)))
    if (!request.ok) return err(`line ${line.number}: ${request.error}`)
    decoded.push(request.value)
  }
  return contentOf(decoded)
}

function readRequests(requests: readonly unknown[]): Result<Telemetry> {
  const decoded: Decoded[] = []
  for (const [i, request] of requests.entries()) {
    const one = catchBadData(() => requestOf(request))
    if (!one.ok) return err(requests.length === 1 ? one.error : `request ${i + 1}: ${one.error}`)
    decoded.push(one.value)
  }
  return contentOf(decoded)
}

/** A request by its own words: any JSON object would decode to no spans, and a wrong file would pass for an empty one. */
function requestOf(value: unknown): Decoded {
  const names = ['resourceSpans', 'resource_spans', 'resourceLogs', 'resource_logs', 'resourceMetrics']
  const isRequest = typeof value === 'object' && value !== null && names.some((name) => Object.hasOwn(value, name))
  if (!isRequest) throw new BadData(`this JSON has no "resourceSpans"; ${EXPECTED}`)
  return { ...decodeRequest(value), logs: decodeLogsRequest(value) }
}

function contentOf(decoded: readonly Decoded[]): Result<Telemetry> {
  const bad = decoded.find(({ rejected }) => rejected > 0)
  if (bad) return err(bad.reason)
  return ok({ spans: decoded.flatMap(({ spans }) => spans), logs: decoded.flatMap(({ logs }) => logs) })
}

/** The lines that are not blank, numbered from 1. */
function linesOf(bytes: Uint8Array): { number: number; bytes: Uint8Array }[] {
  const lines: { number: number; bytes: Uint8Array }[] = []
  let start = 0
  for (let number = 1; start < bytes.length; number++) {
    const found = bytes.indexOf(0x0a, start)
    const end = found < 0 ? bytes.length : found
    const line = bytes.subarray(start, end)
    if (line.some((byte) => !isSpace(byte))) lines.push({ number, bytes: line })
    start = end + 1
  }
  return lines
}

/**
 * Puts the line in front of a message of JSON.parse, which does not always say where it stopped. The text up to the end
 * of a line is either cut off in the middle or wrong already, and stays wrong from then on, so the first wrong line can
 * be found by halving.
 */
function withLine(message: string, bytes: Uint8Array): string {
  const lines = new TextDecoder().decode(bytes).split('\n')
  let fine = 0
  let wrong = lines.length
  while (wrong - fine > 1) {
    const middle = (fine + wrong) >> 1
    if (isCutOff(lines.slice(0, middle).join('\n'))) fine = middle
    else wrong = middle
  }
  return `line ${wrong}: ${message}`
}

/** Whether the start of a document has no fault but that it ends. */
function isCutOff(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    const { message } = error as Error
    const position = /at position (\d+)/.exec(message)?.[1]
    return /end of JSON input|Unterminated string/.test(message) || Number(position) === text.length
  }
}

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
