// What tracing one leaf works on, and what it finds.

import type { Run } from '../model/run.ts'
import type { HistoryDocument } from './history.ts'
import type { Affinity } from './key-affinity.ts'
import type { ArgumentLeaf } from './leaves.ts'
import type { OperandTable } from './operand-table.ts'
import type { PathNode } from './path-node.ts'
import type { Hit } from './pattern-places.ts'
import type { regroupings } from './regrouped.ts'
import type { Texts } from './remembered-texts.ts'
import type { Candidates } from './result-candidates.ts'
import type { Said } from './said.ts'
import type { UnusedResults } from './unused-results.ts'
import type { ValueIndex } from './value-index.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * `exact`: a whole leaf of the result; `substring`: a part of one; `quoted`: only parts of the argument are in it;
 * `rounded`, `computed`: a number worked out from numbers of the result.
 */
export type MatchKind = 'exact' | 'substring' | 'quoted' | 'rounded' | 'computed'

/** What else could explain the value: it was known before the result, or another result is its likelier source. */
export type Rival = 'none' | 'prompt' | 'argument' | 'result'

/**
 * Whether the user said the value too, after the result and before the call. Users see what the assistant says, not what
 * tools return: `own` is a value that no words of the assistant had shown them, `shown` one they may have picked.
 */
export type SaidLater = 'no' | 'own' | 'shown'

/** One leaf of one call's arguments that one earlier call's result holds. */
export interface Match {
  readonly from: number
  readonly leaf: number
  readonly kind: MatchKind
  readonly rival: Rival
  readonly bits: number
  /** Tokens of the result: the more there are, the likelier a coincidence. */
  readonly resultTokens: number
  /** How well the argument's name and the result's property name agree. */
  readonly affinity: Affinity
  /** The result is this value and nothing else. */
  readonly wholeResult: boolean
  readonly numeric: boolean
  /** Of plain words: no name, no number. Such a value is found in any long text. */
  readonly plain: boolean
  readonly saidLater: SaidLater
  /** After the result, the user said something that may mean the value (`the 14th`, `tomorrow`). */
  readonly loose: boolean
  /** A bare value that no call had used before this one. */
  readonly unused: boolean
  /** Of what the leaf takes from results, the share that this one shows: 1 unless `quoted`. */
  readonly share: number
  /** The rival is only the same digits in another role. */
  readonly incidental: boolean
  readonly hit: Hit
  /** See `matchProbability`, which keeps it here once it was asked: the same matches are asked about from all sides. Else NaN. */
  probability: number
}

export interface LeafTrace {
  readonly leaf: ArgumentLeaf
  /** The earliest thing that holds the whole leaf, if any. */
  readonly origin: 'prompt' | 'argument' | 'result' | 'authored'
  /** Document of that origin, -1 for authored. */
  readonly document: number
  /** Information in the leaf, in bits. */
  readonly bits: number
  /** Of these, bits that nothing surely known before the call holds: the model wrote or worked them out. */
  readonly authoredBits: number
  /** Bits that an earlier call's arguments hold, and that its model had written or worked out; null for none. */
  readonly inherited: Inherited | null
  /** Every result that may have been its source, in time order but for what was worked out. */
  readonly matches: readonly Match[]
}

/** What led a model to write it led to this call as well: whatever came before `turn` may have. */
export interface Inherited {
  readonly bits: number
  /** The latest turn that made some of them up. */
  readonly turn: number
}

/** A leaf that is looked for. Equal leaves of many calls are one needle. */
export interface Needle {
  readonly leaf: ArgumentLeaf
  readonly phrase: readonly number[]
  /** -1 for one without tokens. */
  readonly pattern: number
  /** Several leaves are it. */
  readonly isShared: boolean
  /** Several leaves have its pattern. */
  readonly recurs: boolean
  /** What was found when it was last looked for, and in which circumstances; null if other circumstances would not tell. */
  found: Found | null
}

/** Where nothing of this has changed, the same is found again. */
export interface Found {
  readonly tool: string
  readonly leafIndex: number
  readonly leafCount: number
  readonly holders: Holders
  readonly looked: number
  readonly trace: LeafTrace
}

/** Documents that hold a leaf, by what they are; each list ascending. */
export interface Holders {
  /** The user or the system said it, in these or in other words; or the conversation before the run holds it. */
  readonly prompts: readonly number[]
  /** The assistant said it in this run: it shows what a user may repeat, and is nobody's source. */
  readonly words: readonly number[]
  readonly arguments: readonly number[]
  /** Best entry per result. */
  readonly results: readonly number[]
  /** How many documents were looked at. */
  readonly looked: number
  /** The same object is given to later calls, for which the lists have only grown. */
  readonly isKept: boolean
}

/** One for all calls of a run: what is not `readonly` is of the call at hand. */
export interface Look {
  readonly run: Run
  /** The call whose arguments are traced. */
  call: number
  /** How many leaves they have. */
  leafCount: number
  readonly index: ValueIndex
  readonly vocabulary: Vocabulary
  readonly documents: readonly HistoryDocument[]
  readonly said: Said
  readonly texts: Texts
  readonly unused: UnusedResults
  readonly regrouped: ReturnType<typeof regroupings>
  /** What the call may have been worked out from, one table for all of its arguments. */
  readonly operands: () => OperandTable
  /** Documents before the call that are results, ascending. */
  readonly results: number[]
  /** Documents from here on are not before the call. */
  end: number
  /** The document of a call's arguments, -1 for none. */
  readonly argumentsOf: (call: number) => number
  readonly sees: (document: number) => boolean
  /** Documents before the call that hold the pattern. */
  readonly holdersOf: (pattern: number) => Holders
  /** Matches of the leaf that is traced, as far as they were found. To be added to by `addMatch`. */
  matches: readonly Match[]
  /** Results that hold the leaf that is traced. */
  readonly candidates: Candidates
  /** One object for equal matches of one entry of the index. */
  readonly same: (match: Match, entry: number) => Match
  /** The earlier call was asked about a list of which this call takes up fewer: its answer may have picked them. */
  readonly narrows: (call: number, asked: Hit) => boolean
  /** The first leaf of an earlier call's arguments that is `pattern`, as it was traced. */
  readonly argument: (call: number, pattern: number) => LeafTrace | undefined
  /** The leaf at a place in an earlier call's arguments. */
  readonly argumentAt: (call: number, path: PathNode | null) => LeafTrace | undefined
}

/** Most leaves have no match, one or two: a shorter list that is pushed to gets room for seventeen. */
export function addMatch(look: Look, match: Match): void {
  const { matches } = look
  if (matches === NO_MATCHES) look.matches = [match]
  else if (matches.length === 1) look.matches = [matches[0]!, match]
  else (matches as Match[]).push(match)
}

export const NO_MATCHES: readonly Match[] = []
