import type { Override } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import type { Edge } from './edges.ts'

/** Pairs that the user spoke for, as `i>j` of call indices. The last word on a pair counts. */
export type Spoken = ReadonlyMap<string, 'independent' | 'dependent'>

/** Overrides that name calls of this run; those of other runs are not its business. */
export function spokenPairs(run: Run, overrides: readonly Override[]): Spoken {
  const indexOf = new Map(run.calls.map((call, index) => [call.id, index]))
  const spoken = new Map<string, 'independent' | 'dependent'>()
  for (const override of overrides) {
    if (override.kind === 'effect') continue
    const a = indexOf.get(override.from)
    const b = indexOf.get(override.to)
    if (a === undefined || b === undefined || a === b) continue
    spoken.set(pairKey(Math.min(a, b), Math.max(a, b)), override.kind)
  }
  return spoken
}

/** The user's word beats every inference: direct edges of an `independent` pair go, a `dependent` pair gets a sure one. */
export function applyOverrides(edges: readonly Edge[], spoken: Spoken): Edge[] {
  if (spoken.size === 0) return [...edges]
  const kept = edges.filter((edge) => !spoken.has(pairKey(edge.from, edge.to)))
  for (const [key, word] of spoken) {
    if (word === 'independent') continue
    const [from, to] = key.split('>').map(Number) as [number, number]
    const evidence = [{ toPath: '', fromPath: '', value: null, transform: 'none', origin: 'override' as const }]
    kept.push({ from, to, kind: 'declared', confidence: 1, evidence })
  }
  return kept
}

export const pairKey = (i: number, j: number): string => `${i}>${j}`
