import { assert } from '../base/assert.ts'
import type { Verdict } from '../model/dependency.ts'
import { type Call, NO_TURN, type Run } from '../model/run.ts'
import type { Edge } from './edges.ts'
import type { LeafTrace, Provenance } from './provenance.ts'
import { strongestPaths } from './reach.ts'
import { type Actor, stateProbability } from './relations.ts'
import type { Spoken } from './spoken.ts'
import { suspectsOf } from './suspects.ts'
import { wordsOf } from './tool-lexicon.ts'
import { REPORTED_FROM, residualRisk, SUSPECTED_FROM, UNKNOWN_FROM } from './weights.ts'

const UNKNOWN: Verdict = { verdict: 'unknown', confidence: 0 }

/**
 * The verdict on any two calls i < j, at O(1) a pair. `dependent` if the user says so, a reported path leads from i to
 * j, or state makes it likelier than not. Otherwise `independent` with what is left after every suspicion, or `unknown`
 * where content is missing or cut off, the calls hint at a choice, or the risk is high. Wrongly calling two calls
 * independent is the mistake to avoid.
 */
export function verdictsOf(
  run: Run,
  actors: readonly Actor[],
  provenance: Provenance,
  edges: readonly Edge[],
  spoken: Spoken,
): (i: number, j: number) => Verdict {
  const count = run.calls.length
  const believed = strongestPaths(
    count,
    edges.filter((edge) => edge.confidence >= REPORTED_FROM),
  )
  const suspected = strongestPaths(count, edges)
  const authored = run.calls.map((call, index) => authoredBitsOf(call, provenance.calls[index]?.leaves ?? []))
  const suspect = suspectsOf(run, provenance)

  return (i, j) => {
    assert(i < j && j < count && i >= 0, `a verdict needs 0 <= i < j < ${count}, not ${i} and ${j}`)
    const word = spoken.word(i, j)
    if (word !== undefined) return { verdict: word, confidence: 1 }
    const [earlier, later] = [run.calls[i] as Call, run.calls[j] as Call]
    const [first, second] = [actors[i] as Actor, actors[j] as Actor]
    const path = believed(i, j)
    const state = stateProbability(first, second)
    if (path > 0 || state >= REPORTED_FROM) return { verdict: 'dependent', confidence: Math.max(path, state) }

    const unknownTurn = earlier.turn === NO_TURN || later.turn === NO_TURN
    // By its turn the later one came first: clocks disagree, and which way round is not known.
    if (!unknownTurn && earlier.turn > later.turn) return UNKNOWN
    const overlapped = later.startMs < earlier.endMs
    const sameTurn = !unknownTurn && earlier.turn === later.turn
    const dataPossible = !sameTurn && !overlapped
    const incomplete = earlier.truncated || later.truncated
    if (incomplete && (!sameTurn || state > 0)) return UNKNOWN
    if (dataPossible && (unknownTurn || later.arguments === undefined || earlier.result === undefined)) return UNKNOWN
    if (!sameTurn && suspect(i, j)) return UNKNOWN
    const residual = residualRisk({
      sameTurn,
      overlapped,
      unknownTurn,
      promptKnown: run.promptKnown,
      bare: provenance.calls[j]?.leaves.length === 0,
      state,
      second: second.effect.kind,
      authoredBits: authored[j] ?? 0,
    })
    if (residual >= UNKNOWN_FROM || suspected(i, j) >= SUSPECTED_FROM) return UNKNOWN
    return { verdict: 'independent', confidence: 1 - Math.max(residual, suspected(i, j)) }
  }
}

/** How much to fetch, as a number: a habit of whoever writes the call, and matched like any value where a result holds it. */
const SETTING =
  /^(limit|count|top_?k|top_?n|n_?results|num_?results|max_?results|max_?items|page_?size|per_?page|timeout(_?ms)?)$/i

/** Bits of a call's arguments that its model made up. A word of the tool's own name was known with the tool. */
export function authoredBitsOf(call: Call, leaves: readonly LeafTrace[]): number {
  const name = new Set(wordsOf(call.tool))
  return leaves.reduce((sum, { leaf, authoredBits }) => {
    if (typeof leaf.value === 'number' && SETTING.test(leaf.key)) return sum
    if (typeof leaf.value === 'string' && wordsOf(leaf.value).every((word) => name.has(word))) return sum
    return sum + authoredBits
  }, 0)
}
