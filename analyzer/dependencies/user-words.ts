// What the user had said by some turn, asked about pair after pair: each message is read once.

import type { Run } from '../model/run.ts'
import { wordsIn } from './choices.ts'
import type { Leaf } from './leaves.ts'
import { offers } from './offers.ts'
import { once } from './operand-table.ts'
import { rememberedTexts } from './remembered-texts.ts'

/** Who asks so does not know yet what a value of the answer is that stands in the question as well. */
const ASKS = /\b(who|whom|whose|which|where|when|what|find out)\b/i
/** The answer is a name, of what the user may have named among others. */
const ASKS_WHICH = /\b(who|whom|whose|which|where)\b/i

export interface UserWords {
  /** Whether the user asked for something by then. */
  asks(turn: number): boolean
  /** Whether it was asked who, which or where. */
  asksWhich(turn: number): boolean
  /** Whether the value was named as one of two by then. */
  offers(value: string, turn: number): boolean
  /** Whether a word was said, given folded. */
  says(word: string, turn: number): boolean
  /** Whether the leaf's value was said beside its name, or beside another name for it. */
  names(leaf: Leaf, turn: number, name?: string): boolean
}

export function userWords(run: Run): UserWords {
  const messages = run.messages.filter(({ role }) => role === 'user')
  const texts = rememberedTexts()
  /** The last answer about each leaf: it is asked for by one call after the other. */
  const named = new Map<Leaf, { readonly turn: number; readonly answer: boolean }>()
  // Who asks about nothing pays nothing.
  const firsts = once(() => {
    const said = new Map<string, number>()
    let asked = Number.POSITIVE_INFINITY
    let askedWhich = Number.POSITIVE_INFINITY
    for (const { text, beforeTurn } of messages) {
      if (ASKS.test(text)) asked = Math.min(asked, beforeTurn)
      if (ASKS_WHICH.test(text)) askedWhich = Math.min(askedWhich, beforeTurn)
      for (const word of wordsIn(text)) said.set(word, Math.min(said.get(word) ?? beforeTurn, beforeTurn))
    }
    return { said, asked, askedWhich }
  })
  return {
    asks: (turn) => firsts().asked <= turn,
    asksWhich: (turn) => firsts().askedWhich <= turn,
    offers: (value, turn) => messages.some(({ text, beforeTurn }) => beforeTurn <= turn && offers(text, value)),
    says: (word, turn) => {
      const first = firsts().said.get(word)
      return first !== undefined && first <= turn
    },
    names: (leaf, turn, name = leaf.key) => {
      if (name !== leaf.key) {
        const other = { ...leaf, key: name }
        return messages.some(({ text, beforeTurn }) => beforeTurn <= turn && texts.names(text, other))
      }
      const known = named.get(leaf)
      if (known?.turn === turn) return known.answer
      const answer = messages.some(({ text, beforeTurn }) => beforeTurn <= turn && texts.names(text, leaf))
      named.set(leaf, { turn, answer })
      return answer
    },
  }
}
