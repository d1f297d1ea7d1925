// Every labelled pair of calls, with the situation that the analyzer sees it in.

import { basename } from 'node:path'
import { evidenceOf } from '../../analyzer/dependencies/evidence.ts'
import { type Situation, situationsOf } from '../../analyzer/dependencies/situations.ts'
import { DEFAULT_OPTIONS } from '../../analyzer/model/options.ts'
import { buildRuns } from '../../analyzer/runs/index.ts'
import type { Corpus, Episode, Part } from '../accuracy/corpus.ts'

export interface LabelledPair {
  readonly corpus: string
  readonly episode: string
  readonly dependent: boolean
  /** False where control dependence is not labelled: the pair may depend although no label says so. */
  readonly controlKnown: boolean
  /** Undefined where the analyzer says nothing whatever was counted. */
  readonly situation: Situation | undefined
  /** For looking at misses. */
  readonly calls: readonly [string, string]
}

export async function labelledPairs(corpus: Corpus, part: Part): Promise<LabelledPair[]> {
  const pairs: LabelledPair[] = []
  for (const file of corpus.files(part)) {
    for await (const episode of corpus.episodesOf(file)) {
      if (episode.gold !== undefined) pairs.push(...pairsOf(corpus, basename(file, '.jsonl'), episode))
    }
  }
  return pairs
}

function pairsOf(corpus: Corpus, name: string, episode: Episode): LabelledPair[] {
  const run = buildRuns(corpus.spansOf(episode))[0]
  if (run === undefined) throw new Error(`episode ${episode.id} gives no run`)
  const truth = corpus.truthOf(episode)
  const positionOf = new Map(episode.calls.map(({ id }, at) => [corpus.spanIdOf(episode, id), at]))
  const situations = situationsOf(run, evidenceOf(run, DEFAULT_OPTIONS))
  const pairs: LabelledPair[] = []
  for (let j = 1; j < run.calls.length; j++) {
    for (let i = 0; i < j; i++) {
      const [a, b] = [i, j].map((index) => positionOf.get(run.calls[index]?.id ?? '') ?? -1) as [number, number]
      const verdict = truth.verdict(Math.min(a, b), Math.max(a, b))
      if (verdict === null) continue
      const known = situations.of(i, j)
      const situation = known?.untold ? undefined : known
      const dependent = verdict === 'dependent'
      const calls = [run.calls[i]?.id ?? '', run.calls[j]?.id ?? ''] as const
      pairs.push({ corpus: name, episode: episode.id, dependent, controlKnown: truth.controlKnown, situation, calls })
    }
  }
  return pairs
}
