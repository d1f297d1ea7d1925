// The labelled corpora, as their folder gives them. Its programs are imported from there and never copied.

import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Span } from '../../analyzer/model/span.ts'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'

export type Part = 'train' | 'dev'

/** A labelled episode. Only the corpora's own programs look further into it. */
export interface Episode {
  readonly id: string
  readonly calls: readonly { readonly id: string }[]
  readonly gold?: unknown
}

/** What is true of two calls, by their positions in the episode; null where the labels leave it open. */
export interface Truth {
  readonly n: number
  verdict(i: number, j: number): 'dependent' | 'independent' | null
  /** Whether control dependence is labelled completely: if not, a pair without a label may still depend. */
  readonly controlKnown: boolean
}

/** Counts behind a score; sums of them over corpora score them together. */
export interface Counts {
  readonly edges: Readonly<Record<string, number>>
  readonly pairs: Readonly<Record<string, number>>
}

export interface Bin {
  readonly from: number
  readonly n: number
  /** Mean confidence and share of right verdicts; null for an empty bin. */
  readonly confidence: number | null
  readonly right: number | null
}

/** What the corpora's own scoring program returns for one file. */
export interface Score {
  readonly corpus: string
  readonly episodes: number
  readonly calls: number
  readonly missingRuns: number
  readonly missingCalls: number
  readonly counts: Counts
  readonly bins: readonly Bin[]
}

export interface Corpus {
  /** Program that prints the naive baseline's report of one file of episodes. */
  readonly baseline: string
  /** Files of episodes of one part, by name. */
  files(part: Part): string[]
  episodesOf(file: string): AsyncIterable<Episode>
  spansOf(episode: Episode): Span[]
  traceIdOf(episode: Episode): string
  spanIdOf(episode: Episode, part: string): string
  truthOf(episode: Episode): Truth
  /** Whether call `to` took a value from the result of call `from`, by their ids; null where the labels leave it open. */
  neededOf(episode: Episode): (from: string, to: string) => boolean | null
  score(episodes: string, report: string, threshold: number): Promise<Score>
}

/** The corpora in `folder`, or undefined if they are not there. */
export async function openCorpus(folder: string): Promise<Corpus | undefined> {
  const program = (name: string) => join(resolve(folder), name)
  if (!existsSync(program('score.mjs')) || !existsSync(program('to-otlp.mjs'))) return undefined
  const { score, truthOf } = await import(pathToFileURL(program('score.mjs')).href)
  const { episodesOf, toSpans, traceIdOf, spanIdOf } = await import(pathToFileURL(program('to-otlp.mjs')).href)
  return {
    baseline: program('baseline.mjs'),
    files: (part) =>
      readdirSync(program(part))
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
        .map((name) => join(program(part), name)),
    episodesOf,
    spansOf: (episode) => decoded(toSpans(episode)),
    traceIdOf,
    spanIdOf,
    truthOf,
    neededOf,
    score,
  }
}

interface Gold {
  readonly edges: readonly (readonly [string, string])[]
  readonly alternatives?: Readonly<Record<string, readonly string[]>>
  readonly equivalent?: readonly (readonly string[])[]
  readonly control?: readonly (readonly [string, string])[]
  readonly conflicts?: readonly (readonly [string, string])[]
  readonly conflicts_soft?: readonly (readonly [string, string])[]
  readonly unknown?: readonly (readonly [string, string])[]
}

/** As scoring has it: an alternative, or an identical call, is as good; what only the order or a choice needs is left open. */
function neededOf({ gold }: Episode): (from: string, to: string) => boolean | null {
  const { edges, alternatives = {}, equivalent = [], ...others } = gold as Gold
  const needed = new Set<string>()
  for (const [from, to] of edges) {
    const same = equivalent.filter((group) => group.includes(from)).flat()
    for (const any of [from, ...same, ...(alternatives[`${from}>${to}`] ?? [])]) needed.add(`${any}>${to}`)
  }
  const left = [others.control, others.conflicts, others.conflicts_soft, others.unknown]
  const open = new Set(left.flatMap((pairs) => (pairs ?? []).map(([from, to]) => `${from}>${to}`)))
  return (from, to) => {
    const pair = `${from}>${to}`
    return needed.has(pair) ? true : open.has(pair) ? null : false
  }
}

function decoded(spans: unknown): Span[] {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'corpus' } }] }
  const request = { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'corpus' }, spans }] }] }
  const read = readOtlpFile(new TextEncoder().encode(JSON.stringify(request)))
  if (!read.ok) throw new Error(`an episode's spans cannot be read: ${read.error}`)
  return [...read.value.spans]
}
