// All that is looked for, and where the three bytes of it stand by which the scan finds it.

import { ESCAPE } from './ascii-escapes.ts'
import { BEARER } from './bearer-tokens.ts'
import { CURL } from './curl-passwords.ts'
import { JWT_PREFIX } from './json-web-tokens.ts'
import type { SecretName } from './secret-names.ts'
import { createSieve, frequency, hashOf, type Sieve } from './sieve.ts'

export type Wanted =
  | { readonly kind: 'name'; readonly name: SecretName; readonly offset: number }
  | { readonly kind: 'key'; readonly prefix: Uint8Array; readonly offset: number }
  | { readonly kind: 'jwt'; readonly offset: number }
  | { readonly kind: 'bearer'; readonly offset: number }
  | { readonly kind: 'escape'; readonly offset: number }
  | { readonly kind: 'curl'; readonly offset: number }

export interface WantedTable {
  readonly sieve: Sieve
  /** What may stand around a place of the scan: it begins `offset` before it. May give too much, never too little. */
  at(bytes: Uint8Array, place: number): readonly Wanted[]
}

const NONE: readonly Wanted[] = []

/** `prefixes` are how keys begin. */
export function createWantedTable(names: readonly SecretName[], prefixes: readonly Uint8Array[]): WantedTable {
  const texts = [...names.map(({ bytes }) => bytes), ...prefixes, JWT_PREFIX, BEARER, ESCAPE, CURL]
  const offsets = chooseSequences(texts)
  const all = texts.map((bytes, i) => ({ bytes, wanted: wantedAt(i, offsets[i]!) }))

  function wantedAt(i: number, offset: number): Wanted {
    const name = names[i]
    if (name) return { kind: 'name', name, offset }
    const prefix = prefixes[i - names.length]
    if (prefix) return { kind: 'key', prefix, offset }
    return { kind: (['jwt', 'bearer', 'escape', 'curl'] as const)[i - names.length - prefixes.length]!, offset }
  }

  return {
    sieve: createSieve(all.map(({ bytes, wanted: { offset } }) => bytes.subarray(offset, offset + 3))),
    at: createLookup(all),
  }
}

/**
 * By the hash of the three bytes and by the byte before them: half of all names end in `key`, and most words that do, such
 * as `"key"` itself, are none of them.
 */
function createLookup(all: readonly { readonly bytes: Uint8Array; readonly wanted: Wanted }[]): WantedTable['at'] {
  const byHash: (Wanted[][] | undefined)[] = Array.from({ length: 32_768 }, () => undefined)
  for (const { bytes, wanted } of all) {
    const { offset } = wanted
    const hash = hashOf(bytes[offset]!, bytes[offset + 1]!, bytes[offset + 2]!)
    const byBefore = byHash[hash] ?? Array.from({ length: 32 }, () => [])
    byHash[hash] = byBefore
    // What begins with the three bytes may follow any byte.
    if (offset > 0) byBefore[bytes[offset - 1]! & 31]!.push(wanted)
    else for (const items of byBefore) items.push(wanted)
  }
  return (bytes, place) => {
    const byBefore = byHash[hashOf(bytes[place]!, bytes[place + 1] ?? 0, bytes[place + 2] ?? 0)]
    return byBefore === undefined ? NONE : byBefore[(bytes[place - 1] ?? 0) & 31]!
  }
}

/**
 * Where in each text the three bytes stand by which it is found. They are to be few and rare: again and again those are
 * taken that find the most texts for how often they come in vain (Chvatal's greedy cover, 1979).
 */
function chooseSequences(texts: readonly Uint8Array[]): number[] {
  const offsets: number[] = texts.map(() => -1)
  for (;;) {
    const found = new Map<string, { readonly cost: number; readonly places: [number, number][] }>()
    texts.forEach((bytes, text) => {
      if (offsets[text]! >= 0) return
      for (let i = 0; i + 2 < bytes.length; i++) {
        const [a, b, c] = [bytes[i]!, bytes[i + 1]!, bytes[i + 2]!]
        const sequence = String.fromCharCode(a, b, c)
        const entry = found.get(sequence) ?? { cost: frequency(a) * frequency(b) * frequency(c), places: [] }
        entry.places.push([text, i])
        found.set(sequence, entry)
      }
    })
    if (found.size === 0) return offsets
    const [best] = [...found.values()].toSorted((a, b) => b.places.length / b.cost - a.places.length / a.cost)
    for (const [text, offset] of best!.places) if (offsets[text]! < 0) offsets[text] = offset
  }
}
