// Text as the matcher sees it: a row of words and numbers. Everything else (punctuation, space, case, accents, width)
// is gone, so that `Smith, John`, `smith_john` and `SMITH John` are the same two tokens, and `1,200.0` is the number 1200.

/** Longest digit run that a double holds exactly; longer ones are ids and compared as words. */
const MAX_DIGITS = 15

/** Folds what the scanner does not: compatibility forms and accents. ASCII comes back as it is. */
export function fold(text: string): string {
  return isAscii(text) ? text : text.normalize('NFKD').replace(/\p{M}+/gu, '')
}

/** From so many characters on it pays to let the engine copy them. */
const LONG_TEXT = 48

/** Tokens read at once: enough to keep the loop hot, few enough to stay in the cache. */
const CHUNK = 1024

/** Flags of a token: it looks like a name; it holds more than ASCII, so its case folds by table. */
export const PROPER = 1
export const NOT_ASCII = 2

/**
 * Reads a text token by token, in chunks, without allocating: the hot loop of the index. After `open`, call `read` until
 * it returns 0; each time the first so many places of the arrays are the next tokens, as places in `codes`.
 */
export class TokenReader {
  /** Characters of the text: bytes if it is ASCII, else UTF-16 units of the folded text. Reading an array is what is fast. */
  codes: Codes
  readonly starts = new Int32Array(CHUNK)
  readonly ends = new Int32Array(CHUNK)
  /** FNV-1a of the folded word; 0 for numbers. */
  readonly hashes = new Int32Array(CHUNK)
  /** Magnitude, NaN for words. */
  readonly numbers = new Float64Array(CHUNK)
  readonly flags = new Uint8Array(CHUNK)
  private bytes = new Uint8Array(4096)
  private units = new Uint16Array(0)
  private readonly encoder = new TextEncoder()
  private length = 0
  private at = 0
  private sentenceStart = true

  constructor() {
    this.codes = this.bytes
  }

  open(text: string): void {
    const length = text.length
    this.at = 0
    this.length = length
    this.sentenceStart = true
    if (length > this.bytes.length) this.bytes = new Uint8Array(2 * length)
    const { bytes } = this
    this.codes = bytes
    if (length > LONG_TEXT) {
      if (this.encoder.encodeInto(text, bytes).written !== length) this.openWide(text)
      return
    }
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) {
        this.openWide(text)
        return
      }
      bytes[i] = code
    }
  }

  /** A part of `codes` as text, in small letters. */
  word(start: number, end: number): string {
    let text = ''
    for (let at = start; at < end; at += CHUNK) {
      text += String.fromCharCode(...this.codes.subarray(at, Math.min(end, at + CHUNK)))
    }
    return text.toLowerCase()
  }

  read(): number {
    const { codes, length, starts, ends, hashes, numbers, flags } = this
    let { at, sentenceStart } = this
    let count = 0
    while (at < length && count < CHUNK) {
      const first = codes[at] as number
      let kind = first < 128 ? (ASCII_CLASS[first] as number) : classOf(first)
      if (kind === OTHER) {
        const markerEnd = first === 91 ? endOfMarker(codes, at, length) : 0
        if (markerEnd > 0) {
          starts[count] = at
          ends[count] = markerEnd
          hashes[count] = hashOf(codes, at, markerEnd)
          numbers[count] = Number.NaN
          flags[count++] = 0
          at = markerEnd
          sentenceStart = false
          continue
        }
        // . ! ? : newline and quotes open a sentence; a comma or a space does not close one.
        if (first === 46 || first === 33 || first === 63 || first === 58 || first === 10 || first === 34) {
          sentenceStart = true
        }
        at++
        continue
      }
      const start = at
      let digitsOnly = true
      let value = 0
      let flag = 0
      let hash = 0x811c9dc5
      let code = first
      for (;;) {
        if (kind === DIGIT) value = value * 10 + (code - 48)
        else {
          digitsOnly = false
          if (kind === UPPER) code += 32
          else if (code > 127) {
            flag = NOT_ASCII
            code = lowerOf(code)
          }
        }
        hash = Math.imul(hash ^ code, 0x01000193)
        at++
        // Scripts without spaces: one character is one word.
        if (at >= length || kind === IDEOGRAPH) break
        code = codes[at] as number
        kind = code < 128 ? (ASCII_CLASS[code] as number) : classOf(code)
        if (kind === OTHER || kind === IDEOGRAPH) break
      }
      starts[count] = start
      if (digitsOnly && at - start <= MAX_DIGITS) {
        // `1,200` and `12.50` go on after their first digits.
        if (at < length && (codes[at] === 44 || codes[at] === 46)) {
          const end = endOfNumber(codes, start, at, length)
          if (end > at) value = Number(this.word(start, end).replaceAll(',', ''))
          at = end
        }
        hashes[count] = 0
        numbers[count] = value
        flags[count] = 0
      } else {
        hashes[count] = hash
        numbers[count] = Number.NaN
        const capital = first >= 65 && (first <= 90 || (first > 127 && isUpper(first)))
        flags[count] = capital && !sentenceStart ? flag | PROPER : flag
      }
      ends[count++] = at
      sentenceStart = false
    }
    this.at = at
    this.sentenceStart = sentenceStart
    return count
  }

  /** Text beyond ASCII. Most is plain but for typographic quotes and dashes, and needs no folding. */
  private openWide(text: string): void {
    let plain = true
    for (let i = 0; plain && i < text.length; i++) {
      const code = text.charCodeAt(i)
      plain = code < 128 || isPlainMark(code)
    }
    const folded = plain ? text : fold(text)
    if (folded.length > this.units.length) this.units = new Uint16Array(2 * folded.length)
    const { units } = this
    for (let i = 0; i < folded.length; i++) units[i] = folded.charCodeAt(i)
    this.length = folded.length
    this.codes = units
  }
}

