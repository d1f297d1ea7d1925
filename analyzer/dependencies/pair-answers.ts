// What is said of two calls, and of one call and 32 earlier ones at once. Beside any other call, a call of a run is like all that
// have its tool and its effect, and lack what it lacks (`call-classes.ts`): what is said of two such classes is worked out once,
// for all that the things which two calls name can be to one another. A fan-out of 5,000 reads then costs some operations on bits
// for each 32 pairs, and not 12.5 million verdicts. Left to be asked about one by one is what hangs on more: paths that may be
// strong enough, calls that ran at the same time or out of turn, what failed, and what the user said.

import { highest, stretch } from '../base/bits.ts'
import { uint16Zeros } from '../base/zeros.ts'
import type { Inference, PairBits, Verdict } from '../model/dependency.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import { besideOf } from './beside.ts'
import { hasBit, wordOf } from './bit-rows.ts'
import { callClasses } from './call-classes.ts'
import {
  BEFORE_MADE_UP,
  type ClassWords,
  classWordsOf,
  EARLIER,
  ONE_TURN,
  PLACES,
  type WordsByThings,
} from './class-words.ts'
import type { RunEvidence } from './evidence.ts'
import { pairDoubtsOf } from './pair-doubts.ts'
import { type Situations, weakestPathFor } from './situations.ts'
import type { Verdicts } from './verdicts.ts'

/** What is said of pairs of calls. */
export type Answers = Pick<Inference, 'verdict' | 'pairBits'>

/** What is said of a pair, in two bits. */
const FREE = 0
const NOT_FREE = 1
const NEEDED = 2
const OPEN = 3

/**
 * What is said of two classes: a code if the things of the two calls are the same, if they are different, and if that is
 * unknown, from the lowest bit on; then the same three if one is suspected to have led to the other.
 */
const CODES = 0b11_11_11
const ALL_ONE = 0b01_01_01
const IF_SUSPECTED = 6
const KNOWN = 1 << 12

/**
 * The same answers as `verdicts.of` gives, pair by pair and for 32 at once.
 * @param known the situations that the verdicts are of, and after them those that they depend on as well.
 * @param verdicts what these, and the user's words, say.
 */
