import { int32Zeros } from '../base/zeros.ts'
import { compareThings, type ResourceRelation, type Thing, thing } from './resources.ts'

/** What the things of many calls are called, by number. */
export interface ThingNames {
  /** Per resource of each call: the number of what it is called. Those of call c stand from `start[c]` to before `start[c + 1]`. */
  readonly of: Int32Array
  readonly start: Int32Array
  readonly count: number
}

export interface Comparer {
  (i: number, j: number): ResourceRelation
  readonly names: ThingNames
}

/**
 * `compareResources` for calls by their index, one list of resources each. Most pairs share neither a kind nor a name and
 * are told by their marks. Two that name very many things are taken to share one: nothing may be cleared unseen.
 */
export function comparerOf(lists: readonly (readonly string[])[]): Comparer {
  const start = int32Zeros(lists.length + 1)
  for (let call = 0; call < lists.length; call++) start[call + 1] = start[call]! + lists[call]!.length
  const of = int32Zeros(start[lists.length]!)
  const numberOfName = new Map<string, number>()
  const numberOfKind = new Map<string, number>()
  const names = int32Zeros(lists.length)
  const kinds = int32Zeros(lists.length)
  for (let call = 0; call < lists.length; call++) {
    const list = lists[call]!
    for (let at = 0; at < list.length; at++) {
      const { kind, called } = thing(list[at]!)
      const name = numbered(numberOfName, called)
      of[start[call]! + at] = name
      // One bit in 32 for each word, dealt in turn: lists without a common bit have no word in common.
      names[call] = names[call]! | (1 << (name & 31))
      kinds[call] = kinds[call]! | (1 << (numbered(numberOfKind, kind) & 31))
    }
  }
  /** Per call, as far as they were asked for. */
  const things = new Map<number, readonly Thing[]>()
  const thingsOf = (call: number): readonly Thing[] => {
    let own = things.get(call)
    if (own === undefined) {
      own = lists[call]!.map(thing)
      things.set(call, own)
    }
    return own
  }
  const compare = (i: number, j: number): ResourceRelation =>
    (kinds[i]! & kinds[j]!) === 0 && (names[i]! & names[j]!) === 0
      ? 'unknown'
      : compareThings(thingsOf(i), thingsOf(j), 'same')
  return Object.assign(compare, { names: { of, start, count: numberOfName.size } })
}

/** The number of a word, the next one if it has none yet. */
export function numbered(numbers: Map<string, number>, word: string): number {
  let number = numbers.get(word)
  if (number === undefined) {
    number = numbers.size
    numbers.set(word, number)
  }
  return number
}
