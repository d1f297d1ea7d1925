import type { LeafOrigin } from '../model/dependency.ts'
import type { Run } from '../model/run.ts'
import { pathText } from './leaves.ts'
import type { LeafTrace, Match } from './look.ts'
import { matchProbability } from './match-weights.ts'
import type { Provenance } from './provenance.ts'
import { REPORTED_FROM } from './weights.ts'

/** For each argument leaf of each call: where it came from, in words a person reads. Empty where nothing was captured. */
export function leafOrigins(run: Run, provenance: Provenance): LeafOrigin[][] {
  return provenance.calls.map((trace) => {
    if (trace === undefined) return []
    // Matches are listed leaf by leaf.
    let end = 0
    return trace.leaves.map((leaf, index) => {
      const start = end
      while (trace.matches[end]?.leaf === index) end++
      return originOf(run, provenance, leaf, trace.matches.slice(start, end))
    })
  })
}

function originOf(run: Run, provenance: Provenance, leaf: LeafTrace, matches: readonly Match[]): LeafOrigin {
  const path = pathText(leaf.leaf.path)
  const value = leaf.leaf.value
  const needed = matches.filter((match) => match.rival !== 'result' && matchProbability(match) >= REPORTED_FROM)
  if (needed.length > 0) {
    const where = needed.map((match) => `${run.calls[match.from]?.tool} result ${pathText(match.hit.path)}`).join(', ')
    const producers = producersOf(matches)
    return { path, value, origin: 'result', producers, where }
  }
  const document = provenance.documents[leaf.document]
  if (leaf.origin === 'prompt') return { path, value, origin: 'prompt', producers: [], where: 'prompt' }
  if (leaf.origin === 'argument') {
    const tool = run.calls[document?.call ?? -1]?.tool
    const where = tool === undefined ? "the model's own words" : `${tool} arguments`
    return { path, value, origin: 'argument', producers: [], where }
  }
  return { path, value, origin: 'authored', producers: [], where: 'written by the model' }
}

/** Ascending, each once; mostly they are listed so. */
function producersOf(matches: readonly Match[]): number[] {
  const producers = matches.map((match) => match.from)
  if (producers.every((from, i) => i === 0 || (producers[i - 1] as number) < from)) return producers
  return [...new Set(producers)].sort((a, b) => a - b)
}
