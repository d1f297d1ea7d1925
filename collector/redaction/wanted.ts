// All that is looked for, and where the three bytes of it stand by which the scan finds it.

import { ESCAPE } from './ascii-escapes.ts'
import { BEARER } from './bearer-tokens.ts'
import { JWT_PREFIX } from './json-web-tokens.ts'
import type { SecretName } from './secret-names.ts'
import { createSieve, frequency, hashOf, type Sieve } from './sieve.ts'

export type Wanted =
  | { readonly kind: 'name'; readonly name: SecretName; readonly offset: number }
  | { readonly kind: 'key'; readonly prefix: Uint8Array; readonly offset: number }
  | { readonly kind: 'jwt'; readonly offset: number }
  | { readonly kind: 'bearer'; readonly offset: number }
  | { readonly kind: 'escape'; readonly offset: number }

export interface WantedTable {
  readonly sieve: Sieve
  /** What may stand around a place with these three bytes: it begins `offset` before the place. */
  at(first: number, second: number, third: number): readonly Wanted[]
}

const NONE: readonly Wanted[] = []

/** `prefixes` are how keys begin. */
export function createWantedTable(names: readonly SecretName[], prefixes: readonly Uint8Array[]): WantedTable {
  const texts = [...names.map(({ bytes }) => bytes), ...prefixes, JWT_PREFIX, BEARER, ESCAPE]
  const offsets = chooseSequences(texts)
  const all = texts.map((bytes, i) => ({ bytes, wanted: wantedAt(i, offsets[i]!) }))

  function wantedAt(i: number, offset: number): Wanted {
    const name = names[i]
    if (name) return { kind: 'name', name, offset }
    const prefix = prefixes[i - names.length]
    if (prefix) return { kind: 'key', prefix, offset }
    return { kind: (['jwt', 'bearer', 'escape'] as const)[i - names.length - prefixes.length]!, offset }
  }

  const byHash = new Map<number, Wanted[]>()
  for (const { bytes, wanted } of all) {
    const { offset } = wanted
    const hash = hashOf(bytes[offset]!, bytes[offset + 1]!, bytes[offset + 2]!)
    byHash.set(hash, [...(byHash.get(hash) ?? []), wanted])
  }
  return {
    sieve: createSieve(all.map(({ bytes, wanted: { offset } }) => bytes.subarray(offset, offset + 3))),
    at: (first, second, third) => byHash.get(hashOf(first, second, third)) ?? NONE,
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
