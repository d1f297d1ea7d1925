import { mapped } from '../base/mapped.ts'
import type { LeafOrigin } from '../model/dependency.ts'
import type { Run } from '../model/run.ts'
import type { LeafTrace, Match } from './look.ts'
import { matchProbability } from './match-weights.ts'
import { pathText } from './path-node.ts'
import type { Provenance } from './provenance.ts'
import { REPORTED_FROM } from './weights.ts'

/** For each argument leaf of each call: where it came from, in words a person reads. Empty where nothing was captured. */
export function leafOrigins(run: Run, provenance: Provenance): LeafOrigin[][] {
  /** Per number of a leaf, the last of its traces: many calls share what was found of one argument. */
  const traces: LeafTrace[] = []
  const origins: LeafOrigin[] = []
  return mapped(provenance.calls, (trace) => {
    if (trace === undefined) return []
    return trace.leaves.map((leaf) => {
      const { number } = leaf.leaf
      if (traces[number] !== leaf) {
        traces[number] = leaf
        origins[number] = originOf(run, provenance, leaf)
      }
      return origins[number]!
    })
  })
}

function originOf(run: Run, provenance: Provenance, { leaf, origin, document, matches }: LeafTrace): LeafOrigin {
  const path = pathText(leaf.path)
  const { value } = leaf
  let found = ''
  for (const match of matches) {
    if (match.rival === 'result' || matchProbability(match) < REPORTED_FROM) continue
    const place = `${run.calls[match.from]?.tool} result ${pathText(match.hit.path)}`
    found = found === '' ? place : `${found}, ${place}`
  }
  if (found !== '') return { path, value, origin: 'result', producers: producersOf(matches), where: found }
  if (origin === 'prompt') return { path, value, origin: 'prompt', producers: NO_PRODUCERS, where: 'prompt' }
  if (origin === 'argument') {
    const tool = run.calls[provenance.documents[document]?.call ?? -1]?.tool
    const where = tool === undefined ? "the model's own words" : `${tool} arguments`
    return { path, value, origin: 'argument', producers: NO_PRODUCERS, where }
  }
  return { path, value, origin: 'authored', producers: NO_PRODUCERS, where: 'written by the model' }
}

const NO_PRODUCERS: readonly number[] = Object.freeze([])

/** Ascending, each once; mostly they are listed so. */
function producersOf(matches: readonly Match[]): number[] {
  if (matches.length === 1) return [matches[0]!.from]
  const producers = matches.map((match) => match.from)
  if (producers.every((from, i) => i === 0 || (producers[i - 1] as number) < from)) return producers
  return [...new Set(producers)].sort((a, b) => a - b)
}
