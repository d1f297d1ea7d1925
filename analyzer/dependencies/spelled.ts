// Words are compared without case and marks, so a prompt may seem to say what it does not: `it` is a word of every prompt
// and, from a result, Italian; `team platform` is not yet `team-platform`, which is what a lookup gave.

import type { Json } from '../model/json.ts'
import type { HistoryDocument } from './history.ts'
import { COMMON } from './information.ts'
import type { Leaf } from './leaves.ts'
import type { Holders, Look, Needle } from './look.ts'
import { keysOf, valueAt } from './value-at.ts'

/** `one_way`, `BASIC_ECONOMY`: so are the words spelled that a tool's description lets choose from, whoever says them. */
const CHOICE = /^[a-z]+(_[a-z]+)+$/i

/** Letters of a word that means one thing in a sentence and another one alone. */
const SHORT = 2

/** Longer texts are compared word by word only. Units: UTF-16 code units. */
const MAX_NAME = 200

/**
 * `holders` without the prompts and arguments that do not say what `needle` says. The same object, unless a result shows it as it
 * is written and it is:
 * - a short word of every sentence, that a prompt has neither in quotes nor in capitals nor beside the name of the argument;
 * - several words written as one, that a prompt or an argument does not write so.
 */
export function spelledHolders(holders: Holders, { leaf, phrase }: Needle, look: Look): Holders {
  const { prompts, results } = holders
  const { value } = leaf
  if (results.length === 0 || typeof value !== 'string' || value.length > MAX_NAME) return holders
  if (prompts.length + holders.arguments.length === 0) return holders
  const textOf = (d: number) => (look.documents[d] as HistoryDocument).value
  if (phrase.length === 1 && value.length <= SHORT && COMMON.has(value.toLowerCase())) {
    if (!results.some((entry) => look.index.isWhole(entry))) return holders
    const said = prompts.filter((d) => saysWord(textOf(d), leaf, value, look))
    return said.length === prompts.length ? holders : { ...holders, prompts: said }
  }
  if (phrase.length < 2 || /\s/.test(value) || CHOICE.test(value)) return holders
  const spelled = value.toLowerCase()
  // The name of a property is a word of the tool's own, which its description has as well.
  const isShown = results.some((entry) => {
    const text = resultAt(entry, look)
    return typeof text === 'string' && spells(text, spelled)
  })
  if (!isShown) return holders
  const said = prompts.filter((d) => spells(textOf(d), spelled))
  const given = holders.arguments.filter((d) => spells(textOf(d), spelled))
  const isSame = said.length === prompts.length && given.length === holders.arguments.length
  return isSame ? holders : { ...holders, prompts: said, arguments: given }
}

function resultAt(entry: number, { index, documents, texts }: Look): Json | undefined {
  const { document, path } = index.hitOf(entry)
  return valueAt((documents[document] as HistoryDocument).value, keysOf(path), texts.opens)
}

/** Arguments are looked at as JSON. `name` is in small letters. */
function spells(value: Json | undefined, name: string): boolean {
  if (value === undefined) return false
  if (typeof value === 'string') return value.toLowerCase().includes(name)
  return JSON.stringify(value).toLowerCase().includes(JSON.stringify(name).slice(1, -1))
}

/** As a name: `option A`, `"it"`, `from US`. Capitals begin sentences, `I` is who asks, and `a` stands before every noun. */
function saysWord(text: Json, leaf: Leaf, word: string, { texts }: Look): boolean {
  if (typeof text !== 'string' || new RegExp(`["'“‘\`(]${word}["'”’\`)]`).test(text)) return true
  if (word === word.toUpperCase()) return word !== 'I' && new RegExp(`[^\\s.!?]\\s+${word}\\b`).test(text)
  return !/^an?$/i.test(word) && texts.names(text, leaf)
}
