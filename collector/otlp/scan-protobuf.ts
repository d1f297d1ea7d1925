// Looks through the parts that spans and log records share, without making anything of them: that they are well-formed,
// that they do not nest too deep, and where their secrets are.

import { BadData, MAX_NESTING } from './bad-data.ts'
import { addEdit, type SecretEdit, type SecretFinder } from './secret-edits.ts'
import { LENGTH, type WireReader } from './wire.ts'

export interface ProtobufScan {
  readonly reader: WireReader
  readonly secrets: SecretFinder
  /** Of the message that is being looked through. */
  edits: SecretEdit[]
}

/** A tag of a length-delimited field. */
const field = (number: number): number => (number << 3) | LENGTH

const KEY = field(1)
const VALUE = field(2)
const STRING = field(1)
const ARRAY = field(5)
const LIST = field(6)
const BYTES = field(7)
const VALUES = field(1)

/** A string whose content is from the reader's place to `end`. Moves past it. */
export function scanString(scan: ProtobufScan, end: number, secret: boolean): void {
  const { reader, secrets } = scan
  const text = secrets?.redact(reader.bytes, reader.pos, end, secret)
  if (text) addEdit(scan.edits, reader.pos, end, text)
  reader.pos = end
}

/** A KeyValue. The key, which tells whether the value is a secret, may come last. */
export function scanKeyValue(scan: ProtobufScan, end: number, depth: number, secret: boolean): void {
  const { reader } = scan
  // Also where no value follows: the decoder refuses the pair for its place.
  if (depth > MAX_NESTING) throw new BadData(`an attribute nests deeper than ${MAX_NESTING} levels`)
  let isSecret = secret
  let lookedAhead = false
  while (reader.pos < end) {
    const tag = reader.tag(end)
    if (tag === KEY) {
      const keyEnd = reader.length(end)
      isSecret ||= scan.secrets?.isSecretName(reader.bytes, reader.pos, keyEnd) ?? false
      lookedAhead = true
      reader.pos = keyEnd
    } else if (tag === VALUE) {
      const valueEnd = reader.length(end)
      if (!lookedAhead) {
        isSecret ||= hasSecretKey(scan, valueEnd, end)
        lookedAhead = true
      }
      scanAnyValue(scan, valueEnd, depth, isSecret)
    } else reader.skip(tag, end)
  }
}

/** Whether a key that comes after the value says that it is a secret. Stays where it is. */
function hasSecretKey({ reader, secrets }: ProtobufScan, from: number, end: number): boolean {
  if (secrets === null) return false
  const { pos } = reader
  let found = false
  reader.pos = from
  while (reader.pos < end) {
    const tag = reader.tag(end)
    if (tag === KEY) {
      const keyEnd = reader.length(end)
      found ||= secrets.isSecretName(reader.bytes, reader.pos, keyEnd)
      reader.pos = keyEnd
    } else reader.skip(tag, end)
  }
  reader.pos = pos
  return found
}

/** An AnyValue. Recursion is as deep as values nest, which is capped. */
export function scanAnyValue(scan: ProtobufScan, end: number, depth: number, secret: boolean): void {
  const { reader } = scan
  if (depth > MAX_NESTING) throw new BadData(`an attribute nests deeper than ${MAX_NESTING} levels`)
  while (reader.pos < end) {
    const tag = reader.tag(end)
    switch (tag) {
      case STRING:
      // What is text in bytes is looked through like any other, and what is none holds no shape of a key.
      case BYTES:
        scanString(scan, reader.length(end), secret)
        break
      case ARRAY: {
        const arrayEnd = reader.length(end)
        while (reader.pos < arrayEnd) {
          const item = reader.tag(arrayEnd)
          if (item === VALUES) scanAnyValue(scan, reader.length(arrayEnd), depth + 1, secret)
          else reader.skip(item, arrayEnd)
        }
        break
      }
      case LIST: {
        const listEnd = reader.length(end)
        while (reader.pos < listEnd) {
          const item = reader.tag(listEnd)
          if (item === VALUES) scanKeyValue(scan, reader.length(listEnd), depth + 1, secret)
          else reader.skip(item, listEnd)
        }
        break
      }
      default:
        reader.skip(tag, end)
    }
  }
}

/** A message of which only the attributes, in field `attributes`, and the strings of the fields in `strings` matter. */
export function scanAttributes(scan: ProtobufScan, end: number, attributes: number, strings: number): void {
  const { reader } = scan
  while (reader.pos < end) {
    const tag = reader.tag(end)
    if (tag === attributes) scanKeyValue(scan, reader.length(end), 0, false)
    else if (tag === strings) scanString(scan, reader.length(end), false)
    else reader.skip(tag, end)
  }
}
