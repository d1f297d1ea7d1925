// Words are compared without case and marks, so a prompt may seem to say what it does not: `it` is a word of every prompt
// and, from a result, Italian; `team platform` is not yet `team-platform`, which is what a lookup gave.

import type { Json } from '../model/json.ts'
import { isCount, saysCount } from './day-numbers.ts'
import type { HistoryDocument } from './history.ts'
import { COMMON } from './information.ts'
import type { Leaf } from './leaves.ts'
import type { Holders, Look, Needle } from './look.ts'
import { lastWord } from './tool-lexicon.ts'
import { keysOf, valueAt } from './value-at.ts'

/** `one_way`, `BASIC_ECONOMY`: so are the words spelled that a tool's description lets choose from, whoever says them. */
const CHOICE = /^[a-z]+(_[a-z]+)+$/i

/** Letters of a word that means one thing in a sentence and another one alone. */
const SHORT = 2
/** `de` and `la` are such words of other languages, and codes as well. */
const LETTERS = /^[a-z]{1,2}$/i

/** Longer texts are compared word by word only. Units: UTF-16 code units. */
const MAX_NAME = 200

/**
 * `holders` without the prompts and arguments that do not say what `needle` says. The same object, unless a result shows it as it
 * is written and it is:
 * - a short word of every sentence, that a prompt has neither in quotes nor in capitals nor beside the name of the argument;
 * - several words written as one, that a prompt or an argument does not write so.
 */
export function spelledHolders(holders: Holders, { leaf, phrase, pattern }: Needle, look: Look): Holders {
  const { prompts, results } = holders
  const { value } = leaf
  if (results.length > 0 && prompts.length > 0 && typeof value === 'number' && isCount(leaf)) {
    const textOf = (d: number) => (look.documents[d] as HistoryDocument).value
    return fewer(
      holders,
      prompts.filter((d) => {
        const text = textOf(d)
        return typeof text !== 'string' || saysCount(text, value)
      }),
      holders.arguments,
    )
  }
  if (results.length === 0 || typeof value !== 'string' || value.length > MAX_NAME) return holders
  if (prompts.length + holders.arguments.length === 0) return holders
  const textOf = (d: number) => (look.documents[d] as HistoryDocument).value
  if (phrase.length === 1 && (LETTERS.test(value) || (value.length <= SHORT && COMMON.has(value.toLowerCase())))) {
    if (!results.some((entry) => look.index.isWhole(entry) || hasCapitals(value, resultAt(entry, look)))) return holders
    return fewer(
      holders,
      prompts.filter((d) => saysWord(textOf(d), leaf, value, look)),
      holders.arguments.filter((d) => look.texts.lower(textOf(d)).includes(`"${value.toLowerCase()}"`)),
    )
  }
  if (phrase.length < 2 || SPACE.test(value)) return holders
  const spelled = value.toLowerCase()
  let isShown = false
  for (let at = 0; at < results.length && !isShown; at++) isShown = isSpelled(results[at]!, leaf, value, spelled, look)
  if (!isShown) return holders
  return fewer(
    holders,
    spelling(prompts, value, spelled, pattern, look),
    spelling(holders.arguments, value, spelled, pattern, look),
  )
}

const SPACE = /\s/

/** Of these documents, those that spell the value so. The same list where that is all. */
function spelling(
  list: readonly number[],
  value: string,
  spelled: string,
  pattern: number,
  look: Look,
): readonly number[] {
  for (let at = 0; at < list.length; at++) {
    if (!spells(list[at]!, value, spelled, pattern, look)) {
      return list.filter((d, k) => k < at || (k > at && spells(d, value, spelled, pattern, look)))
    }
  }
  return list
}

function spells(document: number, value: string, spelled: string, pattern: number, look: Look): boolean {
  const text = (look.documents[document] as HistoryDocument).value
  if (typeof text === 'string') return look.texts.lower(text).includes(spelled)
  if (isGiven(value, pattern, document, look)) return true
  return look.texts.lower(text).includes(JSON.stringify(spelled).slice(1, -1))
}

/** Whether arguments have the value under a name of their own: what they are as JSON need not be looked through then. */
function isGiven(value: string, pattern: number, document: number, look: Look): boolean {
  const { kind, call } = look.documents[document] as HistoryDocument
  if (kind !== 'arguments' || !ASCII.test(value)) return false
  const leaf = look.argument(call, pattern)?.leaf
  return leaf !== undefined && leaf.value === value && leaf.path !== null && leaf.path.parent === null
}

/** Letters that are small by themselves, whatever stands beside them. */
const ASCII = /^[\x20-\x7e]+$/

function fewer(holders: Holders, prompts: readonly number[], given: readonly number[]): Holders {
  const isSame = prompts.length === holders.prompts.length && given.length === holders.arguments.length
  return isSame ? holders : { ...holders, prompts, arguments: given }
}

/** `US` in a text that is not all in capitals. */
const hasCapitals = (word: string, text: Json | undefined): boolean =>
  typeof text === 'string' &&
  /\p{Lu}/u.test(word) &&
  text !== text.toUpperCase() &&
  new RegExp(`(?<![\\p{L}\\d])${word}(?![\\p{L}\\d])`, 'u').test(text)

/**
 * A choice is spelled by the tool's own description, unless it stands where names stand, or is looked up by a name that a text
 * has: after `config.yaml:3: retry_limit: 5`, a search for `retry_limit`.
 */
function isSpelled(entry: number, leaf: Leaf, value: string, spelled: string, look: Look): boolean {
  const { key, path } = look.index.hitOf(entry)
  const isChoice = CHOICE.test(value)
  const isName = look.index.isWhole(entry)
    ? typeof path?.key === 'number' || NAME_KEY.test(key)
    : LOOKED_UP.has(lastWord(leaf.key).replace(/s$/, ''))
  if (isChoice && !isName) return false
  const at = resultAt(entry, look)
  if (typeof at === 'string') return at.toLowerCase().includes(spelled)
  // The name of a property of what stands there.
  return (
    !isChoice && at !== null && typeof at === 'object' && Object.keys(at).some((name) => name.toLowerCase() === spelled)
  )
}

/** What takes names of things: of functions, tables, metrics, settings. */
const LOOKED_UP = new Set(
  (
    'query q pattern regex term keyword symbol function method identifier name key id table column field metric variable flag ' +
    'option setting'
  ).split(' '),
)

/** What holds the name of a thing. */
const NAME_KEY = /(^|[_-])(id|key|name|slug|login|handle|code|ref)$|[a-z](Id|Key|Name|Slug)$/

function resultAt(entry: number, { index, documents, texts }: Look): Json | undefined {
  const { document, path } = index.hitOf(entry)
  return valueAt((documents[document] as HistoryDocument).value, keysOf(path), texts.opens)
}

/** As a name: `option A`, `"it"`, `from US`. Capitals begin sentences, `I` is who asks, and `a` stands before every noun. */
function saysWord(text: Json, leaf: Leaf, word: string, { texts }: Look): boolean {
  if (typeof text !== 'string' || new RegExp(`["'“‘\`(]${word}["'”’\`)]`).test(text)) return true
  if (word === word.toUpperCase()) return word !== 'I' && new RegExp(`[^\\s.!?]\\s+${word}\\b`).test(text)
  return !/^an?$/i.test(word) && texts.names(text, leaf)
}
