// Words that are written as one: `src/parser.ts`, `ann@brightwater.io`. Each may have been known by itself, and how they go
// together not: somebody asks for the parser, and a listing says that it is in `parser.ts`.

import type { Look } from './look.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The end of a path, with an extension. Units: a path has no spaces. */
const FILE_NAME = /^\S*[/\\]([^\s/\\]+\.[A-Za-z][A-Za-z0-9]{0,9})["'`,;)]*$/

/** The last part of a path or an address, or all of the name of a file. */
const PATH_END = /^\S*[/\\]([^\s/\\]+)[/\\]?$|^([^\s/\\]+\.[A-Za-z][A-Za-z0-9]{0,9})$/
const EXTENSION = /\.[A-Za-z][A-Za-z0-9]{0,9}$/

/** Longer texts are no name of anything. Units: UTF-16 code units. */
const MAX_NAME = 1_000

/** What is written without a space, and its tokens: places in the phrase of the whole text. */
export interface Chunk {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** None where the tokens of a text cannot be told apart, such as `1 000`, which is one number; nor of a long text. */
export function chunksIn(text: string, phrase: readonly number[], vocabulary: Vocabulary): Chunk[] {
  const chunks: Chunk[] = []
  if (text.length > MAX_NAME) return chunks
  let end = 0
  for (const chunk of text.split(/\s+/)) {
    const start = end
    end += vocabulary.countTokens(chunk)
    if (end > start) chunks.push({ text: chunk, start, end })
  }
  return end === phrase.length ? chunks : []
}

/** How many tokens the name of a file has that a path ends with; 0 where it has no more than one, or is all of the text. */
export function fileNameTokens({ text, start, end }: Chunk, vocabulary: Vocabulary): number {
  const name = FILE_NAME.exec(text)?.[1]
  const tokens = name === undefined ? 0 : vocabulary.countTokens(name)
  return tokens < 2 || tokens >= end - start ? 0 : tokens
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

/**
 * Whether a path, which nothing holds whole, ends with a name that a result may have told: some result has a word of it, and no
 * prompt and no argument has it as it is. So `src/config.ts` after a file that imports `./config`, and `pages/user` after a list
 * of the pages, though the question was about the config and the user.
 * @param holds whether a result, or anything else, that is visible has the pattern.
 */
export function endMayBeTold(
  { text, start, end: until }: Chunk,
  phrase: readonly number[],
  { index, vocabulary }: Pick<Look, 'index' | 'vocabulary'>,
  holds: (pattern: number, by: 'result' | 'others') => boolean,
): boolean {
  const found = PATH_END.exec(text)
  const name = found?.[1] ?? found?.[2]
  const tokens = name === undefined ? 0 : vocabulary.countTokens(name)
  if (name === undefined || tokens === 0) return false
  const end = phrase.slice(Math.max(start, until - tokens), until)
  const words = end.length > 1 && EXTENSION.test(name) ? end.slice(0, -1) : end
  if (!words.some((word) => holds(word, 'result'))) return false
  if (end.length === 1) return vocabulary.isPlain(end[0] as number)
  return end.some((word, k) => k > 0 && !holds(index.pairOf(end[k - 1] as number, word), 'others'))
}
