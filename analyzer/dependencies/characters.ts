// Characters and rows of them, as the readers of text see them.

/** Typographic quotes, dashes, dots and the hard space: they separate, whether folded or not. */
export const isPlainMark = (code: number): boolean =>
  (code >= 0x2010 && code < 0x2020) || code === 0x2022 || code === 0x2026 || code === 0xa0

/** `[redacted:`, as codes. */
const MARKER_START = Array.from('[redacted:', (letter) => letter.charCodeAt(0))
/** The longest marker; see the collector's redaction. */
const MAX_MARKER_LENGTH = 45

/**
 * The end of a secret's marker such as `[redacted:openai-key:3f9a1c2b]`, or 0. It is one word: markers of two secrets share
 * nothing but how they look, and two of the same secret are alike to the last digit.
 */
export function endOfMarker(codes: Codes, at: number, length: number): number {
  for (let k = 0; k < MARKER_START.length; k++) if (codes[at + k] !== MARKER_START[k]) return 0
  const last = Math.min(length, at + MAX_MARKER_LENGTH)
  for (let end = at; end < last; end++) if (codes[end] === 93) return end + 1
  return 0
}

/** FNV-1a of a token in small letters. */
export function hashOf(codes: Codes, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ lowerOf(codes[i] as number), 0x01000193)
  return hash
}

/** What `readAscii` makes of the same letters and digits. */
export function hashOfPlain(codes: Codes, start: number, end: number): number {
  let hash = 0
  let four = 0
  for (let i = start; i < end; i++) {
    const place = (i - start) & 3
    four |= (FOLDED[codes[i] as number] as number) << (8 * place)
    if (place < 3) continue
    hash = mixed(hash, four)
    four = 0
  }
  return mixed(hash, four)
}

/** One step of a multiplicative hash, four letters at a time. */
export function mixed(hash: number, four: number): number {
  const product = Math.imul(hash ^ four, 0x9e3779b1)
  return product ^ (product >>> 15)
}

/** Makes four letters small, and leaves digits as they are. */
export const SMALL = 0x20202020
export const HIGHEST_BITS = 0x80808080 | 0
/** The first so many of four bytes. */
export const FIRST_BYTES = new Int32Array([0, 0xff, 0xffff, 0xffffff])

export type Codes = Uint8Array | Uint16Array

export const OTHER = 0
const LETTER = 1
const UPPER = 2
export const DIGIT = 3
export const IDEOGRAPH = 4

export const ASCII_CLASS = new Uint8Array(128)
for (let code = 48; code < 58; code++) ASCII_CLASS[code] = DIGIT
for (let code = 65; code < 91; code++) ASCII_CLASS[code] = UPPER
for (let code = 97; code < 123; code++) ASCII_CLASS[code] = LETTER

/** ASCII letters and digits in small letters, 0 for what separates. */
export const FOLDED = new Uint8Array(256)
for (let code = 0; code < 128; code++) if (ASCII_CLASS[code] !== OTHER) FOLDED[code] = code
for (let code = 65; code < 91; code++) FOLDED[code] = code + 32
/** . ! ? : newline and quotes open a sentence; a comma or a space does not close one. */
export const OPENS_SENTENCE = new Uint8Array(256)
for (const mark of '.!?:\n"') OPENS_SENTENCE[mark.charCodeAt(0)] = 1

export function classOf(code: number): number {
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
export function endOfNumber(codes: Codes, start: number, end: number, length: number): number {
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

/** One letter, however it stands: the small form of `ΠΑΤΡΑΣ` ends in the other one than that of its last letter alone. */
export const SIGMA = 'σ'
export const FINAL_SIGMA = 'ς'

const smallOf = (code: number): string => String.fromCharCode(code).toLowerCase()
export const isUpper = (code: number): boolean => smallOf(code).charCodeAt(0) !== code

function lowerOf(code: number): number {
  const letter = smallOf(code)
  return (letter === FINAL_SIGMA ? SIGMA : letter).charCodeAt(0)
}
