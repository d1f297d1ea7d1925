import { mapped } from '../base/mapped.ts'
import type { CallEffect } from '../model/dependency.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { type Authored, authoredOf } from './authored.ts'
import { controlEdges } from './control.ts'
import { dataEdges } from './data.ts'
import type { Edge, UnlistedEdges } from './edges.ts'
import { effectsOf } from './effects.ts'
import { argumentLeaves } from './leaves.ts'
import { ledSince } from './led-since.ts'
import type { LeafTrace } from './look.ts'
import { type Mentions, mentionsOf } from './mentions.ts'
import { type Provenance, traceProvenance } from './provenance.ts'
import { type Actor, type RelationOf, relationsOf } from './relations.ts'
import { applyWords, type Spoken, spokenWords, unspoken } from './spoken.ts'
import { stateEdges } from './state.ts'
import { sumsOf } from './suspects.ts'
import { toolConfigs } from './tool-config.ts'
import { serviceOf, subjectsOf } from './tool-lexicon.ts'
import { toolNumbers } from './tool-numbers.ts'

/** All that is known of a run's calls before anything is said of a pair. */
export interface RunEvidence {
  readonly effects: readonly CallEffect[]
  readonly actors: readonly Actor[]
  readonly relationOf: RelationOf
  readonly provenance: Provenance
  /** Data and control too that is below even odds. */
  readonly edges: readonly Edge[]
  readonly unlisted: UnlistedEdges
  readonly spoken: Spoken
  /** Per call. */
  readonly authored: readonly Authored[]
  /** Per call: see `ledSince`. */
  readonly since: Int32Array
}

/** What one run shows by itself. */
export function evidenceOf(run: Run, options: AnalyzeOptions): RunEvidence {
  const configOf = toolConfigs(options.tools)
  const effects = effectsOf(run, options, configOf)
  const tools = toolNumbers(run.calls)
  const names = tools.names.map((tool) => ({ tool, service: serviceOf(tool), subjects: subjectsOf(tool) }))
  const actors = mapped(effects, (own, i): Actor => {
    const { tool, service, subjects } = names[tools.of[i]!]!
    const actor: Actor = { effect: own.effect, resources: own.resources, tool, service, subjects }
    // What the user said is rare, and an object that is spread is slow to make.
    return own.pure === undefined && own.session === undefined ? actor : { ...own, ...actor }
  })
  const provenance = traceProvenance(run)
  const spoken = spokenWords(run, options, configOf)
  const sums = sumsOf(run.calls)
  const authored = mapped(run.calls, (call, j) =>
    authoredOf(call, provenance.calls[j]?.leaves ?? NO_LEAVES, sums[j] === true),
  )
  const mentions: Mentions[] = []
  const relationOf = relationsOf(
    actors,
    (call) => (mentions[call] ??= mentionsOf(argumentLeaves(run.calls)[call] ?? [])),
  )
  const { edges, unlisted } = edgesOf(run, { provenance, actors, relationOf, spoken })
  const since = ledSince(run.calls, actors, authored, sums, edges, unlisted)
  return { effects, actors, relationOf, provenance, edges, unlisted, spoken, authored, since }
}

const NO_LEAVES: readonly LeafTrace[] = []

export function edgesOf(
  run: Run,
  { provenance, actors, relationOf, spoken }: Pick<RunEvidence, 'provenance' | 'actors' | 'relationOf' | 'spoken'>,
): Pick<RunEvidence, 'edges' | 'unlisted'> {
  const { edges, unlisted } = stateEdges(actors, relationOf)
  const found = [...dataEdges(run, provenance), ...edges, ...controlEdges(run, provenance, actors)]
  return { edges: applyWords(found, spoken), unlisted: unspoken(unlisted, spoken) }
}
