// What spans and log records have in common as rows from OTLP/JSON: where the object's text begins and ends, names, ids, and
// secrets taken out.

import {
  BODY_END,
  BODY_START,
  NAME_END,
  NAME_START,
  NONE,
  PARENT_ID,
  RESOURCE,
  SCOPE,
  SPAN_ID,
  TRACE_ID,
} from '../rows/row-batch.ts'
import type { RowBuilder } from '../rows/row-builder.ts'
import { JsonReader } from './json-reader.ts'
import { type Int64, readString } from './json-scalars.ts'
import { type JsonScan, scanString } from './scan-json.ts'
import type { SecretEdit } from './secret-edits.ts'
import { checkId } from './span-ids.ts'

/** What the readers of one request share. */
export interface JsonReading {
  readonly scan: JsonScan
  readonly json: JsonReader
  readonly builder: RowBuilder
  readonly int64: Int64
}

/** Index of a new row. The object whose text it holds comes next. */
export function startRow({ json, builder, scan }: JsonReading, resource: number, scope: number): number {
  const row = builder.startRow()
  const { rows } = builder
  rows.fill(0, row, row + BODY_START)
  rows[row + TRACE_ID] = NONE
  rows[row + SPAN_ID] = NONE
  rows[row + PARENT_ID] = NONE
  json.peek()
  rows[row + BODY_START] = json.pos
  rows[row + RESOURCE] = resource
  rows[row + SCOPE] = scope
  scan.edits = []
  return row
}

/** The object is read: its text is the row's body, secrets taken out. */
export function finishRow({ json, builder, scan }: JsonReading, row: number): void {
  const { rows } = builder
  rows[row + BODY_END] = json.pos
  if (scan.edits.length === 0) return
  const text = splice(json.bytes, rows[row + BODY_START]!, json.pos, scan.edits)
  const { start, end } = builder.addExtraSlice(text)
  rows[row + BODY_START] = start
  rows[row + BODY_END] = end
}

/** A name is a column too, as the text that the JSON string stands for and without its secrets. */
export function readName(reading: JsonReading, row: number, what: string): void {
  const { json, builder, scan } = reading
  const before = scan.edits.length
  const { rows } = builder
  rows[row + NAME_START] = 0
  rows[row + NAME_END] = 0
  if (!scanString(scan, what, false)) return
  const edit = scan.edits[before]
  if (!edit && !json.isEscaped) {
    rows[row + NAME_START] = json.start
    rows[row + NAME_END] = json.end
    return
  }
  const text = Buffer.from(edit ? unescaped(edit.text) : json.decoded())
  const { start, end } = builder.addExtraSlice(text)
  rows[row + NAME_START] = start
  rows[row + NAME_END] = end
}

function unescaped(text: Uint8Array): string {
  const json = new JsonReader(Buffer.concat([Buffer.from('"'), text, Buffer.from('"')]))
  json.string()
  return json.decoded()
}

/** Position of an id's digits, or NONE if it is absent or all zeros, which the specification calls invalid but well-formed. */
export function readId({ json, builder }: JsonReading, digits: number, what: string): number {
  if (!readString(json, what)) return NONE
  const { bytes, start, end } = json
  if (end === start) return NONE
  if (end - start === digits) {
    let isZero = true
    let at = start
    for (; at < end; at++) {
      const value = HEX[bytes[at]!]!
      if (value === 255) break
      if (value !== 0) isZero = false
    }
    if (at === end) return isZero ? NONE : start
  }
  // Digits may be written as escapes; anything else is refused here.
  const id = checkId(json.decoded(), digits, what)
  return id === '' ? NONE : builder.addExtraSlice(Buffer.from(id)).start
}

/** Values of hex digits; 255 for what is none. */
const HEX = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16)
  return Number.isNaN(value) ? 255 : value
})

/** The text `bytes[start, end)` with its edits made. */
export function splice(bytes: Uint8Array, start: number, end: number, edits: readonly SecretEdit[]): Uint8Array {
  const parts: Uint8Array[] = []
  let from = start
  for (const edit of edits) {
    parts.push(bytes.subarray(from, edit.start), edit.text)
    from = edit.end
  }
  parts.push(bytes.subarray(from, end))
  return Buffer.concat(parts)
}
