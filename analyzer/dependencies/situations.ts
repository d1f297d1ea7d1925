// What is known of a pair of calls, as one of a few named situations. How often a pair in such a situation does depend is
// counted on labelled runs (`pair-table.ts`); `prior` is what was held before counting, and weighs against small counts.

import { mapped } from '../base/mapped.ts'
import { float64s, int32s } from '../base/typed-lists.ts'
import type { Verdict } from '../model/dependency.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import { type BitRows, hasBit } from './bit-rows.ts'
import type { RunEvidence } from './evidence.ts'
import { PAIR_TABLE } from './pair-table.ts'
import { isQuoting } from './provenance.ts'
import { type Paths, pathsOf } from './reach.ts'
import type { Relation } from './relations.ts'
import { type Suspects, sumsOf, suspectsOf } from './suspects.ts'
import { wordOf } from './verdicts.ts'
import { REPORTED_FROM, situationProbability } from './weights.ts'

export interface Situation {
  /** Words that a person can read, and the key of the table. */
  readonly name: string
  /** P(the later call needs the earlier one) before counting. */
  readonly prior: number
  /** A path of edges shows it, or a hazard. Without, the pair only is of a kind that often depends. */
  readonly shown?: true | undefined
  /** Order matters to the world, as far as is known of the things that both touch. */
  readonly hazard?: true | undefined
  /** One run says nothing of such pairs. Others may. */
  readonly untold?: true | undefined
}

/** The situation of pairs of one run. */
export interface PairSituation extends Situation {
  /** Its place among those of the run. */
  readonly index: number
  /** P(the later call needs the earlier one), by what became of such pairs. */
  readonly needed: number
  /** What the run says of them. */
  readonly word: Verdict
  /** How they get in each other's way; null where a path says more. */
  readonly relation: Relation | null
}

/**
 * What a read was given. `quotes results`: text that takes words from results, though not all from one; whoever wrote it had
 * read them, and may have read more.
 */
export type Given = 'no arguments' | 'quotes results' | 'all explained'

/** P(needed though no evidence was found), before counting: a call without arguments may hang on anything. */
const RISK: Readonly<Record<Given, number>> = { 'no arguments': 0.35, 'quotes results': 0.3, 'all explained': 0.03 }
/** Without the prompt no value can be cleared as the user's own. */
const PROMPT_UNKNOWN = 0.25
/** What was read, or done, decides more often than not whether to change something. */
const DEED = 0.7
/** Paths are held in 16 bits. */
const ROUNDED = 1 / 65_535
/** Suspicions weaker than this are left to the situation without one. */
const SUSPECTED_FROM = 0.1

/** What is known of all pairs of one run's calls. */
export interface Situations {
  /**
   * The situation of calls i < j, O(1) a pair, but for the strength of long paths: ask by j. Undefined where nothing may be
   * said: content is missing or cut off, clocks disagree, or a read shows a pattern in which a result may have decided on it.
   * One object for all pairs of one situation.
   */
  of(i: number, j: number): PairSituation | undefined
  /**
   * The same, if no path leads from i to j, and that were the relation. Of each call it may ask only what `callClasses` tells
   * calls apart by, and where the one stands to the other.
   * @param suspected whether i is suspected to have led to j; looked up unless given.
   */
  unled(i: number, j: number, relation: Relation, suspected?: boolean): PairSituation | undefined
  /** Per call: what it was given, if it only reads. */
  readonly givenTo: readonly Given[]
  /** What the situations were found from. */
  readonly believed: Paths
  /** By paths of weaker edges too: what is led to in `believed` is so here. */
  readonly suspected: BitRows
  readonly suspects: Suspects
  /** What they would be with these edges. A pair in the same situation as before is in the same object. */
  by(edges: FoundEdges): Situations
}

type FoundEdges = Pick<RunEvidence, 'edges' | 'unlisted'>

