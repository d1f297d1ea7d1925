// The words of the history as tokens of the needles. This is where a run's bytes go through: nothing is kept of the words that no
// needle holds.

import type { IntPairMap } from '../base/int-pair-map.ts'
import { int32Zeros } from '../base/zeros.ts'
import { CHUNK, PROPER } from './tokens.ts'
import type { Vocabulary } from './vocabulary.ts'
import { borrowedScan, FIND, type WordScan } from './word-scan.ts'

/**
 * After `open`, call `read` until `isAtEnd`. A find is a word or number that a needle holds: which one of the text it is, its
 * token, and the pair that it makes with the one before, -1 for none. Of those that make no pair, some that were found in the
 * document before may be left out. Notes what is written as a name in the vocabulary.
 */
export class WantedReader {
  /** Row upon row of `FIND`. Another array after `open`. */
  finds: Int32Array
  /** All words and numbers that were read of the text. */
  count = 0
  /** Token of the last of them, -1 if no needle holds it. */
  last = -1
  /** Whether a needle holds any. */
  isWanted = false
  isAtEnd = true
  private readonly vocabulary: Vocabulary
  private readonly pairs: IntPairMap
  private readonly scan: WordScan | null
  private isScanned = false
  private readonly ownFinds = int32Zeros(FIND * CHUNK)

  /**
   * @param vocabulary with all words of all needles; `pairs` with all pairs of neighbours.
   * @param scan null for none: what is beyond ASCII is read without anyway.
   */
  constructor(vocabulary: Vocabulary, pairs: IntPairMap, scan = borrowedScan(vocabulary, pairs)) {
    this.vocabulary = vocabulary
    this.pairs = pairs
    this.scan = scan
    this.finds = this.ownFinds
  }

  /** @param document greater than 0. */
  open(text: string, document: number): void {
    const { scan } = this
    if (scan === null) this.vocabulary.reader.open(text)
    else scan.open(text, document)
    this.isScanned = scan !== null && !scan.reader.isWide
    this.finds = this.isScanned ? scan!.finds : this.ownFinds
    this.count = 0
    this.last = -1
    this.isWanted = false
    this.isAtEnd = false
  }

  /** Reads on, and returns how many finds there are: more only once these are done with. */
  read(): number {
    const { scan } = this
    if (scan === null || !this.isScanned) return this.readPlain()
    const finds = scan.read()
    this.count = scan.count
    this.last = scan.last
    this.isWanted = scan.isWanted
    this.isAtEnd = scan.isAtEnd
    return finds
  }

  /** The token need not be found any more but in pairs. */
  forget(token: number): void {
    this.scan?.forget(token)
  }

  /** To be called when all is read. */
  close(): void {
    this.scan?.giveBack()
  }

  private readPlain(): number {
    const { vocabulary, pairs, finds, scan } = this
    const reader = scan === null ? vocabulary.reader : scan.reader
    const table = vocabulary.table()
    const count = reader.read()
    let found = 0
    for (let i = 0; i < count; i++) {
      const token = table.tokenOf(reader, i)
      if (token >= 0) {
        if ((reader.flags[i]! & PROPER) !== 0) vocabulary.noteProper(token)
        finds[found] = this.count + i
        finds[found + 1] = token
        finds[found + 2] = this.last < 0 ? -1 : pairs.get(this.last, token)
        found += FIND
      }
      this.last = token
    }
    this.count += count
    this.isWanted ||= found > 0
    this.isAtEnd = count === 0
    return found / FIND
  }
}
