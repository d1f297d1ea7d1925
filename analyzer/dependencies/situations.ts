// What is known of a pair of calls, as one of a few named situations. How often a pair in such a situation does depend is
// counted on labelled runs (`pair-table.ts`); `prior` is what was held before counting, and weighs against small counts.

import { type Call, NO_TURN, type Run } from '../model/run.ts'
import { AUTHORED_BITS } from './authored.ts'
import type { Edge } from './edges.ts'
import type { RunEvidence } from './evidence.ts'
import { strongestPaths } from './reach.ts'
import { type Actor, stateProbability, stateRelation } from './relations.ts'
import { isSum, suspectsOf } from './suspects.ts'
import { REPORTED_FROM } from './weights.ts'

export interface Situation {
  /** Words that a person can read, and the key of the table. */
  readonly name: string
  /** P(the later call needs the earlier one) before counting. */
  readonly prior: number
  /** A path of edges shows it, or a hazard. Without, the pair only is of a kind that often depends. */
  readonly shown?: true
  /** Order matters to the world, as far as is known of the things that both touch. */
  readonly hazard?: true
}

/**
 * What a read was given. `quotes results`: text that takes words from results, though not all from one; whoever wrote it had
 * read them, and may have read more.
 */
type Given = 'no arguments' | 'quotes results' | 'all explained'

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

/**
 * The situation of calls i < j, O(1) a pair; undefined where nothing may be said: content is missing or cut off, clocks
 * disagree, or a read shows a pattern in which a result may have decided on it, or has arguments that nothing explains.
 * @param madeUpRead what a read is in that is of the last kind only; nothing is said of it unless given.
 */
export function situationsOf(
  run: Run,
  { actors, provenance, edges, authored }: RunEvidence,
  madeUpRead?: Situation,
): (i: number, j: number) => Situation | undefined {
  const count = run.calls.length
  const reported = edges.filter((edge) => edge.confidence >= REPORTED_FROM)
  const believed = strongestPaths(count, reported)
  const suspected = strongestPaths(
    count,
    edges.filter((edge) => edge.confidence >= SUSPECTED_FROM),
  )
  const direct = new Map<number, Edge>()
  for (const edge of reported) {
    const key = edge.from * count + edge.to
    if ((direct.get(key)?.confidence ?? 0) < edge.confidence) direct.set(key, edge)
  }
  const madeUp = authored.map((bits) => bits >= AUTHORED_BITS)
  const givenTo = provenance.calls.map((trace): Given => {
    if (trace === undefined || trace.leaves.length === 0) return 'no arguments'
    return trace.matches.some((match) => match.kind === 'quoted') ? 'quotes results' : 'all explained'
  })
  const sums = run.calls.map(isSum)
  const suspicionOf = suspectsOf(run, provenance)

  return (i, j) => {
    const [earlier, later] = [run.calls[i] as Call, run.calls[j] as Call]
    const [first, second] = [actors[i] as Actor, actors[j] as Actor]
    const path = believed(i, j)
    const state = stateProbability(first, second)
    if (path > 0 || state >= REPORTED_FROM) {
      const edge = direct.get(i * count + j)
      if (state >= path - ROUNDED)
        return { name: `hazard: ${stateRelation(first, second)}`, prior: state, shown: true, hazard: true }
      const kind = edge === undefined || edge.confidence < path - ROUNDED ? 'through others' : `by ${edge.kind}`
      return { name: `${kind}, ${band(path)}`, prior: path, shown: true }
    }

    const unknownTurn = earlier.turn === NO_TURN || later.turn === NO_TURN
    // By its turn the later one came first: clocks disagree, and which way round is not known.
    if (!unknownTurn && earlier.turn > later.turn) return undefined
    const overlapped = later.startMs < earlier.endMs
    const sameTurn = !unknownTurn && earlier.turn === later.turn
    const incomplete = earlier.truncated || later.truncated
    if (incomplete && (!sameTurn || state > 0)) return undefined
    // The model had seen neither result: only state can order them.
    if (sameTurn) return { name: `one turn: ${stateRelation(first, second)}`, prior: Math.max(0.01, state) }
    if (overlapped) return { name: `overlapped: ${stateRelation(first, second)}`, prior: Math.max(0.05, state) }
    if (unknownTurn || later.arguments === undefined || earlier.result === undefined) return undefined

    const suspicion = suspicionOf(i, j)
    const suspicious = suspicion !== 'none' || suspected(i, j) >= SUSPECTED_FROM
    if (second.effect.kind !== 'read' && second.pure !== true) {
      const hint = suspicious && first.effect.kind !== 'read' ? ', suspected' : ''
      return { name: `then a deed: ${stateRelation(first, second)}${hint}`, prior: Math.max(DEED, state) }
    }
    const computes = sums[i] === true && sums[j] === true
    if (suspicious && computes && suspicion === 'none') return { name: 'read: a sum, suspected', prior: 0.4 }
    if (suspicious) return undefined
    if (madeUp[j]) return madeUpRead
    const relation = stateRelation(first, second)
    const from = relation === 'reads' ? '' : ` after ${relation}`
    const known = run.promptKnown ? '' : ', prompt unknown'
    const what = givenTo[j] as Given
    const risk = RISK[what] + (run.promptKnown ? 0 : PROMPT_UNKNOWN)
    return { name: `read: ${what}${from}${known}`, prior: Math.max(state, risk) }
  }
}

/** 0.73 is `70s`: bands are wide enough for counts, and narrow enough for a probability. */
function band(strength: number): string {
  return strength >= 0.95 ? '95 up' : strength >= 0.9 ? '90 up' : `${Math.max(1, Math.floor(strength * 10))}0s`
}
