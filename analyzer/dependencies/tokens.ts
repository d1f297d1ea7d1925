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

/** Calls `onToken` for each token of a folded text. One pass over the characters, no allocation for words. */
export function scanTokens(text: string, onToken: OnToken): void {
  const length = text.length
  let at = 0
  let sentenceStart = true
  while (at < length) {
    const first = classOf(text.charCodeAt(at))
    if (first === OTHER) {
      const code = text.charCodeAt(at)
      const markerEnd = code === 91 ? endOfMarker(text, at) : 0
      if (markerEnd > 0) {
        onToken(text, at, markerEnd, hashOf(text, at, markerEnd), Number.NaN, false)
        at = markerEnd
        sentenceStart = false
        continue
      }
      // . ! ? : newline and quotes open a sentence; a comma or a space does not close one.
      if (code === 46 || code === 33 || code === 63 || code === 58 || code === 10 || code === 34) sentenceStart = true
      at++
      continue
    }
    const start = at
    let digitsOnly = true
    let hash = 0x811c9dc5
    for (; at < length; at++) {
      let code = text.charCodeAt(at)
      const kind = classOf(code)
      if (kind === OTHER) break
      if (kind === IDEOGRAPH && at > start) break
      if (kind !== DIGIT) digitsOnly = false
      if (kind === UPPER) code += 32
      else if (code > 127) code = lowerOf(code)
      hash = Math.imul(hash ^ code, 0x01000193)
      if (kind === IDEOGRAPH) {
        at++
        break
      }
    }
    if (digitsOnly && at - start <= MAX_DIGITS) {
      at = endOfNumber(text, start, at)
      onToken(text, start, at, 0, Math.abs(Number(text.slice(start, at).replaceAll(',', ''))), false)
    } else {
      const capital = first === UPPER || (first === LETTER && isUpper(text, start))
      onToken(text, start, at, hash >>> 0, Number.NaN, capital && !sentenceStart)
    }
    sentenceStart = false
  }
}

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