export function situationsOf(run: Run, evidence: RunEvidence): Situations {
  const { actors, relationOf, provenance, since } = evidence
  const suspects = suspectsOf(run, provenance)
  const { calls } = run
  const count = calls.length
  const turnOf = int32s(calls, ({ turn }) => turn)
  const startMs = float64s(calls, (call) => call.startMs)
  const endMs = float64s(calls, (call) => call.endMs)
  const truncated = mapped(calls, (call) => call.truncated)
  const hasArguments = mapped(calls, (call) => call.arguments !== undefined)
  const hasResult = mapped(calls, (call) => call.result !== undefined)
  const changes = mapped(actors, ({ effect, pure }) => effect.kind !== 'read' && pure !== true)
  const reads = mapped(actors, ({ effect }) => effect.kind === 'read')
  const givenTo = mapped(provenance.calls, (trace): Given => {
    if (trace === undefined || trace.leaves.length === 0) return 'no arguments'
    return isQuoting(trace) ? 'quotes results' : 'all explained'
  })
  const sums = sumsOf(calls)

  let told = 0
  const tell = (situation: Situation, relation: Relation | null): PairSituation => {
    const needed = situationProbability(situation, PAIR_TABLE)
    const { name, prior, shown, hazard, untold } = situation
    // Each with all fields, in one order: they are read once a pair.
    return { name, prior, shown, hazard, untold, index: told++, needed, relation, word: wordOf(situation, needed) }
  }
  /** One situation per relation, thought up when it is first met. */
  const perRelation = (ofRelation: (relation: Relation) => Situation): ((relation: Relation) => PairSituation) => {
    const known: (PairSituation | undefined)[] = []
    return (relation) => {
      const found = known[relation.index] ?? tell(ofRelation(relation), relation)
      known[relation.index] = found
      return found
    }
  }
  const hazard = perRelation(({ name, probability }) => ({
    name: `hazard: ${name}`,
    prior: probability,
    shown: true,
    hazard: true,
  }))
  const oneTurn = perRelation(({ name, probability }) => ({
    name: `one turn: ${name}`,
    prior: Math.max(0.01, probability),
  }))
  const overlap = perRelation(({ name, probability }) => ({
    name: `overlapped: ${name}`,
    prior: Math.max(0.05, probability),
  }))
  const deed = perRelation(({ name, probability }) => ({
    name: `then a deed: ${name}`,
    prior: Math.max(DEED, probability),
  }))
  const suspectedDeed = perRelation(({ name, probability }) => ({
    name: `then a deed: ${name}, suspected`,
    prior: Math.max(DEED, probability),
  }))
  const suspectedSum = perRelation(() => ({ name: 'read: a sum, suspected', prior: 0.4 }))
  // Of labelled pairs of which nothing is said, one in ten depends; chosen far above.
  const madeUpRead = perRelation(() => ({ name: 'read: made up', prior: 0.5, untold: true }))
  const readOf = (what: Given) =>
    perRelation(({ name, probability }) => {
      const after = name === 'reads' ? '' : ` after ${name}`
      const known = run.promptKnown ? '' : ', prompt unknown'
      const risk = RISK[what] + (run.promptKnown ? 0 : PROMPT_UNKNOWN)
      return { name: `read: ${what}${after}${known}`, prior: Math.max(probability, risk) }
    })
  const read: Readonly<Record<Given, (relation: Relation) => PairSituation>> = {
    'no arguments': readOf('no arguments'),
    'quotes results': readOf('quotes results'),
    'all explained': readOf('all explained'),
  }
  const byPath = new Map<string, Map<number, PairSituation>>()

  function led(believed: Paths, i: number, j: number, relation: Relation): PairSituation {
    const state = relation.probability
    if (state >= believed.atMost(i, j) - ROUNDED) return hazard(relation)
    const path = believed.strength(i, j)
    if (state >= path - ROUNDED) return hazard(relation)
    const edge = believed.direct(i, j)
    const kind = edge === undefined || edge.confidence < path - ROUNDED ? 'through others' : `by ${edge.kind}`
    const known = byPath.get(kind) ?? new Map<number, PairSituation>()
    byPath.set(kind, known)
    const situation = known.get(path) ?? tell({ name: `${kind}, ${band(path)}`, prior: path, shown: true }, null)
    known.set(path, situation)
    return situation
  }

  function unled(
    weak: BitRows,
    i: number,
    j: number,
    relation: Relation,
    suspectedOf?: boolean,
  ): PairSituation | undefined {
    const state = relation.probability
    if (state >= REPORTED_FROM) return hazard(relation)
    const unknownTurn = turnOf[i] === NO_TURN || turnOf[j] === NO_TURN
    // By its turn the later one came first: clocks disagree, and which way round is not known.
    if (!unknownTurn && turnOf[i]! > turnOf[j]!) return undefined
    const overlapped = startMs[j]! < endMs[i]!
    const sameTurn = !unknownTurn && turnOf[i] === turnOf[j]
    const incomplete = truncated[i] || truncated[j]
    if (incomplete && (!sameTurn || state > 0)) return undefined
    // The model had seen neither result: only state can order them.
    if (sameTurn) return oneTurn(relation)
    if (overlapped) return overlap(relation)
    if (unknownTurn || !hasArguments[j] || !hasResult[i]) return undefined

    // Whatever is suspected: what was read may have decided whether to change something.
    if (changes[j] && reads[i]) return deed(relation)
    const linked = suspectedOf ?? hasBit(weak, i, j)
    const suspicion = suspectedOf === undefined && !(linked && changes[j]) ? suspects.of(i, j) : 'none'
    const suspicious = linked || suspicion !== 'none'
    if (changes[j]) return suspicious ? suspectedDeed(relation) : deed(relation)
    const computes = sums[i] === true && sums[j] === true
    if (suspicious && computes && suspicion === 'none') return suspectedSum(relation)
    if (suspicious) return undefined
    if (turnOf[i]! < since[j]!) return madeUpRead(relation)
    return read[givenTo[j]!](relation)
  }

  const by = ({ edges, unlisted }: FoundEdges): Situations => {
    const { paths: believed, leadsWeakly: suspected } = pathsOf(count, edges, unlisted, REPORTED_FROM, SUSPECTED_FROM)
    return {
      of(i, j) {
        const relation = relationOf(i, j)
        return hasBit(believed.leads, i, j) ? led(believed, i, j, relation) : unled(suspected, i, j, relation)
      },
      unled: (i, j, relation, isSuspected) => unled(suspected, i, j, relation, isSuspected),
      givenTo,
      believed,
      suspected,
      suspects,
      by,
    }
  }
  return by(evidence)
}

