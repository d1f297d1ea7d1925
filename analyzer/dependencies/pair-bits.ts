// What is said of one call and 32 earlier ones at once. Beside any other call, a call of a run is like all that have its tool
// and its effect, and lack what it lacks (`call-classes.ts`): what is said of two such classes is worked out once, for all that
// the things which two calls name can be to one another. A fan-out of 5,000 reads then costs some operations on bits for each
// 32 pairs, and not 12.5 million verdicts. Left to be asked about one by one is what hangs on more: paths that may be strong
// enough, calls that ran at the same time or out of turn, what failed, and what the user said.

import { highest, stretch, wordsIn } from '../base/bits.ts'
import { int32Zeros, uint16Zeros } from '../base/zeros.ts'
import type { PairBits } from '../model/dependency.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import { besideOf } from './beside.ts'
import { wordOf } from './bit-rows.ts'
import { callClasses } from './call-classes.ts'
import type { RunEvidence } from './evidence.ts'
import type { ByThings, Relation } from './relations.ts'
import { type Situations, weakestPathFor } from './situations.ts'
import type { Suspects } from './suspects.ts'
import type { Verdicts } from './verdicts.ts'

/** See `Inference.pairBits`. */
export type PairBitsOf = (j: number, word: number, least: number, into: PairBits) => number

/** What is said of a pair, in two bits. */
const FREE = 0
const NOT_FREE = 1
const NEEDED = 2
const OPEN = 3

/** Where the earlier call of a pair stands, as far as it matters. */
const EARLIER = 0
/** Early enough to have led to what the later call's model made up. */
const BEFORE_MADE_UP = 1
const ONE_TURN = 2
const PLACES = 3

/**
 * What is said of two classes: a code if the things of the two calls are the same, if they are different, and if that is
 * unknown, from the lowest bit on; then the same three if one is suspected to have led to the other.
 */
const CODES = 0b11_11_11
const ALL_ONE = 0b01_01_01
const IF_SUSPECTED = 6
const KNOWN = 1 << 12

/**
 * @param known the situations that the verdicts are of, and after them those that they depend on as well.
 * @param verdicts what these, and the user's words, say.
 */
export function pairBitsOf(
  run: Run,
  { relationOf, spoken, authored }: Pick<RunEvidence, 'relationOf' | 'spoken' | 'authored'>,
  known: readonly [Situations, ...Situations[]],
  verdicts: Verdicts,
): PairBitsOf {
  const { calls } = run
  const own = known[0]
  const suspects = [...new Set(known.map((situations) => situations.suspects))]
  const beside = besideOf(run)
  const classes = callClasses(run, relationOf, known)
  /** Per class of the later call, of the earlier one, and place; 0 for what is not worked out. */
  const codes = uint16Zeros(classes.count * classes.count * PLACES)
  let asked = { least: -1, weakest: 0 }
  /** Whether the call that was asked about last may have been led to by any before it. */
  let mayFollow = { call: -1, any: false }
  /** Bits of the calls that may have led to any later one. */
  const deciding = int32Zeros(wordsIn(calls.length))
  for (let i = 0; i < calls.length; i++) {
    if (suspects[0]!.decides(i)) deciding[i >>> 5] = deciding[i >>> 5]! | (1 << (i & 31))
  }

  /** Of all pairs of the classes of these two. */
  const codesOfPair = (i: number, j: number): number => {
    const things = relationOf.ofClasses(relationOf.classOf[i]!, relationOf.classOf[j]!)
    // Of two sums it matters what the suspicion is.
    const areSums = classes.sums[classes.of[i]!]! && classes.sums[classes.of[j]!]!
    return KNOWN | tripleOf(i, j, things, false) | ((areSums ? CODES : tripleOf(i, j, things, true)) << IF_SUSPECTED)
  }
  const tripleOf = (i: number, j: number, things: ByThings, suspected: boolean): number => {
    const same = codeOf(i, j, things.same, suspected)
    const different = things.alike ? same : codeOf(i, j, things.different, suspected)
    const unknown = things.alike ? same : codeOf(i, j, things.unknown, suspected)
    const triple = same | (different << 2) | (unknown << 4)
    if (things.together === undefined) return triple
    // Whether two services are at one thing is read off each pair: open is what is not the same either way.
    const differing = triple ^ tripleOf(i, j, things.together, suspected)
    return triple | (((differing | (differing >>> 1)) & ALL_ONE) * OPEN)
  }
  const codeOf = (i: number, j: number, relation: Relation, suspected: boolean): number => {
    const { verdict, confidence } = verdicts.supposing(i, j, relation, suspected)
    if (confidence < asked.least || verdict === 'unknown') return NOT_FREE
    return verdict === 'independent' ? FREE : NEEDED
  }

  /** The calls among these, of one class, that ask the same as j. */
  const askingTheSame = (j: number, word: number, bits: number, { asks }: Suspects): number => {
    const asksJ = asks[j]!
    let found = 0
    if (asksJ === -1 || bits === 0) return found
    const first = word << 5
    // What is asked of two tools is not the same.
    if (classes.tools[classes.of[first + highest(bits)]!] !== calls[j]!.tool) return found
    for (let left = bits; left !== 0; ) {
      const place = highest(left)
      left ^= 1 << place
      if (asks[first + place] === asksJ) found |= 1 << place
    }
    return found
  }
  /** The calls among these of which only the pair says whether they may have led to j. */
  const doubtfulIn = (j: number, word: number, bits: number): number => {
    if (bits === 0 || suspects.length > 1) return bits
    if (mayFollow.call !== j) mayFollow = { call: j, any: suspects[0]!.mayFollowAny(j) }
    return mayFollow.any ? bits : bits & deciding[word]!
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
    if (suspects.length === 1) sure |= askingTheSame(j, word, bits & ~sure, suspects[0]!)
    const doubtful = doubtfulIn(j, word, bits & ~sure)
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
      if (codes[slot] === 0) codes[slot] = codesOfPair((word << 5) + highest(bits), j)
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

  return (j, word, least, into) => {
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
    const beforeMadeUp = rest & beside.ofTurnsBefore(authored[j]!.since, word, turnSince)
    putPlace(into, j, word, rest & ~oneTurn & ~beforeMadeUp, EARLIER, leads, suspected)
    putPlace(into, j, word, beforeMadeUp, BEFORE_MADE_UP, leads, suspected)
    putPlace(into, j, word, oneTurn, ONE_TURN, leads, suspected)
    return nextOf(j, word, turnSince)
  }
}
