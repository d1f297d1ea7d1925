// JSON read in place: a pull parser over UTF-8 bytes that makes no objects and, unless asked, no strings. It refuses what
// JSON.parse refuses. The caller has checked that the bytes are UTF-8.

import { BadData } from './bad-data.ts'
import { MAX_JSON_DEPTH } from './parse-exact-json.ts'
import { createStringEnds } from './string-end.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** 1 for bytes that end the plain part of a string: the quote, the backslash, and control characters. */
const STOPS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 1 : 0,
)

/** Strings up to this length are looked through in place. */
const SHORT = 48

const longStrings = createStringEnds()

/** 1 for what may follow a backslash, but for u. */
const SHORT_ESCAPES = Uint8Array.from({ length: 256 }, (_, byte) =>
  '"\\/bfnrt'.includes(String.fromCharCode(byte)) ? 1 : 0,
)

export const NO_KEY = -1
export const UNKNOWN_KEY = -2

/** The names that one kind of object knows, each with the number that stands for it. */
export type Keys = readonly (readonly Spelling[])[]

interface Spelling {
  readonly name: Uint8Array
  readonly key: number
  /** Of a key with two spellings 0 or 1, for the first and the second; else ONLY_SPELLING. */
  readonly spelling: number
}

const ONLY_SPELLING = -1

/** Keys by length. Those of one inner list are spellings of one key, whose number is its place in the outer list. */
export function keysOf(names: readonly (readonly string[])[]): Keys {
  const byLength: Spelling[][] = []
  for (const [key, spellings] of names.entries()) {
    for (const [i, name] of spellings.entries()) {
      while (byLength.length <= name.length) byLength.push([])
      const spelling = spellings.length === 1 ? ONLY_SPELLING : i
      byLength[name.length]!.push({ name: Buffer.from(name), key, spelling })
    }
  }
  return byLength
}

export type JsonKind = 'string' | 'number' | 'object' | 'array' | 'boolean' | 'null'

interface JsonMark {
  readonly pos: number
  readonly depth: number
  readonly isFresh: boolean
}