export function answersFrom(
  run: Run,
  { relationOf, spoken, since }: Pick<RunEvidence, 'relationOf' | 'spoken' | 'since'>,
  known: readonly [Situations, ...Situations[]],
  verdicts: Verdicts,
): Answers {
  const { calls } = run
  const own = known[0]
  const suspects = [...new Set(known.map((situations) => situations.suspects))]
  // What this run alone suspects may be other calls: then only the pair can tell.
  const doubts = suspects.length === 1 ? pairDoubtsOf(run, own.suspects) : null
  const beside = besideOf(run)
  const classes = callClasses(run, relationOf, known)
  const wordsOf = classWordsOf(relationOf, classes, verdicts, true)
  /** Where the others have two calls in another situation. */
  const wordsOfFirst = known.length === 1 ? wordsOf : classWordsOf(relationOf, classes, verdicts, false)
  /** Per class of the later call, of the earlier one, and place; 0 for what is not worked out. */
  const codes = uint16Zeros(classes.count * classes.count * PLACES)
  let asked = { least: -1, weakest: 0 }

  const codesOf = ({ plain, ifSuspected, together }: ClassWords): number => {
    const suspected = ifSuspected === null ? CODES : tripleOf(ifSuspected, together?.ifSuspected)
    return KNOWN | tripleOf(plain, together?.plain) | (suspected << IF_SUSPECTED)
  }
  /** @param together what is said if both name one thing: that is read off each pair, and open is what is not the same either way. */
  const tripleOf = ({ same, different, unknown }: WordsByThings, together?: WordsByThings | null): number => {
    const triple = codeOf(same) | (codeOf(different) << 2) | (codeOf(unknown) << 4)
    if (together == null) return triple
    const differing = triple ^ tripleOf(together)
    return triple | (((differing | (differing >>> 1)) & ALL_ONE) * OPEN)
  }
  const codeOf = ({ verdict, confidence }: Verdict): number => {
    if (confidence < asked.least || verdict === 'unknown') return NOT_FREE
    return verdict === 'independent' ? FREE : NEEDED
  }

  /** The same for all of these pairs. */
  const put = (into: PairBits, bits: number, code: number): void => {
    if (code === OPEN) into.open |= bits
    else if (code !== FREE) {
      into.notFree |= bits
      if (code === NEEDED) into.needed |= bits
    }
  }
  /** @param triple a code for each way in which the things of two calls relate. */
  const putByThings = (into: PairBits, j: number, word: number, bits: number, triple: number): void => {
    if (triple === (triple & 3) * ALL_ONE) {
      put(into, bits, triple & 3)
      return
    }
    for (let left = bits; left !== 0; ) {
      const place = highest(left)
      left ^= 1 << place
      const things = relationOf.compare((word << 5) + place, j)
      put(into, 1 << place, (triple >>> (things === 'same' ? 0 : things === 'different' ? 2 : 4)) & 3)
    }
  }
  /**
   * Pairs of two classes and one place, no path between them, of which `found` are the codes.
   * @param suspected those of the calls that may have led to j, by paths of weak edges.
   */
  const putUnled = (into: PairBits, j: number, word: number, bits: number, found: number, suspected: number): void => {
    const plain = found & CODES
    const ifSuspected = (found >>> IF_SUSPECTED) & CODES
    if (plain === ifSuspected) {
      putByThings(into, j, word, bits, plain)
      return
    }
    let sure = bits & suspected
    let doubtful = bits & ~sure
    if (doubts !== null && doubtful !== 0) {
      // What is asked of two tools is not the same.
      const isOneTool = classes.tools[classes.of[(word << 5) + highest(doubtful)]!] === calls[j]!.tool
      if (isOneTool) sure |= doubts.asking(j, word, doubtful)
      doubtful = doubts.among(j, word, bits & ~sure)
    }
    putByThings(into, j, word, sure, ifSuspected)
    putByThings(into, j, word, bits & ~sure & ~doubtful, plain)
    into.open |= doubtful
  }
  /** Pairs of one place. */
  const putPlace = (
    into: PairBits,
    j: number,
    word: number,
    among: number,
    place: number,
    leads: number,
    suspected: number,
  ): void => {
    if (among === 0) return
    const row = classes.of[j]! * classes.count
    for (let at = classes.start[word]!; at < classes.start[word + 1]!; at++) {
      const bits = classes.bits[at]! & among
      if (bits === 0) continue
      const slot = (row + classes.classes[at]!) * PLACES + place
      if (codes[slot] === 0) codes[slot] = codesOf(wordsOf((word << 5) + highest(bits), j, place))
      const found = codes[slot]!
      if ((bits & ~leads) !== 0) putUnled(into, j, word, bits & ~leads, found, suspected)
      // A path that makes none of them needed joins these: only a hazard may. NEEDED and OPEN, which have the higher one of their
      // two bits set, stay open.
      if ((bits & leads) !== 0) putByThings(into, j, word, bits & leads, (found & (NEEDED * ALL_ONE)) | ALL_ONE)
    }
  }

  /** The word before, or where j's turn has many calls that all are free of each other, the one before those. */
  const nextOf = (j: number, word: number, turnSince: number): number => {
    let next = word - 1
    while (next << 5 >= turnSince && next >= 0 && isFreeWord(j, next)) next--
    return next
  }
  /** Whether j is sure to be free of all 32 calls of a word, all of its turn. */
  const isFreeWord = (j: number, word: number): boolean => {
    if (classes.without[word] !== 0) return false
    const row = classes.of[j]! * classes.count
    for (let at = classes.start[word]!; at < classes.start[word + 1]!; at++) {
      if (codes[(row + classes.classes[at]!) * PLACES + ONE_TURN] !== KNOWN) return false
    }
    for (let at = 0; at < known.length; at++) if (wordOf(known[at]!.believed.leads, j, word) !== 0) return false
    return true
  }

  const pairBits = (j: number, word: number, least: number, into: PairBits): number => {
    const before = stretch(word, word << 5, j)
    into.notFree = 0
    into.needed = 0
    into.open = before
    if (before === 0 || spoken.any || calls[j]!.turn === NO_TURN || classes.of[j]! < 0) return word - 1
    if (asked.least !== least) {
      asked = { least, weakest: weakestPathFor(least) }
      codes.fill(0)
    }
    const turnSince = beside.turnSince(j)
    const suspected = wordOf(own.suspected, j, word)
    const leads = wordOf(own.believed.leads, j, word)
    let open = beside.notOver(j, word, turnSince) | classes.without[word]!
    open |= leads & wordOf(own.believed.leadsBy(asked.weakest), j, word)
    for (let at = 1; at < known.length; at++) {
      const other = known[at]!
      open |= (wordOf(other.believed.leads, j, word) & ~leads) | (wordOf(other.suspected, j, word) ^ suspected)
    }
    into.open = before & open
    const rest = before & ~open
    const oneTurn = rest & stretch(word, turnSince, j)
    const beforeMadeUp = rest & beside.ofTurnsBefore(since[j]!, word, turnSince)
    putPlace(into, j, word, rest & ~oneTurn & ~beforeMadeUp, EARLIER, leads, suspected)
    putPlace(into, j, word, beforeMadeUp, BEFORE_MADE_UP, leads, suspected)
    putPlace(into, j, word, oneTurn, ONE_TURN, leads, suspected)
    return nextOf(j, word, turnSince)
  }

  /** Where i < j stand to each other; -1 where more is to be looked at than their classes. */
  const placeOf = (i: number, j: number): number => {
    if (calls[j]!.turn === NO_TURN || classes.of[i]! < 0 || classes.of[j]! < 0) return -1
    if (hasBit(own.believed.leads, i, j)) return -1
    if (i >= beside.turnSince(j)) return ONE_TURN
    if (!beside.isOver(i, j)) return -1
    return calls[i]!.turn < since[j]! ? BEFORE_MADE_UP : EARLIER
  }
  /** Whether the other situations have no path between the two either, and suspect what the first do. */
  const isAlike = (i: number, j: number): boolean => {
    for (let at = 1; at < known.length; at++) {
      const { believed, suspected } = known[at]!
      if (hasBit(believed.leads, i, j) || hasBit(suspected, i, j) !== hasBit(own.suspected, i, j)) return false
    }
    return true
  }
  /** Undefined where it hangs on more than the words say. */
  const wordAmong = (words: ClassWords, i: number, j: number): Verdict | undefined => {
    const { alike, plain, ifSuspected, together } = words
    if (ifSuspected === null || together !== null) return undefined
    const things = alike ? 'same' : relationOf.compare(i, j)
    const word = plain[things]
    const other = ifSuspected[things]
    if (word === other) return word
    if (hasBit(own.suspected, i, j)) return other
    return doubts === null ? undefined : doubts.of(i, j) ? other : word
  }
  const verdict = (i: number, j: number): Verdict => {
    if (spoken.any || i < 0 || i >= j || j >= calls.length) return verdicts.of(i, j)
    const place = placeOf(i, j)
    if (place < 0) return verdicts.of(i, j)
    if (isAlike(i, j)) return wordAmong(wordsOf(i, j, place), i, j) ?? verdicts.of(i, j)
    const word = wordAmong(wordsOfFirst(i, j, place), i, j)
    return word === undefined || word.verdict === 'independent' ? verdicts.of(i, j) : word
  }
  return { verdict, pairBits }
}
