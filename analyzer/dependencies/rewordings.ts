// A question put again in fewer or in more words: whoever does so had read what the first one came to.

import { mapped } from '../base/mapped.ts'
import type { Run } from '../model/run.ts'
import { COMMON } from './information.ts'
import { argumentLeaves, type Leaf } from './leaves.ts'
import { scanTokens } from './scan-tokens.ts'
import { toolNumbers } from './tool-numbers.ts'

/** One word is asked about in many ways: `Oslo`, then `Oslo airport`. */
const MIN_SHARED = 2
/** Texts of more words are content. */
const MAX_WORDS = 24
/** A word that so many questions to a tool have tells none of them apart: `population` of a hundred towns. */
const MAX_ASKED = 32

/**
 * Per call: the earlier calls of its tool, ascending, that were asked the same with words left out or added (`leave carry over
 * 2031`, then `carry over leave`). Questions are the one text of several words among a call's arguments. Time: words of questions
 * x `MAX_ASKED`.
 */
export function rewordingsOf({ calls }: Pick<Run, 'calls'>): readonly (readonly number[])[] {
  const leaves = argumentLeaves(calls)
  const { names, of: toolOf } = toolNumbers(calls)
  /** Per tool, by word: the calls that ask with it. */
  const asking = names.map(() => new Map<string, number[]>())
  const questions: Question[] = []
  return mapped(calls, (_, j) => {
    const { text, words } = questionIn(leaves[j]!)
    questions.push({ text, words })
    const found: number[] = []
    for (const [i, shared] of sharedWith(words, j, asking[toolOf[j]!]!)) {
      const other = questions[i]!
      // Word for word the same is asked of something else: `uname -r` on each host.
      if (other.text === text || shared < MIN_SHARED) continue
      if (shared === Math.min(words.size, other.words.size)) found.push(i)
    }
    return found.length === 0 ? NONE : found.sort((a, b) => a - b)
  })
}

const NONE: readonly number[] = []

/** How many of the words each call before j asked with as well; j is among those that ask from now on. */
function sharedWith(words: ReadonlySet<string>, j: number, asking: Map<string, number[]>): ReadonlyMap<number, number> {
  const shared = new Map<number, number>()
  for (const word of words) {
    const others = asking.get(word)
    if (others === undefined) asking.set(word, [j])
    else if (others.length < MAX_ASKED) {
      for (const i of others) shared.set(i, (shared.get(i) ?? 0) + 1)
      others.push(j)
    }
  }
  return shared
}

/** What stands for something in a formula. */
const LETTER = /^[a-z]$/

interface Question {
  readonly text: string
  readonly words: ReadonlySet<string>
}

const NO_QUESTION: Question = { text: '', words: new Set() }

function questionIn(args: readonly Leaf[]): Question {
  let text = ''
  for (const { value } of args) {
    if (typeof value !== 'string' || !value.includes(' ')) continue
    if (text !== '') return NO_QUESTION
    text = value
  }
  if (text === '') return NO_QUESTION
  const words = new Set<string>()
  let symbols = 0
  scanTokens(text, (word, number) => {
    if (COMMON.has(word) || words.has(word)) return
    words.add(word)
    if (!Number.isNaN(number) || LETTER.test(word)) symbols++
  })
  // A formula, and the next: `3 * x + 2`, then `5 * x + 3 * y + 2`.
  if (2 * symbols >= words.size) return NO_QUESTION
  return words.size > MAX_WORDS ? NO_QUESTION : { text, words }
}
