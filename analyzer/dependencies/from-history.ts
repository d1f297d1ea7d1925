// How far other runs of the agent may move what one run shows. Counts are added to what is believed, which weighs as much as
// four runs (`PRIOR_WEIGHT`). The limits are chosen for one reason: wrongly calling two calls independent is the mistake to
// avoid, and another run is another conversation.
//
// - What this run alone shows as dependent never becomes independent: at most unknown.
// - Independent only by five runs or more, none against, of two different tools that only read; never surer than 0.95 where this
//   run alone does not say so.
// - A found flow of values is only ever made likelier by runs; a value that the model writes by itself in most runs proves less.
// - Order that nothing shows (a deed after a read, things that may be the same) is doubted from the first run that did without.

import type { Evidence, Verdict } from '../model/dependency.ts'
import type { Learnt, LearntPair, LearntPath, LearntValue } from '../model/learnt.ts'
import type { Run } from '../model/run.ts'
import { hasBit } from './bit-rows.ts'
import type { Edge } from './edges.ts'
import { edgesOf, type RunEvidence } from './evidence.ts'
import { LearntKeys, pairKey, pathKey, valueKey } from './learnt-keys.ts'
import type { LeafTrace, Match } from './look.ts'
import { type Answers, answersFrom } from './pair-answers.ts'
import { pathText } from './path-node.ts'
import type { Provenance } from './provenance.ts'
import { type PairSituation, type Situations, situationsOf } from './situations.ts'
import { toolNumbers } from './tool-numbers.ts'
import { UNKNOWN, type Verdicts, verdictsOf, wordOf } from './verdicts.ts'
import { PRIOR_WEIGHT, REPORTED_FROM, UNKNOWN_FROM } from './weights.ts'

/** So many runs, none against, before a pair is independent because of them. Chosen. */
const MIN_FREE = 5
/** Nothing that only other runs say is surer. Chosen. */
const SUREST_LEARNT = 0.95

/** The evidence of one run in the light of others. */
export function withHistory(run: Run, alone: RunEvidence, learnt: Learnt): RunEvidence {
  const keys = new LearntKeys()
  const provenance = lessSurprising(run, alone.provenance, learnt.values, keys)
  const paths = new Map(learnt.paths.map((path) => [pathKey(path.from, path.fromPath, path.to, path.toPath), path]))
  const pairOf = pairsOfTools(run, learnt.pairs)
  const { effects, actors, relationOf, spoken, authored, since } = alone
  const isOne = provenance === alone.provenance
  const { edges, unlisted } = isOne ? alone : edgesOf(run, { provenance, actors, relationOf, spoken })
  const doubtedTo = (from: number, to: number, confidence: number): number => {
    const { pair } = pairOf(from, to)
    if (pair === undefined || !relationOf(from, to).guessed) return confidence
    return Math.min(confidence, doubt(confidence, pair, 0))
  }
  return {
    effects,
    actors,
    relationOf,
    provenance,
    edges: edges.map((edge) => {
      if (edge.kind === 'data') return likelier(edge, usualPathOf(run, edge, provenance, paths, keys))
      if (edge.kind !== 'state') return edge
      const confidence = doubtedTo(edge.from, edge.to, edge.confidence)
      return confidence === edge.confidence ? edge : { ...edge, confidence }
    }),
    unlisted: {
      ...unlisted,
      confidence: unlisted.confidence.map((one, k) => doubtedTo(unlisted.from[k]!, unlisted.to[k]!, one)),
    },
    spoken,
    authored,
    since,
  }
}

/** What one run shows by itself. */
export interface Alone {
  readonly evidence: RunEvidence
  readonly situations: Situations
}

/** Answers by this run and by others. */
export function answersWithHistory(run: Run, evidence: RunEvidence, learnt: Learnt, known: Alone): Answers {
  const { situations, verdicts } = verdictsWithHistory(run, evidence, learnt, known)
  return answersFrom(run, evidence, [situations, known.situations], verdicts)
}

