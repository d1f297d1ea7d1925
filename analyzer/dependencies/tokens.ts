// Text as the matcher sees it: a row of words and numbers. Everything else (punctuation, space, case, accents, width)
// is gone, so that `Smith, John`, `smith_john` and `SMITH John` are the same two tokens, and `1,200.0` is the number 1200.

/**
 * Receives one token. `number` is its magnitude, or NaN for a word; `hash` is of the folded word (0 for numbers);
 * `proper` is true for a word that starts with a capital but no sentence: a name, most likely.
 */
export type OnToken = (text: string, start: number, end: number, hash: number, number: number, proper: boolean) => void

/** Longest digit run that a double holds exactly; longer ones are ids and compared as words. */
const MAX_DIGITS = 15

/** Folds what the scanner does not: compatibility forms and accents. ASCII comes back as it is. */
export function fold(text: string): string {
  return isAscii(text) ? text : text.normalize('NFKD').replace(/\p{M}+/gu, '')
}

/** Tokens read at once: enough to keep the loop hot, few enough to stay in the cache. */
const CHUNK = 1024

/** Flags of a token: it looks like a name; it holds more than ASCII, so its case folds by table. */
export const PROPER = 1
export const NOT_ASCII = 2

/**
 * Reads a text token by token, in chunks, without allocating: the hot loop of the index. After `open`, call `read` until
 * it returns 0; each time the first so many places of the arrays are the next tokens, as places in `text`.
 */
export class TokenReader {
  /** What is read, from the first character on that needs folding: folded. Places refer to it until the next `read`. */
  text = ''
  readonly starts = new Int32Array(CHUNK)
  readonly ends = new Int32Array(CHUNK)
  /** FNV-1a of the folded word; 0 for numbers. */
  readonly hashes = new Uint32Array(CHUNK)
  /** Magnitude, NaN for words. */
  readonly numbers = new Float64Array(CHUNK)
  readonly flags = new Uint8Array(CHUNK)
  private at = 0
  private folded = false
  private sentenceStart = true
  /** Text to go on with at the next `read`. */
  private pending: string | null = null

  open(text: string): void {
    this.text = text
    this.pending = null
    this.at = 0
    this.folded = false
    this.sentenceStart = true
  }

  read(): number {
    const { starts, ends, hashes, numbers, flags } = this
    if (this.pending !== null) {
      this.text = this.pending
      this.pending = null
    }
    let { text, at, sentenceStart } = this
    let count = 0
    while (at < text.length && count < CHUNK) {
      const first = text.charCodeAt(at)
      let kind = first < 128 ? (ASCII_CLASS[first] as number) : classOf(first)
      if (kind === OTHER && (first < 128 || isPlainMark(first) || this.folded)) {
        const markerEnd = first === 91 ? endOfMarker(text, at) : 0
        if (markerEnd > 0) {
          starts[count] = at
          ends[count] = markerEnd
          hashes[count] = hashOf(text, at, markerEnd)
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
      do {
        if (code > 127) {
          if (!this.folded) break
          flag = NOT_ASCII
          code = lowerOf(code)
        } else if (kind === UPPER) code += 32
        if (kind === DIGIT) value = value * 10 + (code - 48)
        else digitsOnly = false
        hash = Math.imul(hash ^ code, 0x01000193)
        at++
        if (at >= text.length || kind === IDEOGRAPH) break
        code = text.charCodeAt(at)
        kind = code < 128 ? (ASCII_CLASS[code] as number) : classOf(code)
      } while (kind !== OTHER && kind !== IDEOGRAPH)
      if (code > 127 && !this.folded && (at === start || !isPlainMark(code))) {
        // From the start of this word on, as an accent may follow its letter. Few texts come here, and each once.
        this.folded = true
        text = fold(text.slice(start))
        at = 0
        // What was read so far refers to the text before: hand it out first.
        if (count > 0) {
          this.pending = text
          break
        }
        this.text = text
        continue
      }
      starts[count] = start
      if (digitsOnly && at - start <= MAX_DIGITS) {
        const next = text.charCodeAt(at)
        // `1,200` and `12.50` go on after their first digits.
        if (next === 44 || next === 46) {
          const end = endOfNumber(text, start, at)
          if (end > at) value = Number(text.slice(start, end).replaceAll(',', ''))
          at = end
        }
        hashes[count] = 0
        numbers[count] = value
        flags[count] = 0
      } else {
        hashes[count] = hash >>> 0
        numbers[count] = Number.NaN
        const capital = first >= 65 && (first <= 90 || (first > 127 && isUpper(text, start)))
        flags[count] = capital && !sentenceStart ? flag | PROPER : flag
      }
      ends[count++] = at
      sentenceStart = false
    }
    this.at = at
    this.sentenceStart = sentenceStart
    return count
  }
}

/** Calls `onToken` for each token of a folded text. For the few texts that are not worth a reader of their own. */
export function scanTokens(text: string, onToken: OnToken): void {
  const reader = spare ?? new TokenReader()
  spare = null
  reader.open(text)
  for (let count = reader.read(); count > 0; count = reader.read()) {
    for (let i = 0; i < count; i++) {
      const [start, end] = [reader.starts[i] as number, reader.ends[i] as number]
      const proper = ((reader.flags[i] as number) & PROPER) !== 0
      onToken(reader.text, start, end, reader.hashes[i] as number, reader.numbers[i] as number, proper)
    }
  }
  spare = reader
}

/** A reader that nobody is using: its buffers are worth keeping. */
let spare: TokenReader | null = null

/** Typographic quotes, dashes, dots and the hard space: they separate, whether folded or not. */
const isPlainMark = (code: number): boolean =>
  (code >= 0x2010 && code < 0x2020) || code === 0x2022 || code === 0x2026 || code === 0xa0

/** A word as the index keys it. */
export const foldWord = (text: string, start: number, end: number): string => text.slice(start, end).toLowerCase()

const MARKER_START = '[redacted:'
/** The longest marker; see the collector's redaction. */
const MAX_MARKER_LENGTH = 45

/**
 * The end of a secret's marker such as `[redacted:openai-key:3f9a1c2b]`, or 0. It is one word: markers of two secrets share
 * nothing but how they look, and two of the same secret are alike to the last digit.
 */
function endOfMarker(text: string, at: number): number {
  if (!text.startsWith(MARKER_START, at)) return 0
  const length = text.slice(at, at + MAX_MARKER_LENGTH).indexOf(']') + 1
  return length === 0 ? 0 : at + length
}

/** As for words: FNV-1a. Markers are small letters. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

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
function endOfNumber(text: string, start: number, end: number): number {
  let at = end
  if (end - start <= 3) {
    while (text.charCodeAt(at) === 44 && digitsAt(text, at + 1) === 3) at += 4
  }
  if (text.charCodeAt(at) === 46) {
    const decimals = digitsAt(text, at + 1)
    if (decimals > 0) at += 1 + decimals
  }
  return at
}

/** Length of the run of digits at `at`. */
function digitsAt(text: string, at: number): number {
  let count = 0
  while (classAt(text, at + count) === DIGIT) count++
  return count
}

const classAt = (text: string, at: number): number => (at < text.length ? classOf(text.charCodeAt(at)) : OTHER)
const lowerOf = (code: number): number => String.fromCharCode(code).toLowerCase().charCodeAt(0)
const isUpper = (text: string, at: number): boolean => {
  const letter = text.charAt(at)
  return letter !== letter.toLowerCase()
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
