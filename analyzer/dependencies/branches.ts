// A task may make one deed hang on another's outcome: `If it rains, find museums`. Which later call such words are about is
// read off what it shares with them.

import { remembered } from '../base/remembered.ts'
import type { Run } from '../model/run.ts'
import { hasForeignBranch } from './foreign-branches.ts'
import { COMMON } from './information.ts'
import { argumentLeaves, type Leaf } from './leaves.ts'
import type { Provenance } from './provenance.ts'
import { scanTokens } from './scan-tokens.ts'
import { ofSharedText } from './shared-texts.ts'
import { READERS, wordsOf } from './tool-lexicon.ts'

/**
 * Words of a task that make one deed hang on another's outcome. Few and plain: each costs the savings of the runs whose
 * user says it. What tells the agent its manners (`if you need`, `if possible`) makes no branch.
 */
const BRANCH =
  /\b(if(?! (you (need|want|are|can|could|have|do|must)|i |the user|(a|the|any|one) (tool|function|call)|possible|any\b))|otherwise|unless|until|depending|depends|whichever|whatever|whoever|else|instead|either|or (\p{L}+ ){0,3}(similar|comparable|equivalent|alternative|another|next best)|preferably|ideally|fall ?back|in case|in (that|this|which|such a|either) case|in the event|provided( that)?|providing|suppos(e|ing)|on condition|except (if|when|where)|(where|when|whenever|as) (needed|necessary|required|applicable|appropriate)|only (when|once|after|then)|once (it|they|there|that|this)|(above|below|over|under|more than|less than|at least|at most) [$€£]?\d[^.,;]{0,200},? (show|use|take|get|read|find|send|call|book|buy|open|do|go|pick)|assuming|as long as|failing that|should (it|they|there|that|this)|when (it|they|there|that|this|these|those) (is|are|has|have|was|were)|then use)\b|\bwhen(ever)? (not )?(?!done|ready|finished|complete)\p{L}+ *[,;.]|^\W*when(ever)? (?!is|are|was|were|will|do|does|did|can|could|should|would|has|have|had|am|shall|may|must)\p{L}[^?]*$/iu

