// What is asked of the texts of one run again and again, value after value: each text is taken apart once.

import type { Json } from '../model/json.ts'
import type { Leaf } from './leaves.ts'
import { wordsOf } from './tool-lexicon.ts'
import { opens } from './value-at.ts'

/** Words on either side that still speak of a value. */
const NEAR = 3

export interface Texts {
  /** Whether a text has the leaf's value beside a word of the leaf's name: `ticket 2`, `2 quiet nights`, `id: 2`, `room number 2`. */
  names(text: unknown, leaf: Leaf): boolean
  /** In small letters; what is no text as JSON. */
  lower(value: Json): string
  /** See `opens`. */
  opens(value: Json | undefined): Json | undefined
}

/** For one run: what it remembers grows with the texts that are asked about. */
export function rememberedTexts(): Texts {
  const words = new Map<string, TextWords>()
  const opened = new Map<string, Json | undefined>()
  const lowered = new Map<Json, string>()
  return {
    lower: (value) => {
      let text = lowered.get(value)
      if (text === undefined) {
        text = (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase()
        lowered.set(value, text)
      }
      return text
    },
    names: (text, leaf) => {
      if (typeof text !== 'string') return false
      let known = words.get(text)
      if (known === undefined) {
        known = textWords(text)
        words.set(text, known)
      }
      return namesIn(known, leaf)
    },
    opens: (value) => {
      if (typeof value !== 'string') return value
      if (!opened.has(value)) opened.set(value, opens(value))
      return opened.get(value)
    },
  }
}

interface TextWords {
  readonly words: readonly string[]
  readonly places: ReadonlyMap<string, readonly number[]>
  /** By value and name. */
  readonly answers: Map<string, boolean>
}

function textWords(text: string): TextWords {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  const places = new Map<string, number[]>()
  words.forEach((word, place) => {
    const known = places.get(word)
    if (known === undefined) places.set(word, [place])
    else known.push(place)
  })
  return { words, places, answers: new Map() }
}

function namesIn({ words, places, answers }: TextWords, { key, value }: Leaf): boolean {
  const word = String(value).toLowerCase()
  const at = places.get(word)
  if (at === undefined) return false
  const question = `${word} ${key}`
  const known = answers.get(question)
  if (known !== undefined) return known
  const names = new Set(wordsOf(key))
  const answer = at.some((place) => isNamedAt(place, words, names))
  answers.set(question, answer)
  return answer
}

function isNamedAt(place: number, words: readonly string[], names: ReadonlySet<string>): boolean {
  if (words.slice(place + 1, place + NEAR + 1).some((near) => names.has(near))) return true
  const before = words.slice(Math.max(0, place - NEAR), place).reverse()
  const named = before.findIndex((near) => names.has(near))
  // `a room for 2 adults` names no room.
  return named >= 0 && !before.slice(0, named).some((between) => between === 'for')
}
