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
  let found: TextNumber[] | undefined
  const reader = new TextNumberReader()
  reader.open(text)
  while (reader.read()) {
    const { value, decimals, word, glued } = reader
    if (found === undefined) found = [{ value, decimals, word, glued }]
    else found.push({ value, decimals, word, glued })
  }
  return found ?? NONE
}

const NONE: readonly TextNumber[] = []

const MINUS = 45
const COMMA = 44
const POINT = 46
const SPACE = 32
const ZERO = 48

/** The same one by one: after `open`, call `read` until it returns false. A history has tens of thousands, and few are kept. */
export class TextNumberReader implements TextNumber {
  value = 0
  decimals = 0
  word = ''
  glued = false
  private text = ''
  private at = 0
  private left = 0

  open(text: string): void {
    this.text = text
    this.at = 0
    this.left = text.length > MAX_TEXT ? 0 : MAX_NUMBERS
  }

  read(): boolean {
    const { text } = this
    if (this.left === 0) return false
    // A number begins with a digit, or with a minus before one. To try them only is far cheaper than to search.
    for (let at = digitFrom(text, this.at); at < text.length; at = digitFrom(text, at)) {
      const start = at > 0 && text.charCodeAt(at - 1) === MINUS ? at - 1 : at
      NUMBER.lastIndex = start
      // What the expression would give as groups is read off the text: a list of them per number takes longer than the number.
      if (NUMBER.test(text)) {
        this.at = NUMBER.lastIndex
        this.left--
        this.take(start, at)
        return true
      }
      while (isDigit(text.charCodeAt(at))) at++
    }
    this.at = text.length
    return false
  }

  /** What stands from `start` to before `this.at`, of which the first digit is at `digits`. */
  private take(start: number, digits: number): void {
    const { text } = this
    const until = this.at
    let end = digits
    let value = 0
    let commas = false
    for (; end < until; end++) {
      const code = text.charCodeAt(end)
      if (code === COMMA) commas = true
      else if (isDigit(code)) value = 10 * value + code - ZERO
      else break
    }
    let decimals = 0
    if (end < until && text.charCodeAt(end) === POINT) {
      for (end++; end < until && isDigit(text.charCodeAt(end)); end++) decimals++
    }
    // Up to fifteen digits are added up without rounding.
    if (decimals > 0 || commas) value = Number(text.slice(digits, end).replaceAll(',', ''))
    const hasSpace = end < until && text.charCodeAt(end) === SPACE
    this.value = start < digits ? -value : value
    this.decimals = decimals
    this.glued = end < until && !hasSpace
    this.word = end < until ? text.slice(hasSpace ? end + 1 : end, until) : ''
  }
}

/** The place of the first digit from there on; the length of the text for none. */
function digitFrom(text: string, from: number): number {
  let at = from
  while (at < text.length && !isDigit(text.charCodeAt(at))) at++
  return at
}

const isDigit = (code: number): boolean => code >= 48 && code < 58
