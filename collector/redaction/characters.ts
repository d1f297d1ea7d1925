// Classes of bytes. All of what is looked for is ASCII; a byte of a longer UTF-8 character belongs to no class.

export const QUOTE = 0x22
export const APOSTROPHE = 0x27
export const BACKSLASH = 0x5c
export const COLON = 0x3a
export const EQUALS = 0x3d
export const DASH = 0x2d
export const UNDERSCORE = 0x5f
export const DOT = 0x2e
export const SLASH = 0x2f
export const AT = 0x40
export const SPACE = 0x20
export const NEWLINE = 0x0a

const UPPER = 1
const LOWER = 2
const DIGIT = 4
const TOKEN = 8
const TOKEN68 = 16
const WHITE = 32
const DELIMITER = 64

const CLASSES = new Uint8Array(256)
for (let byte = 0; byte < 128; byte++) {
  const character = String.fromCharCode(byte)
  if (/[A-Z]/.test(character)) CLASSES[byte]! |= UPPER
  if (/[a-z]/.test(character)) CLASSES[byte]! |= LOWER
  if (/[0-9]/.test(character)) CLASSES[byte]! |= DIGIT
  if (/[A-Za-z0-9_-]/.test(character)) CLASSES[byte]! |= TOKEN
  if (/[A-Za-z0-9._~+/=-]/.test(character)) CLASSES[byte]! |= TOKEN68
  if (/[ \t\r\n]/.test(character)) CLASSES[byte]! |= WHITE
  if (/[\s"'`&;,<>(){}|\\]/.test(character)) CLASSES[byte]! |= DELIMITER
}

export const isUpper = (byte: number | undefined): boolean => (CLASSES[byte!]! & UPPER) !== 0
export const isLower = (byte: number | undefined): boolean => (CLASSES[byte!]! & LOWER) !== 0
export const isDigit = (byte: number | undefined): boolean => (CLASSES[byte!]! & DIGIT) !== 0
export const isLetter = (byte: number | undefined): boolean => (CLASSES[byte!]! & (UPPER | LOWER)) !== 0
export const isAlphanumeric = (byte: number | undefined): boolean => (CLASSES[byte!]! & (UPPER | LOWER | DIGIT)) !== 0
/** Letters, digits, `_` and `-`: what keys of services are made of. */
export const isToken = (byte: number | undefined): boolean => (CLASSES[byte!]! & TOKEN) !== 0
/** What may follow `Bearer ` (RFC 7235's token68, with padding anywhere). */
export const isToken68 = (byte: number | undefined): boolean => (CLASSES[byte!]! & TOKEN68) !== 0
export const isWhite = (byte: number | undefined): boolean => (CLASSES[byte!]! & WHITE) !== 0
/** What ends a value that stands without quotes: `password=hunter2&user=...`. */
export const isDelimiter = (byte: number | undefined): boolean => (CLASSES[byte!]! & DELIMITER) !== 0
export const isQuote = (byte: number | undefined): boolean => byte === QUOTE || byte === APOSTROPHE

/** Whether `word`, lower-case ASCII, stands at `at`, in either case. */
export function hasWord(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (at < 0 || at + word.length > end) return false
  for (let i = 0; i < word.length; i++) {
    const byte = bytes[at + i]!
    if ((isUpper(byte) ? byte | 0x20 : byte) !== word[i]) return false
  }
  return true
}
