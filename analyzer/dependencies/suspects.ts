// Patterns of calls in which a result may have decided that a later call was made, though no value shows it. None proves
// a dependency; each is reason enough not to call the pair independent.

import { type Call, NO_TURN, type Run } from '../model/run.ts'
import { narrowingOf } from './candidates.ts'
import { leavesOf } from './leaves.ts'
import { cameToNothing } from './outcomes.ts'
import type { Provenance } from './provenance.ts'
import { fold, foldWord, scanTokens } from './tokens.ts'

/**
 * Words of a task that make one deed hang on another's outcome. Few and plain: each costs the savings of the runs whose
 * user says it. What tells the agent its manners (`if you need`, `if possible`) makes no branch.
 */
const BRANCH =
  /\b(if(?! (you (need|want|are|can|could|have|do|must)|i |the user|(a|the|any|one) (tool|function|call)|needed|necessary|possible|required|any\b))|otherwise|unless|until|depending|depends|whichever|whatever|whoever|else|instead|either|fall ?back|in case|then use)\b/i
/** Arguments that walk through one list: the next page is asked for because the one before said that there is more. */
const WALKS =
  /(^|_)(page|cursor|offset|skip|continuation|marker|page_?token|next_?token|start_?index)(_?number|_?no|_?index)?$/i
/** A number this small that nobody gave is a counter: the second attempt, the third part. */
const SMALL_NUMBER = 1000

/** For calls i < j of different turns, j the later: whether the pair shows such a pattern. O(1) a pair, but for failures. */
export function suspectsOf(run: Run, provenance: Provenance): (i: number, j: number) => boolean {
  const askedAgain = run.calls.map((_, index) => skeletonOf(run, provenance, index))
  const failed = run.calls.map(cameToNothing)
  const tokens = new Map<number, Set<string>>()
  const tokensOf = (index: number): Set<string> => {
    const known = tokens.get(index) ?? tokensIn(run, index)
    tokens.set(index, known)
    return known
  }
  const branchFrom = firstSaid(run, BRANCH)
  const branchWords = wordsOfBranches(run)
  const sums = run.calls.map(isSum)
  const narrowed = narrowingOf(run)

  return (i, j) => {
    const [earlier, later] = [run.calls[i], run.calls[j]]
    if (earlier === undefined || later === undefined || earlier.turn === NO_TURN || earlier.turn >= later.turn)
      return false
    if (askedAgain[i] !== undefined && askedAgain[i] === askedAgain[j]) return true
    // "If" in a sum supposes, and asks nothing of the result before.
    const computes = sums[i] === true && sums[j] === true
    // Asking one tool about several things is no branch, unless the branch itself names what is asked about.
    const fansOut = earlier.tool === later.tool && !sharesOne(branchWords, tokensOf(j))
    if (!computes && branchFrom <= later.turn && !fansOut) return true
    if (failed[i] && sharesOne(tokensOf(i), tokensOf(j))) return true
    return narrowed(i, j)
  }
}

/** First turn before which the user said it. */
function firstSaid(run: Run, words: RegExp): number {
  const turns = run.messages
    .filter(({ role, text }) => role === 'user' && words.test(text))
    .map((said) => said.beforeTurn)
  return Math.min(Number.POSITIVE_INFINITY, ...turns)
}

/** Words of the sentences in which the user makes something hang on an outcome. */
function wordsOfBranches(run: Run): Set<string> {
  const found = new Set<string>()
  for (const { role, text } of run.messages) {
    if (role !== 'user' || !BRANCH.test(text)) continue
    for (const sentence of text.split(/(?<=[.!?])\s+|\n\s*\n/)) if (BRANCH.test(sentence)) addTokens(sentence, found)
  }
  return found
}

/** Numbers in, a number out. */
function isSum(call: Call): boolean {
  const leaves = leavesOf(call.arguments ?? null)
  return typeof call.result === 'number' && leaves.every(({ value }) => typeof value === 'number')
}

/** Tool and arguments without what counts up: two calls with one skeleton ask the same thing again. */
function skeletonOf(run: Run, provenance: Provenance, index: number): string | undefined {
  const trace = provenance.calls[index]
  if (trace === undefined) return undefined
  const parts = trace.leaves.map(({ leaf, origin }) => {
    const counts = typeof leaf.value === 'number' && Number.isInteger(leaf.value) && Math.abs(leaf.value) < SMALL_NUMBER
    return [leaf.key, WALKS.test(leaf.key) || (counts && origin === 'authored') ? '' : leaf.value]
  })
  return JSON.stringify([run.calls[index]?.tool, parts])
}

/** Words of three letters and numbers of three digits or more in a call's arguments. */
function tokensIn(run: Run, index: number): Set<string> {
  const found = new Set<string>()
  for (const { value } of leavesOf(run.calls[index]?.arguments ?? null)) {
    if (typeof value !== 'string' && typeof value !== 'number') continue
    addTokens(String(value), found)
  }
  return found
}

function addTokens(value: string, found: Set<string>): void {
  scanTokens(fold(value), (text, start, end) => {
    if (end - start >= 3) found.add(foldWord(text, start, end))
  })
}

function sharesOne(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const token of a) if (b.has(token)) return true
  return false
}
