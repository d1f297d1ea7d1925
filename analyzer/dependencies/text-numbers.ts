// Numbers in a text as a person reads them: with the word that stands behind each, also where no space is between the two
// (`40psi`, `Revenue: $5000Expenses: $3000`). To the index such a word is one word, as an id is.

export interface TextNumber {
  readonly value: number
  readonly decimals: number
  /** The word behind it, '' for none. */
  readonly word: string
  /** No space is between the two. */
  readonly glued: boolean
}

/** Longer texts are content: which of their numbers is meant nobody knows. Units: UTF-16 code units. */
const MAX_TEXT = 4000
const MAX_NUMBERS = 40

/** No part of a date, a version, a time or an id. `1st` is a place, `1e5` and `3x7` are something else again. */
const NUMBER =
  /(?<![\p{L}\p{N}_.,:/-])-?(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d+)?(?![-/:.,]?\d)(?:(?: ?)(?=\p{L})(?!(?:st|nd|rd|th|[ex])\b)(\p{L}+))?(?![\p{L}\p{N}_])/uy

/** Numbers of a text in order, the first `MAX_NUMBERS`. */
export function textNumbers(text: string): readonly TextNumber[] {
  if (text.length > MAX_TEXT) return NONE
  let found: TextNumber[] | undefined
  // A number begins with a digit, or with a minus before one. To try them only is far cheaper than to search.
  for (let at = digitFrom(text, 0); at < text.length; at = digitFrom(text, at)) {
    NUMBER.lastIndex = at > 0 && text[at - 1] === '-' ? at - 1 : at
    const match = NUMBER.exec(text)
    if (match === null) {
      while (isDigit(text.charCodeAt(at))) at++
      continue
    }
    at = NUMBER.lastIndex
    found ??= []
    found.push(numberOf(match))
    if (found.length >= MAX_NUMBERS) break
  }
  return found ?? NONE
}

const NONE: readonly TextNumber[] = []

function numberOf([all, whole, fraction = '', word = '']: RegExpExecArray): TextNumber {
  const digits = `${whole}${fraction}`
  const value = Number(digits.replaceAll(',', ''))
  const glued = word !== '' && all.endsWith(`${digits}${word}`)
  return { value: all.startsWith('-') ? -value : value, decimals: Math.max(0, fraction.length - 1), word, glued }
}

/** The place of the first digit from there on; the length of the text for none. */
function digitFrom(text: string, from: number): number {
  let at = from
  while (at < text.length && !isDigit(text.charCodeAt(at))) at++
  return at
}

const isDigit = (code: number): boolean => code >= 48 && code < 58