/** The same pair by pair, and the situations that others make of the run's. */
export function verdictsWithHistory(
  run: Run,
  evidence: RunEvidence,
  learnt: Learnt,
  known: Alone,
): { readonly situations: Situations; readonly verdicts: Verdicts } {
  const isOneProvenance = evidence.provenance === known.evidence.provenance
  const situations = isOneProvenance ? known.situations.by(evidence) : situationsOf(run, evidence)
  const { suspected } = known.situations
  const { spoken } = evidence
  const alone = verdictsOf(run, known.situations, spoken)
  const pairOf = pairsOfTools(run, learnt.pairs)
  const verdicts: Verdicts = {
    of: (i, j) => {
      if (spoken.any && spoken.word(i, j) !== undefined) return alone.of(i, j)
      const situation = situations.of(i, j)
      if (situation === undefined) return UNKNOWN
      const { word, ifAlike } = revised(situation, pairOf(i, j))
      if (word.verdict !== 'independent') return word
      // Nothing leads here by what others say; if nothing did before, the situation is the one that it was.
      return isOneProvenance && !hasBit(suspected, i, j) ? ifAlike : atMostAlone(word, alone.of(i, j))
    },
    supposing: (i, j, relation, isSuspected, isAlone) => {
      const situation = situations.unled(i, j, relation, isSuspected)
      if (situation === undefined) return UNKNOWN
      const { word, ifAlike } = revised(situation, pairOf(i, j))
      if (word.verdict !== 'independent' || !isAlone) return word
      return isOneProvenance ? ifAlike : atMostAlone(word, alone.supposing(i, j, relation, isSuspected, true))
    },
  }
  return { situations, verdicts }
}

/** What other runs make independent, by what is said without them. */
function atMostAlone(after: Verdict, before: Verdict): Verdict {
  if (before.verdict === 'dependent') return UNKNOWN
  const most = before.verdict === 'independent' ? Math.max(before.confidence, SUREST_LEARNT) : SUREST_LEARNT
  return after.confidence <= most ? after : { verdict: 'independent', confidence: most }
}

/** The word of other runs on pairs in one situation. */
interface Revised {
  readonly word: Verdict
  /** The same at most as sure as the run allows that has them in this situation by itself. */
  readonly ifAlike: Verdict
}

/** What was learnt of two tools, and what it makes of the word on their calls, by the index of the situation: many pairs are in one. */
interface ToolPair {
  readonly pair: LearntPair | undefined
  readonly words: (Revised | undefined)[]
}

function revised(situation: PairSituation, { pair, words }: ToolPair): Revised {
  let found = words[situation.index]
  if (found === undefined) {
    const word = pair === undefined ? situation.word : revisedWord(situation, pair)
    found = { word, ifAlike: word.verdict === 'independent' ? atMostAlone(word, situation.word) : word }
    words[situation.index] = found
  }
  return found
}

function revisedWord(situation: PairSituation, pair: LearntPair): Verdict {
  const { relation, needed } = situation
  if (situation.shown) {
    return situation.hazard && relation?.guessed ? atMost(situation, doubt(needed, pair, 0)) : situation.word
  }
  const free = situation.untold ? pair.freeMadeUp : pair.free + pair.freeMadeUp
  if (relation?.name === 'reads' && pair.needed === 0 && free >= MIN_FREE && free >= pair.after) {
    const left = (PRIOR_WEIGHT * needed) / (PRIOR_WEIGHT + free)
    if (left < UNKNOWN_FROM) return { verdict: 'independent', confidence: 1 - left }
  }
  return atMost(situation, doubt(needed, pair, pair.without))
}

/** Looked up once per two tools. */
function pairsOfTools({ calls }: Run, learnt: readonly LearntPair[]): (i: number, j: number) => ToolPair {
  const pairs = new Map(learnt.map((pair) => [pairKey(pair.earlier, pair.later), pair]))
  const { names: tools, of: toolOf } = toolNumbers(calls)
  const rows: ToolPair[][] = tools.map(() => [])
  return (i, j) => {
    const earlier = toolOf[i]!
    const later = toolOf[j]!
    const row = rows[earlier]!
    let known = row[later]
    if (known === undefined) {
      known = { pair: pairs.get(pairKey(tools[earlier]!, tools[later]!)), words: [] }
      row[later] = known
    }
    return known
  }
}

