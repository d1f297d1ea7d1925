// Looks through the parts of OTLP/JSON that spans and log records share, without making anything of them: that every
// value has its type, that values do not nest too deep, and where their secrets are.

import { BadData, MAX_NESTING } from './bad-data.ts'
import { int64Of, uint32Of } from './json-fields.ts'
import { type JsonReader, keysOf, NO_KEY } from './json-reader.ts'
import { checkBase64, checkDouble, checkInteger, readString } from './json-scalars.ts'
import { addEdit, type SecretEdit, type SecretFinder } from './secret-edits.ts'

export interface JsonScan {
  readonly json: JsonReader
  readonly secrets: SecretFinder
  /** Of the object that is being looked through. */
  edits: SecretEdit[]
}

/** Reads a string and looks for secrets in it; false for null. */
export function scanString(scan: JsonScan, what: string, secret: boolean): boolean {
  const { json, secrets } = scan
  if (!readString(json, what)) return false
  const text = secrets?.redact(json.bytes, json.start, json.end, secret)
  if (text) addEdit(scan.edits, json.start, json.end, text)
  return true
}

export function scanAttributes(scan: JsonScan, depth = 0, secret = false): void {
  const { json } = scan
  if (!json.array('attributes')) return
  while (json.nextItem()) scanKeyValue(scan, depth, secret)
}

const PAIR = keysOf([['key'], ['value']])

/** The key, which tells whether the value is a secret, may come last. */
function scanKeyValue(scan: JsonScan, depth: number, secret: boolean): void {
  const { json } = scan
  // Also where no value follows: the decoder refuses the pair for its place.
  if (depth > MAX_NESTING) throw new BadData(`an attribute nests deeper than ${MAX_NESTING} levels`)
  if (!json.object('an attribute')) return
  let isSecret = secret
  let hasKey = false
  for (let key = json.nextKey(PAIR); key !== NO_KEY; key = json.nextKey(PAIR)) {
    if (key === 0) {
      if (readString(json, 'key')) isSecret ||= scan.secrets?.isSecretName(json.bytes, json.start, json.end) ?? false
      hasKey = true
    } else if (key === 1) {
      if (!hasKey && scan.secrets !== null) isSecret ||= hasSecretKey(json, scan.secrets)
      scanAnyValue(scan, depth, isSecret)
    } else json.skip()
  }
}

/** Whether a key that comes after the value says that it is a secret. The reader stays where it is. */
function hasSecretKey(json: JsonReader, secrets: NonNullable<SecretFinder>): boolean {
  const place = json.mark()
  let found = false
  json.skip()
  for (let key = json.nextKey(PAIR); key !== NO_KEY; key = json.nextKey(PAIR)) {
    if (key === 0 && readString(json, 'key')) found ||= secrets.isSecretName(json.bytes, json.start, json.end)
    else if (key !== 0) json.skip()
  }
  json.reset(place)
  return found
}

const ANY = keysOf([
  ['stringValue', 'string_value'],
  ['intValue', 'int_value'],
  ['boolValue', 'bool_value'],
  ['doubleValue', 'double_value'],
  ['arrayValue', 'array_value'],
  ['kvlistValue', 'kvlist_value'],
  ['bytesValue', 'bytes_value'],
])
const VALUES = keysOf([['values']])

/** Recursion is as deep as values nest, which is capped. */
export function scanAnyValue(scan: JsonScan, depth: number, secret: boolean): void {
  const { json } = scan
  if (depth > MAX_NESTING) throw new BadData(`an attribute nests deeper than ${MAX_NESTING} levels`)
  if (!json.object('an attribute value')) return
  for (let key = json.nextKey(ANY); key !== NO_KEY; key = json.nextKey(ANY)) {
    switch (key) {
      case 0:
        scanString(scan, 'stringValue', secret)
        break
      case 1:
        checkInteger(json, 'intValue', int64Of)
        break
      case 2:
        checkBoolean(json)
        break
      case 3:
        checkDouble(json, 'doubleValue')
        break
      case 4:
        if (!json.object('arrayValue')) break
        for (let inner = json.nextKey(VALUES); inner !== NO_KEY; inner = json.nextKey(VALUES)) {
          if (inner !== 0) json.skip()
          else if (json.array('arrayValue.values')) while (json.nextItem()) scanAnyValue(scan, depth + 1, secret)
        }
        break
      case 5:
        if (!json.object('kvlistValue')) break
        // One level deeper even if the list is empty, as in the decoder.
        for (let inner = json.nextKey(VALUES); inner !== NO_KEY; inner = json.nextKey(VALUES)) {
          if (inner !== 0) json.skip()
          else scanAttributes(scan, depth + 1, secret)
        }
        break
      case 6:
        scanBytes(scan, secret)
        break
      default:
        json.skip()
    }
  }
}

/** Bytes under the name of a secret stay bytes: those of the marker. */
function scanBytes({ json, secrets, edits }: JsonScan, secret: boolean): void {
  const isString = json.peek() === 'string'
  checkBase64(json, 'bytesValue')
  if (!secret || !isString || secrets === null) return
  const marker = secrets.redact(json.bytes, json.start, json.end, true)
  if (marker) addEdit(edits, json.start, json.end, Buffer.from(Buffer.from(marker).toString('base64')))
}

function checkBoolean(json: JsonReader): void {
  const kind = json.peek()
  if (kind === 'boolean') json.boolean()
  else if (kind === 'null') json.null()
  else throw new BadData('boolValue is not true or false')
}

export const checkCount = (json: JsonReader, what: string): void => checkInteger(json, what, uint32Of)