/** The same: what is known decides. */
const BRANCH_ON_KNOWN =
  /\b(when(ever)? it (?!is|was|has|had|will|would|does|did|can|could|should|may|might|must)\p{L}+s\b|(according to|based on|going by|judging by|in line with) (the|that|this|those|what|whatever|its|it|their)\b|once you('ve| have)? (know|known|see|seen|find|found|check|checked|confirm|confirmed|learn|learnt|learned)\b|after (check|verify|confirm|see|look|review|validat|mak|read)ing\b)/iu

/** Who asks why sends the agent looking: what it finds says where it looks next, whatever else the task names. */
const INQUIRY =
  /\b(find out why|(figure|work) out why|why (is|are|was|were|did|does|do|has|have)|root cause|diagnose|debug|investigate|troubleshoot|(is|went|goes|going) wrong)\b/i

/** How the agent is to go about it, and no deed. */
const MANNERS =
  /\b(tools?|functions?|apis?|calls?|steps?|questions?|clarif\w+)\b[^.,;]{0,80} (if|where|when|as) (needed|necessary|required|applicable|appropriate)\b/gi

/** A deed to what was spoken of before: `find some`, `book it for me`. */
const TAKES_UP =
  /\b(find|show|get|list|search|look|read|fetch|give|send|open|pick|take|book|buy|order|cancel|call|use|add|move|delete|check|fetch|load|include|recommend|suggest)( me| us| for| up| out)? (some|one|ones|it|them|those|these|both|any|there|another)\b|\bdo (so|it|that)\b/i

/** `Check if it rains` asks whether; nothing hangs on it yet. */
const WHETHER = /\b(check|verify|see|know|confirm|assess|ask|wonder(ing)?|determine|sure|find out|figure out) if\b/gi

/**
 * - `none`: the user made nothing hang on an outcome by then, or it was only said that one tool be asked about several things.
 * - `elsewhere`: the user did, in sentences that share nothing with the call, and the call is accounted for without them:
 *   the user named what it is about in other words, or a result gave its arguments.
 * - `about`: the call may be the deed that hangs on an outcome.
 */
export type Branch = 'none' | 'elsewhere' | 'about'

export interface Branches {
  /** How what the user made to hang on outcomes bears on call j, asked for after call i. O(1) a pair. */
  of(i: number, j: number): Branch
  /** Whether it may be `about` call j, whatever came before. */
  mayBeAbout(j: number): boolean
}

export function branchesOf(run: Run, provenance: Provenance): Branches {
  let askedWhyFrom = Number.POSITIVE_INFINITY
  let foreignFrom = Number.POSITIVE_INFINITY
  const rules: Rule[] = []
  const said: { readonly sentence: Sentence; readonly beforeTurn: number }[] = []
  for (const { role, text, beforeTurn } of run.messages) {
    // A long prompt has more rules than a call may have arguments.
    if (role === 'system') for (const stems of rulesIn(text)) rules.push({ stems, beforeTurn })
    if (role !== 'user') continue
    const { asksWhy, isForeign, sentences } = taskIn(text)
    if (asksWhy) askedWhyFrom = Math.min(askedWhyFrom, beforeTurn)
    if (isForeign) foreignFrom = Math.min(foreignFrom, beforeTurn)
    for (const sentence of sentences) said.push({ sentence, beforeTurn })
  }
  const hasBranch = foreignFrom < Number.POSITIVE_INFINITY || said.some(({ sentence }) => sentence.isBranch)
  // Most tasks make nothing hang on an outcome, and need no closer reading.
  if (!hasBranch && askedWhyFrom === Number.POSITIVE_INFINITY && rules.length === 0) {
    return { of: () => 'none', mayBeAbout: () => false }
  }
  const [branches, plain] = [newSaid(), newSaid()]
  let before: ReadonlySet<string> = new Set()
  for (const { sentence, beforeTurn } of said) {
    const stems = stemsIn(sentence.text)
    note(sentence.isBranch ? branches : plain, stems, beforeTurn)
    if (sentence.isBranch && !sentence.isFirst && TAKES_UP.test(sentence.text)) note(branches, before, beforeTurn)
    before = stems
  }
  branches.first = Math.min(branches.first, foreignFrom)
  const ruledFrom = remembered((tool: string) => firstRuleOn(rules, tool))
  const own = argumentLeaves(run.calls).map(stemsOf)
  const ofCall = run.calls.map((call, j): Branch => {
    if (foreignFrom <= call.turn || ruledFrom(call.tool) <= call.turn) return 'about'
    if (branches.first > call.turn) return 'none'
    const about = new Set([...(own[j] as Set<string>), ...toolStems(call.tool)])
    if (says(branches, about, call.turn)) return 'about'
    const named = says(plain, about, call.turn)
    const given = provenance.calls[j]?.leaves.some(({ origin }) => origin === 'result') === true
    return named || given ? 'elsewhere' : 'about'
  })
  const inBranch = own.map((stems) => says(branches, stems, Number.POSITIVE_INFINITY))
  return {
    of: (i, j) => {
      if (run.calls[j]!.turn > askedWhyFrom) return 'about'
      // Asking one tool about several things is no branch, unless the branch itself names what is asked about.
      // What a condition in another language names is not read.
      const isForeign = foreignFrom <= run.calls[j]!.turn
      const fansOut = !isForeign && run.calls[i]?.tool === run.calls[j]?.tool && inBranch[j] === false
      return fansOut ? 'none' : (ofCall[j] as Branch)
    },
    mayBeAbout: (j) => run.calls[j]!.turn > askedWhyFrom || ofCall[j] === 'about',
  }
}

function isBranch(sentence: string): boolean {
  const text = sentence.replace(WHETHER, 'whether').replace(MANNERS, 'as always')
  return BRANCH.test(text) || BRANCH_ON_KNOWN.test(text)
}

/** A sentence of the system prompt that makes something hang on an outcome, whatever the task is. */
interface Rule {
  readonly stems: ReadonlySet<string>
  readonly beforeTurn: number
}

/** What the rules of a system prompt are about. */
const rulesIn = ofSharedText((text): readonly Rule['stems'][] =>
  sentencesOf(text)
    .filter(isBranch)
    .map((sentence) => stemsIn(sentence)),
)

/** The turn before which a rule was given that names the tool, by all words that its name has for what it is about. */
function firstRuleOn(rules: readonly Rule[], tool: string): number {
  const wanted = toolStems(tool).filter((stem) => !COMMON.has(stem))
  if (wanted.length === 0) return Number.POSITIVE_INFINITY
  return rules.reduce(
    (first, { stems, beforeTurn }) =>
      beforeTurn < first && wanted.every((stem) => stems.has(stem)) ? beforeTurn : first,
    Number.POSITIVE_INFINITY,
  )
}

/** Of the user. */
interface Sentence {
  readonly text: string
  /** Of its message. */
  readonly isFirst: boolean
  readonly isBranch: boolean
}

/** A message of the user's. */
const taskIn = ofSharedText((text) => ({
  asksWhy: INQUIRY.test(text),
  isForeign: hasForeignBranch(text),
  sentences: sentencesOf(text).map(
    (sentence, at): Sentence => ({ text: sentence, isFirst: at === 0, isBranch: isBranch(sentence) }),
  ),
}))

/** Sentences of one kind: the turns before which the first one was said, and the first one with each stem. */
interface Said {
  first: number
  readonly stems: Map<string, number>
}

const newSaid = (): Said => ({ first: Number.POSITIVE_INFINITY, stems: new Map() })

function note(said: Said, stems: ReadonlySet<string>, beforeTurn: number): void {
  said.first = Math.min(said.first, beforeTurn)
  for (const stem of stems) said.stems.set(stem, Math.min(said.stems.get(stem) ?? beforeTurn, beforeTurn))
}

/** Whether a sentence said by that turn has one of the stems. */
function says({ stems }: Said, wanted: ReadonlySet<string>, turn: number): boolean {
  for (const stem of wanted) {
    const first = stems.get(stem)
    if (first !== undefined && first <= turn) return true
  }
  return false
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+|(?<=[。！？])|\n\s*\n|\n\s*[-*•]/)

/** Words of three letters that say something, and numbers of three digits or more, without the ending of the plural. */
function stemsIn(text: string, found = new Set<string>()): Set<string> {
  scanTokens(text, (word) => {
    if (word.length >= 3 && !COMMON.has(word)) found.add(stemOf(word))
  })
  return found
}

/** What a tool is about: the words of its name without the verb that looks. */
const toolStems = (tool: string): string[] =>
  wordsOf(tool)
    .filter((word) => word.length >= 3 && !READERS.has(word))
    .map(stemOf)

function stemsOf(args: readonly Leaf[]): Set<string> {
  const found = new Set<string>()
  for (const { value } of args) {
    if (typeof value === 'string' || typeof value === 'number') stemsIn(String(value), found)
  }
  return found
}

const stemOf = (word: string): string => (word.length > 3 ? word.replace(/(ies|es|e|s|y)$/, '') : word)