/** Calls `onWord` for each word and number of a text, folded and in small letters. For texts that are not worth more. */
export function scanTokens(text: string, onToken: (word: string, number: number) => void): void {
  const reader = spare ?? new TokenReader()
  spare = null
  reader.open(text)
  for (let count = reader.read(); count > 0; count = reader.read()) {
    for (let i = 0; i < count; i++) {
      onToken(reader.word(reader.starts[i] as number, reader.ends[i] as number), reader.numbers[i] as number)
    }
  }
  spare = reader
}

/** A reader that nobody is using: its buffers are worth keeping. */
let spare: TokenReader | null = null

/** Typographic quotes, dashes, dots and the hard space: they separate, whether folded or not. */
const isPlainMark = (code: number): boolean =>
  (code >= 0x2010 && code < 0x2020) || code === 0x2022 || code === 0x2026 || code === 0xa0

/** `[redacted:`, as codes. */
const MARKER_START = Array.from('[redacted:', (letter) => letter.charCodeAt(0))
/** The longest marker; see the collector's redaction. */
const MAX_MARKER_LENGTH = 45

/**
 * The end of a secret's marker such as `[redacted:openai-key:3f9a1c2b]`, or 0. It is one word: markers of two secrets share
 * nothing but how they look, and two of the same secret are alike to the last digit.
 */
function endOfMarker(codes: Codes, at: number, length: number): number {
  for (let k = 0; k < MARKER_START.length; k++) if (codes[at + k] !== MARKER_START[k]) return 0
  const last = Math.min(length, at + MAX_MARKER_LENGTH)
  for (let end = at; end < last; end++) if (codes[end] === 93) return end + 1
  return 0
}

/** As for words: FNV-1a. Markers are small letters. */
function hashOf(codes: Codes, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (codes[i] as number), 0x01000193)
  return hash
}

type Codes = Uint8Array | Uint16Array

const OTHER = 0
const LETTER = 1
const UPPER = 2
const DIGIT = 3
const IDEOGRAPH = 4

const ASCII_CLASS = new Uint8Array(128)
for (let code = 48; code < 58; code++) ASCII_CLASS[code] = DIGIT
for (let code = 65; code < 91; code++) ASCII_CLASS[code] = UPPER
for (let code = 97; code < 123; code++) ASCII_CLASS[code] = LETTER

function classOf(code: number): number {
  if (code < 128) return ASCII_CLASS[code] as number
  // Latin-1 signs, general punctuation and symbols, CJK and full-width punctuation.
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return OTHER
  if (code >= 0x2000 && code < 0x2c00) return OTHER
  if (code >= 0x3000 && code < 0x3040) return OTHER
  // Scripts without spaces: one character is one word.
  if (code >= 0x3040 && code < 0xa000) return IDEOGRAPH
  if (code >= 0xff00 && code < 0xff10) return OTHER
  return LETTER
}

/** `12` of `12.50` or `1,200,000.5` is longer than its first digits. Groups of a list such as `1,20` are not taken. */
function endOfNumber(codes: Codes, start: number, end: number, length: number): number {
  let at = end
  if (end - start <= 3) {
    while (at < length && codes[at] === 44 && digitsAt(codes, at + 1, length) === 3) at += 4
  }
  if (at < length && codes[at] === 46) {
    const decimals = digitsAt(codes, at + 1, length)
    if (decimals > 0) at += 1 + decimals
  }
  return at
}

/** Length of the run of digits at `at`. */
function digitsAt(codes: Codes, at: number, length: number): number {
  let end = at
  while (end < length && classOf(codes[end] as number) === DIGIT) end++
  return end - at
}

const lowerOf = (code: number): number => String.fromCharCode(code).toLowerCase().charCodeAt(0)
const isUpper = (code: number): boolean => lowerOf(code) !== code

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
