// Decisions that leave no value behind. Modest on purpose: these are readings of a pattern, not findings of fact.

import { int32Zeros } from '../base/zeros.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import type { Edge } from './edges.ts'
import { argumentLeaves } from './leaves.ts'
import type { Provenance } from './provenance.ts'
import type { Actor } from './relations.ts'
import { rewordingsOf } from './rewordings.ts'
import { scanTokens } from './scan-tokens.ts'
import { toolNumbers } from './tool-numbers.ts'
import { CONTROL } from './weights.ts'

/** Bits of its own that a call must have written to count as a refined question. */
const REFINED_BITS = 6

/**
 * Retries (the same tool again after its error), refinements (the same question put in other words; two messages in like words are
 * two deeds), and below even odds questions put again with words left out or added.
 */
export function controlEdges(run: Run, provenance: Provenance, actors: readonly Actor[]): Edge[] {
  const edges: Edge[] = []
  const { names, of: toolOf } = toolNumbers(run.calls)
  const lastOfTool = int32Zeros(names.length).fill(-1)
  const rewordings = rewordingsOf(run)
  run.calls.forEach((call, j) => {
    const i = lastOfTool[toolOf[j]!]!
    const earlier = run.calls[i]
    if (earlier !== undefined && canFollow(earlier, call)) {
      if (earlier.status === 'error') {
        edges.push(controlEdge(i, j, CONTROL.retry, `${earlier.tool} had failed`))
      } else if (actors[j]?.effect.kind === 'read' && isRefinement(run, provenance, i, j)) {
        edges.push(controlEdge(i, j, CONTROL.refinement, `asks ${earlier.tool} again in other words`))
      }
    }
    for (const before of actors[j]?.effect.kind === 'read' ? rewordings[j]! : []) {
      const question = run.calls[before]!
      if (!canFollow(question, call)) continue
      edges.push(controlEdge(before, j, CONTROL.rewording, `asks ${question.tool} again in fewer or more words`))
    }
    lastOfTool[toolOf[j]!] = j
  })
  return edges
}

function canFollow(earlier: Run['calls'][number], later: Run['calls'][number]): boolean {
  if (earlier.turn === NO_TURN || later.turn === NO_TURN) return false
  return earlier.turn < later.turn
}

/** The later call writes something new, and takes up a word of the earlier call's arguments beside it. */
function isRefinement(run: Run, provenance: Provenance, i: number, j: number): boolean {
  const trace = provenance.calls[j]
  if (trace === undefined) return false
  // Most calls end here, and a run has thousands.
  let isNew = false
  for (const { leaf, authoredBits } of trace.leaves) {
    isNew ||= authoredBits >= REFINED_BITS && typeof leaf.value === 'string'
  }
  if (!isNew) return false
  const before = new Set(wordsIn(run, i))
  return wordsIn(run, j).some((word) => word.length > 3 && before.has(word))
}

function wordsIn(run: Run, index: number): string[] {
  const words: string[] = []
  for (const { value } of argumentLeaves(run.calls)[index]!) {
    if (typeof value !== 'string') continue
    scanTokens(value, (word, number) => {
      if (Number.isNaN(number)) words.push(word)
    })
  }
  return words
}

function controlEdge(from: number, to: number, confidence: number, why: string): Edge {
  const evidence = [{ toPath: '', fromPath: '', value: why, transform: 'none', origin: 'authored' as const }]
  return { from, to, kind: 'control', confidence, evidence }
}
