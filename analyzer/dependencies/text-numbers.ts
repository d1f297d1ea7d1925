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
  /(?<![\p{L}\p{N}_.,:/-])-?(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d+)?(?![-/:.,]?\d)(?:(?: ?)(?=\p{L})(?!(?:st|nd|rd|th|[ex])\b)(\p{L}+))?(?![\p{L}\p{N}_])/gu

/** Numbers of a text in order, the first `MAX_NUMBERS`. */
export function textNumbers(text: string): TextNumber[] {
  const found: TextNumber[] = []
  if (text.length > MAX_TEXT || !/\d/.test(text)) return found
  for (const [all, whole, fraction = '', word = ''] of text.matchAll(NUMBER)) {
    const digits = `${whole}${fraction}`
    const value = Number(digits.replaceAll(',', ''))
    const glued = word !== '' && all.endsWith(`${digits}${word}`)
    found.push({ value: all.startsWith('-') ? -value : value, decimals: Math.max(0, fraction.length - 1), word, glued })
    if (found.length >= MAX_NUMBERS) break
  }
  return found
}
