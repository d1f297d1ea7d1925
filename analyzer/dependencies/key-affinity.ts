// Whether two property names speak of the same thing. A small number proves nothing by itself; `ticket_id: 2` after
// `create_ticket` returned `{"id": 2}` does.

import { wordsOf } from './tool-lexicon.ts'

/** 0: nothing in common. 1: the same last word. 2: the same name, or an id of a thing that the other side names. */
export type Affinity = 0 | 1 | 2

/** Last words of names that say which thing, not what of it. */
const ID_WORDS = new Set([
  'id',
  'ids',
  'key',
  'no',
  'number',
  'code',
  'ref',
  'reference',
  'uuid',
  'guid',
  'handle',
  'token',
])

export interface NamedPlace {
  readonly key: string
  /** Names around it: the tool, the containers. */
  readonly context: readonly string[]
}

/** Whether two names can have anything in common at all, whatever is around them. */
export function mayAgree(a: string, b: string): boolean {
  const last = nameOf(a).at(-1)
  return last !== undefined && last === nameOf(b).at(-1)
}

/** How well an argument's name and a result's property name agree, each in its context. */
export function affinityOf(argument: NamedPlace, property: NamedPlace): Affinity {
  const a = nameOf(argument.key)
  const b = nameOf(property.key)
  if (a.length === 0 || b.length === 0) return 0
  if (a.length === b.length && a.every((word, i) => word === b[i])) return 2
  const last = a[a.length - 1] as string
  if (last !== b[b.length - 1]) return 0
  const [longer, other] = a.length > b.length ? [a, property] : [b, argument]
  if (ID_WORDS.has(last) && Math.min(a.length, b.length) === 1) {
    const things = new Set(other.context.flatMap(nameOf))
    if (longer.slice(0, -1).every((word) => things.has(word))) return 2
  }
  return 1
}

/** Words of a name, each in the singular. */
const nameOf = (name: string): string[] => {
  let words = known.get(name)
  if (words === undefined) {
    words = wordsOf(name).map(singular)
    if (known.size < MAX_KNOWN) known.set(name, words)
  }
  return words
}

const singular = (word: string): string => {
  if (word.length < 4 || word.endsWith('ss')) return word === 'ids' ? 'id' : word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.endsWith('s') ? word.slice(0, -1) : word
}

/** Names repeat from call to call. */
const MAX_KNOWN = 10_000
const known = new Map<string, string[]>()
