// Every pair of calls of which the later one's arguments match the earlier one's result, with the label of its data edge.

import { basename } from 'node:path'
import type { Match } from '../../analyzer/dependencies/look.ts'
import { matchesOf, traceProvenance } from '../../analyzer/dependencies/provenance.ts'
import { buildRuns } from '../../analyzer/runs/index.ts'
import type { Corpus, Episode, Part } from '../accuracy/corpus.ts'

export interface LabelledMatches {
  readonly corpus: string
  readonly episode: string
  readonly needed: boolean
  /** At least one; without those of which another result is the likelier source. */
  readonly matches: readonly Match[]
}

export async function labelledMatches(corpus: Corpus, part: Part): Promise<LabelledMatches[]> {
  const found: LabelledMatches[] = []
  for (const file of corpus.files(part)) {
    for await (const episode of corpus.episodesOf(file)) {
      if (episode.gold !== undefined) found.push(...labelledOf(corpus, basename(file, '.jsonl'), episode))
    }
  }
  return found
}

function labelledOf(corpus: Corpus, name: string, episode: Episode): LabelledMatches[] {
  const run = buildRuns(corpus.spansOf(episode))[0]
  if (run === undefined) throw new Error(`episode ${episode.id} gives no run`)
  const neededOf = corpus.neededOf(episode)
  const idOf = new Map(episode.calls.map(({ id }) => [corpus.spanIdOf(episode, id), id]))
  const found: LabelledMatches[] = []
  traceProvenance(run).calls.forEach((trace, to) => {
    const byProducer = new Map<number, Match[]>()
    for (const match of matchesOf(trace)) {
      if (match.rival !== 'result') byProducer.set(match.from, [...(byProducer.get(match.from) ?? []), match])
    }
    for (const [from, matches] of byProducer) {
      const [a, b] = [from, to].map((call) => idOf.get(run.calls[call]?.id ?? '') ?? '') as [string, string]
      const needed = neededOf(a, b)
      if (needed !== null) found.push({ corpus: name, episode: episode.id, needed, matches })
    }
  })
  return found
}