export class JsonReader {
  readonly bytes: Uint8Array
  readonly text: Buffer
  pos = 0
  /** The last string or number read: a string without its quotes, still escaped. */
  start = 0
  end = 0
  /** Whether the last string may hold a backslash. */
  isEscaped = false
  /** Whether an object or array was opened and nothing of it was read. */
  private isFresh = false
  private depth = 0
  /** Two sets of keys for each depth: those met in their first spelling, and in their second. */
  private readonly met = new Int32Array(2 * (MAX_JSON_DEPTH + 1))

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    longStrings?.begin()
  }

  /** What comes next. Stands before it afterwards. */
  peek(): JsonKind {
    switch (this.next()) {
      case QUOTE:
        return 'string'
      case OPEN_OBJECT:
        return 'object'
      case OPEN_ARRAY:
        return 'array'
      case 0x74: // t
      case 0x66: // f
        return 'boolean'
      case 0x6e: // n
        return 'null'
      default:
        return 'number'
    }
  }

  /** Opens an object; false for null, which stands for an empty one. Read it with `nextKey` until NO_KEY. */
  object(what: string): boolean {
    return this.open(OPEN_OBJECT, what, 'an object')
  }

  /** Opens an array; false for null, which stands for an empty one. Read it with `nextItem` until false. */
  array(what: string): boolean {
    return this.open(OPEN_ARRAY, what, 'an array')
  }

  /** The next key of the open object, or NO_KEY after the last, which closes it. Stands before the value. */
  nextKey(keys: Keys): number {
    const byte = this.next()
    if (byte === CLOSE_OBJECT) return this.close(NO_KEY)
    if (!this.isFresh) this.expect(COMMA, 'a comma or }')
    this.isFresh = false
    if (this.next() !== QUOTE) throw this.unexpected('a key in quotes')
    this.string()
    const key = this.lookUp(keys)
    if (this.next() !== COLON) throw this.unexpected('a colon')
    this.pos++
    return key
  }

  /** Whether another item follows; false closes the array. Stands before the item. */
  nextItem(): boolean {
    const byte = this.next()
    if (byte === CLOSE_ARRAY) {
      this.close(NO_KEY)
      return false
    }
    if (!this.isFresh) {
      this.expect(COMMA, 'a comma or ]')
      if (this.next() === CLOSE_ARRAY) throw this.unexpected('a value')
    }
    this.isFresh = false
    return true
  }

  /** Moves past a string and leaves its place in `start` and `end`. Expects `peek` to have seen the quote. */
  string(): void {
    const { bytes } = this
    let at = this.pos + 1
    this.start = at
    let isEscaped = false
    let slowUntil = longStrings === null ? bytes.length : at + SHORT
    for (;;) {
      while (STOPS[bytes[at]!] === 0 && at < slowUntil) at++
      if (at >= slowUntil && longStrings !== null) {
        // Short escapes may have been passed over.
        isEscaped = true
        at = longStrings.find(bytes, at)
        slowUntil = at + SHORT
      }
      const byte = bytes[at]
      if (byte === QUOTE) break
      if (byte !== BACKSLASH) {
        if (byte !== undefined && byte >= 0x20) continue
        this.pos = at
        throw this.unexpected('the end of a string')
      }
      isEscaped = true
      if (SHORT_ESCAPES[bytes[at + 1]!] === 1) at += 2
      else at = this.unicodeEscape(at)
    }
    this.isEscaped = isEscaped
    this.end = at
    this.pos = at + 1
  }

  /** Moves past a number and leaves its place in `start` and `end`. */
  number(): void {
    const { bytes, pos } = this
    let at = bytes[pos] === 0x2d ? pos + 1 : pos
    if (bytes[at] === 0x30) at++
    else at = this.digits(at)
    if (bytes[at] === 0x2e) at = this.digits(at + 1)
    if (bytes[at] === 0x65 || bytes[at] === 0x45) {
      at++
      if (bytes[at] === 0x2b || bytes[at] === 0x2d) at++
      at = this.digits(at)
    }
    this.start = pos
    this.end = at
    this.pos = at
  }

  /** Moves past true or false. */
  boolean(): boolean {
    const value = this.bytes[this.pos] === 0x74
    this.word(value ? 'true' : 'false')
    return value
  }

  null(): void {
    this.word('null')
  }

  /** Moves past any value. */
  skip(): void {
    // One bit each: whether what is open is an object. Iterative: a value may nest as deep as the whole text may.
    const open: boolean[] = []
    do {
      const kind = this.peek()
      if (kind === 'object' || kind === 'array') {
        this.open(kind === 'object' ? OPEN_OBJECT : OPEN_ARRAY, 'a value', 'a value')
        open.push(kind === 'object')
      } else this.scalar(kind)
      while (open.length > 0 && !(open.at(-1) ? this.nextKey(NO_KEYS) !== NO_KEY : this.nextItem())) open.pop()
    } while (open.length > 0)
  }

  /** A place to come back to with `reset`. */
  mark(): JsonMark {
    return { pos: this.pos, depth: this.depth, isFresh: this.isFresh }
  }

  reset({ pos, depth, isFresh }: JsonMark): void {
    this.pos = pos
    this.depth = depth
    this.isFresh = isFresh
  }

  /** Expects nothing but blanks up to the end of the text. */
  finish(): void {
    this.next()
    if (this.pos < this.bytes.length) throw this.unexpected('the end')
  }

  /** The last string with its escapes undone, lone surrogates as U+FFFD. */
  decoded(): string {
    if (!this.isEscaped) return this.text.toString('utf8', this.start, this.end)
    const text = JSON.parse(this.text.toString('utf8', this.start - 1, this.end + 1)) as string
    return (text as string & { toWellFormed(): string }).toWellFormed()
  }

  unexpected(wanted: string): BadData {
    if (this.pos >= this.bytes.length) return new BadData(`not JSON: it ends where ${wanted} should be`)
    const found = JSON.stringify(this.text.toString('utf8', this.pos, this.pos + 1))
    return new BadData(`not JSON: ${found} at byte ${this.pos}, where ${wanted} should be`)
  }

  private scalar(kind: JsonKind): void {
    if (kind === 'string') this.string()
    else if (kind === 'number') this.number()
    else if (kind === 'boolean') this.boolean()
    else this.null()
  }

  /** Moves past blanks; the byte there, or -1 at the end. */
  private next(): number {
    const { bytes } = this
    let byte = bytes[this.pos]
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++this.pos]
    return byte ?? -1
  }

  private open(bracket: number, what: string, wanted: string): boolean {
    const byte = this.next()
    if (byte === bracket) {
      if (++this.depth > MAX_JSON_DEPTH) throw new BadData(`JSON nests deeper than ${MAX_JSON_DEPTH} levels`)
      this.pos++
      this.isFresh = true
      this.met[2 * this.depth] = 0
      this.met[2 * this.depth + 1] = 0
      return true
    }
    const kind = this.peek()
    this.skip()
    if (kind === 'null') return false
    throw new BadData(`${what} is ${article(kind)}, expected ${wanted}`)
  }

  private close(result: number): number {
    this.pos++
    this.depth--
    this.isFresh = false
    return result
  }

  private expect(byte: number, wanted: string): void {
    if (this.next() !== byte) throw this.unexpected(wanted)
    this.pos++
  }

  /** First place after the escape that begins at `at`, which is none of the short ones. */
  private unicodeEscape(at: number): number {
    const { bytes } = this
    let isValid = bytes[at + 1] === 0x75 // u
    for (let i = at + 2; i < at + 6; i++) isValid &&= isHexDigit(bytes[i])
    if (isValid) return at + 6
    this.pos = at
    throw this.unexpected('a valid escape')
  }

  /** First place after one or more digits. */
  private digits(from: number): number {
    const { bytes } = this
    let at = from
    while (bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at++
    if (at === from) {
      this.pos = at
      throw this.unexpected('a value')
    }
    return at
  }

  private word(word: string): void {
    for (let i = 0; i < word.length; i++) {
      if (this.bytes[this.pos] !== word.charCodeAt(i)) throw this.unexpected(word)
      this.pos++
    }
  }

  private lookUp(keys: Keys): number {
    const { bytes, start, end } = this
    if (this.isEscaped) return this.lookUpEscaped(keys)
    const candidates = keys[end - start]
    if (candidates === undefined) return UNKNOWN_KEY
    for (let c = 0; c < candidates.length; c++) {
      const candidate = candidates[c]!
      const { name } = candidate
      let i = 0
      while (i < name.length && name[i] === bytes[start + i]) i++
      if (i === name.length) return this.meet(candidate)
    }
    return UNKNOWN_KEY
  }

  private lookUpEscaped(keys: Keys): number {
    const name = Buffer.from(this.decoded())
    const found = keys[name.length]?.find((candidate) => name.equals(candidate.name))
    return found ? this.meet(found) : UNKNOWN_KEY
  }

  /** Both spellings in one object would be two values for one field: which one counts, each reader would say for itself. */
  private meet({ name, key, spelling }: Spelling): number {
    if (spelling === ONLY_SPELLING) return key
    const { met, depth } = this
    met[2 * depth + spelling]! |= 1 << key
    if ((met[2 * depth]! & met[2 * depth + 1]!) !== 0) {
      throw new BadData(`a field is there in two spellings, one of them ${Buffer.from(name).toString()}`)
    }
    return key
  }
}

const NO_KEYS: Keys = []

export const article = (kind: JsonKind): string =>
  kind === 'null' ? 'missing' : kind === 'object' || kind === 'array' ? `an ${kind}` : `a ${kind}`

function isHexDigit(byte: number | undefined): boolean {
  if (byte === undefined) return false
  const letter = byte | 0x20
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66)
}
