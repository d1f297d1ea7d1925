// Words that are written as one: `src/parser.ts`, `ann@brightwater.io`. Each may have been known by itself, and how they go
// together not: somebody asks for the parser, and a listing says that it is in `parser.ts`.

import type { Look } from './look.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The end of a path, with an extension. Units: a path has no spaces. */
const FILE_NAME = /^\S*[/\\]([^\s/\\]+\.[A-Za-z][A-Za-z0-9]{0,9})["'`,;)]*$/

/** The last part of a path or an address, or all of the name of a file. */
const PATH_END = /^\S*[/\\]([^\s/\\]+)[/\\]?$|^([^\s/\\]+\.[A-Za-z][A-Za-z0-9]{0,9})$/
const SPACE = /\s/
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
export function chunksIn(text: string, phrase: readonly number[], vocabulary: Vocabulary): readonly Chunk[] {
  if (text.length > MAX_NAME) return NO_CHUNKS
  // Most names have no space: all of their tokens are those of the phrase.
  if (!SPACE.test(text)) return phrase.length === 0 ? NO_CHUNKS : [{ text, start: 0, end: phrase.length }]
  const chunks: Chunk[] = []
  let end = 0
  for (const chunk of text.split(/\s+/)) {
    const start = end
    end += vocabulary.countTokens(chunk)
    if (end > start) chunks.push({ text: chunk, start, end })
  }
  return end === phrase.length ? chunks : NO_CHUNKS
}

export const NO_CHUNKS: readonly Chunk[] = []

/** The name of a file that a path ends with, and how many tokens it has; null where it has no more than one, or is all of the text. */
export function fileNameIn(
  { text, start, end }: Chunk,
  vocabulary: Vocabulary,
): { readonly name: string; readonly count: number } | null {
  const name = FILE_NAME.exec(text)?.[1]
  if (name === undefined) return null
  const count = vocabulary.countTokens(name)
  return count < 2 || count >= end - start ? null : { name, count }
}

/**
 * The first place of the last two tokens before `end`, in a document that has all of the neighbours among the last `count`; -1 for none.
 * @param isAmong which documents count.
 */
export function placeOfEnd(
  phrase: readonly number[],
  end: number,
  count: number,
  { index }: Pick<Look, 'index'>,
  isAmong: (document: number) => boolean,
): number {
  for (let entry = firstOfPair(index, phrase, end - 1); entry >= 0; entry = index.next(entry)) {
    const document = index.documentOf(entry)
    if (!isAmong(document)) continue
    let hasAll = true
    for (let k = end - 2; hasAll && k > end - count; k--) {
      let other = firstOfPair(index, phrase, k)
      while (other >= 0 && index.documentOf(other) < document) other = index.next(other)
      hasAll = other >= 0 && index.documentOf(other) === document
    }
    if (hasAll) return entry
  }
  return -1
}

/** The first place of the k-th token after the one before it. */
function firstOfPair(index: Look['index'], phrase: readonly number[], k: number): number {
  const pair = index.pairOf(phrase[k - 1] as number, phrase[k] as number)
  return pair < 0 ? -1 : index.first(pair)
}

/**
 * Whether a path, which nothing holds whole, ends with a name that a result may have told: some result has a word of it, and no
 * prompt and no argument has it as it is. So `src/config.ts` after a file that imports `./config`, and `pages/user` after a list
 * of the pages, though the question was about the config and the user.
 * @param mayTell whether a result that is visible may have a token.
 * @param isSaidBy whether a document is visible and no result, and has the name as it is written.
 */
export function endMayBeTold(
  { text, start, end: until }: Chunk,
  phrase: readonly number[],
  look: Pick<Look, 'index' | 'vocabulary'>,
  mayTell: (token: number) => boolean,
  isSaidBy: (document: number, name: string) => boolean,
): boolean {
  const found = PATH_END.exec(text)
  const name = found?.[1] ?? found?.[2]
  const tokens = name === undefined ? 0 : look.vocabulary.countTokens(name)
  if (name === undefined || tokens === 0) return false
  const end = phrase.slice(Math.max(start, until - tokens), until)
  const words = end.length > 1 && EXTENSION.test(name) ? end.slice(0, -1) : end
  if (!words.some(mayTell)) return false
  if (end.length === 1) return look.vocabulary.isPlain(end[0] as number)
  return placeOfEnd(phrase, until, end.length, look, (document) => isSaidBy(document, name)) < 0
}
