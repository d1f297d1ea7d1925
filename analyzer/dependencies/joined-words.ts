// Words that are written as one: `src/parser.ts`, `ann@brightwater.io`. Each may have been known by itself, and how they go
// together not: somebody asks for the parser, and a listing says that it is in `parser.ts`.

import type { Look } from './look.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The end of a path, with an extension. Units: a path has no spaces. */
const FILE_NAME = /^\S*[/\\]([^\s/\\]+\.[A-Za-z][A-Za-z0-9]{0,9})$/

/** Longer texts are no name of anything. Units: UTF-16 code units. */
const MAX_NAME = 1_000

/** Per token of a text, 1 where it is written as one with the token before. None are where the tokens cannot be told apart. */
export function joinsIn(text: string, phrase: readonly number[], vocabulary: Vocabulary): Uint8Array {
  const joins = new Uint8Array(phrase.length)
  if (text.length > MAX_NAME) return joins
  let end = 0
  for (const chunk of text.split(/\s+/)) {
    const start = end
    end += vocabulary.countTokens(chunk)
    joins.fill(1, start + 1, end)
  }
  // Such as `1 000`, which is one number.
  return end === phrase.length ? joins : joins.fill(0)
}

/** How many tokens the name of a file has that a path ends with; 0 where it has no more than one, or is all of the text. */
export function fileNameTokens(text: string, vocabulary: Vocabulary): number {
  const name = text.length > MAX_NAME ? undefined : FILE_NAME.exec(text)?.[1]
  const tokens = name === undefined ? 0 : vocabulary.countTokens(name)
  return tokens < 2 ? 0 : tokens
}

/**
 * The first place of the last two of `phrase`, if the same document has all of the neighbours among its last `count` tokens; -1
 * for none.
 * @param first the first visible place of a pattern.
 */
export function placeOfEnd(
  phrase: readonly number[],
  count: number,
  { index }: Pick<Look, 'index'>,
  first: (pattern: number) => number,
): number {
  const pair = (k: number): number => index.pairOf(phrase[k - 1] as number, phrase[k] as number)
  const last = phrase.length - 1
  const entry = first(pair(last))
  if (entry < 0) return -1
  const document = index.documentOf(entry)
  for (let k = last - 1; k > last - count + 1; k--) {
    let other = index.first(pair(k))
    while (other >= 0 && index.documentOf(other) < document) other = index.next(other)
    if (other < 0 || index.documentOf(other) !== document) return -1
  }
  return entry
}
