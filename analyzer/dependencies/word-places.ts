import { CHUNK, NUMBER, scanTokens, TokenReader } from './tokens.ts'

/** @param wordAt the k-th word from that place on, undefined behind the end. */
export type OnPlace = (word: string, wordAt: (k: number) => string | undefined) => void

/** Marks by a word's hash, which are looked at first: so many for each wanted word. Few others meet one. */
const MARKS_EACH = 16

/**
 * Finds places of wanted words in texts. The words of a text are only made where their hashes say that they may be wanted:
 * there are many texts, and most of their words are not.
 * @param wanted words as `scanTokens` gives them.
 */
export function wordPlaces(wanted: Iterable<string>): (text: string, onPlace: OnPlace) => void {
  const words = new Set(wanted)
  const marks = new Uint8Array(2 ** Math.ceil(Math.log2(MARKS_EACH * (words.size + 1))))
  const mask = marks.length - 1
  const reader = new TokenReader()
  for (const word of words) {
    reader.open(word)
    for (let count = reader.read(); count > 0; count = reader.read()) {
      for (let i = 0; i < count; i++) marks[markOf(reader, i) & mask] = 1
    }
  }
  let count = 0
  let at = 0
  const wordAt = (k: number): string | undefined =>
    at + k < count ? reader.word(reader.starts[at + k]!, reader.ends[at + k]!) : undefined
  return (text, onPlace) => {
    reader.open(text)
    count = reader.read()
    if (count === CHUNK) {
      inLongText(text, words, onPlace)
      return
    }
    for (at = 0; at < count; at++) {
      if (marks[markOf(reader, at) & mask] === 0) continue
      const word = wordAt(0)!
      if (words.has(word)) onPlace(word, wordAt)
    }
  }
}

/** By what a number is, else by how the word is spelled. */
const markOf = ({ flags, numbers, hashes }: TokenReader, at: number): number =>
  (flags[at]! & NUMBER) === 0 ? hashes[at]! : Math.imul(numbers[at]! * 64, 0x9e3779b1) >>> 12

function inLongText(text: string, wanted: ReadonlySet<string>, onPlace: OnPlace): void {
  const all: string[] = []
  scanTokens(text, (word) => all.push(word))
  all.forEach((word, at) => {
    if (wanted.has(word)) onPlace(word, (k) => all[at + k])
  })
}