/**
 * The weakest path, in hundredths, that makes two calls dependent with at least so much confidence, whatever kind it is of;
 * more than 1 for none. What was counted need not grow with the strength, so all are tried.
 */
export function weakestPathFor(confidence: number): number {
  const weakest = LIKELIEST.findIndex((likeliest) => likeliest >= confidence)
  return weakest === -1 ? 2 : (weakest + 1) / 100
}

const PATH_KINDS = ['through others', 'by data', 'by control', 'by declared', 'by state', 'by session']

/** For each hundredth from 0.01 on: P(needed) of the likeliest of the paths that are counted with it, of any kind. */
const LIKELIEST: readonly number[] = Array.from({ length: 100 }, (_, at) => {
  const from = (at + 1) / 100
  const priors = [from, Math.min(1, from + 0.01)]
  const ofKind = (kind: string) =>
    priors.map((prior) => situationProbability({ name: `${kind}, ${band(from)}`, prior }, PAIR_TABLE))
  return Math.max(...PATH_KINDS.flatMap(ofKind))
})

/** 0.73 is `70s`: bands are wide enough for counts, and narrow enough for a probability. */
function band(strength: number): string {
  return strength >= 0.95 ? '95 up' : strength >= 0.9 ? '90 up' : `${Math.max(1, Math.floor(strength * 10))}0s`
}