/** 0.6 after two runs that did without, and none that needed it: (4 * 0.6) / (4 + 2) = 0.4. */
function doubt(believed: number, { needed, free, freeMadeUp }: LearntPair, without: number): number {
  return (PRIOR_WEIGHT * believed + needed) / (PRIOR_WEIGHT + needed + free + freeMadeUp + without)
}

/** Doubt takes a word back, or makes it less sure. It makes nothing independent. */
function atMost(situation: PairSituation, doubted: number): Verdict {
  const { word, needed } = situation
  if (word.verdict !== 'dependent' || doubted >= needed) return word
  return wordOf(situation, doubted).verdict === 'dependent' ? { ...word, confidence: doubted } : UNKNOWN
}

/** (4 * 0.3 + 14) / (4 + 15) = 0.8 for a flow that is 0.3 by itself and was seen in 14 of 15 runs. */
function likelier(edge: Edge, usual: UsualPath | undefined): Edge {
  if (usual === undefined) return edge
  const { path, toPath, fromPath } = usual
  const learnt = (PRIOR_WEIGHT * edge.confidence + path.seen) / (PRIOR_WEIGHT + path.of)
  const confidence = Math.max(edge.confidence, Math.min(SUREST_LEARNT, learnt))
  if (confidence < REPORTED_FROM) return { ...edge, confidence }
  const value = `seen in ${path.seen} of ${path.of} earlier runs`
  const evidence: Evidence = { toPath, fromPath, value, transform: 'none', origin: 'history' }
  return { ...edge, confidence, evidence: [...edge.evidence, evidence] }
}

/** A way that values of this run went, which values of most runs go. */
interface UsualPath {
  readonly path: LearntPath
  readonly fromPath: string
  readonly toPath: string
}

function usualPathOf(
  run: Run,
  edge: Edge,
  provenance: Provenance,
  paths: ReadonlyMap<string, LearntPath>,
  keys: LearntKeys,
): UsualPath | undefined {
  if (paths.size === 0) return undefined
  const [from, to] = [run.calls[edge.from]!.tool, run.calls[edge.to]!.tool]
  let best: UsualPath | undefined
  for (const { leaf, matches } of provenance.calls[edge.to]?.leaves ?? []) {
    for (const match of matches) {
      if (match.from !== edge.from || match.rival !== 'none') continue
      const [fromPath, toPath] = [pathText(match.hit.path), pathText(leaf.path)]
      const path = paths.get(keys.path(from, fromPath, to, toPath))
      if (path !== undefined && path.seen / path.of > (best === undefined ? 0 : best.path.seen / best.path.of)) {
        best = { path, fromPath, toPath }
      }
    }
  }
  return best
}

/** A value that the model writes by itself in most runs says as much as the runs are few in which it does not. */
function lessSurprising(
  run: Run,
  provenance: Provenance,
  values: readonly LearntValue[],
  keys: LearntKeys,
): Provenance {
  if (values.length === 0) return provenance
  const bitsOf = new Map(values.map((one) => [valueKey(one.tool, one.path, one.value), surprise(one)]))
  let changed = false
  const calls = provenance.calls.map((trace, j) => {
    if (trace === undefined) return trace
    const leaves = trace.leaves.map((traced) => {
      if (traced.matches.length === 0) return traced
      const bits = bitsOf.get(keys.value(run.calls[j]!.tool, pathText(traced.leaf.path), traced.leaf.value))
      return bits === undefined ? traced : atMostTelling(traced, bits)
    })
    if (leaves.every((traced, leaf) => traced === trace.leaves[leaf])) return trace
    changed = true
    return { ...trace, leaves }
  })
  return changed ? { ...provenance, calls } : provenance
}

function atMostTelling(trace: LeafTrace, bits: number): LeafTrace {
  if (trace.matches.every((match) => match.bits <= bits)) return trace
  const matches = trace.matches.map(
    (match): Match => (match.bits <= bits ? match : { ...match, bits, probability: Number.NaN }),
  )
  return { ...trace, matches }
}

/** Information content of a value seen in 14 of 15 runs: -log2((14 + 1) / (15 + 2)) = 0.18 bits. */
const surprise = ({ seen, of }: LearntValue): number => -Math.log2((seen + 1) / (of + 2))
