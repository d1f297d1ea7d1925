// The words of the history as tokens of the needles. This is where a run's bytes go through, so the loop over ASCII text is
// written by hand: a word is looked up as it is read, and nothing is kept of those that no needle holds.

import { int32Zeros } from '../base/zeros.ts'
import { endOfMarker, FOLDED, HIGHEST_BITS, mixed, OPENS_SENTENCE, SMALL } from './characters.ts'
import type { TokenTable } from './token-table.ts'
import { CHUNK, MAX_DIGITS, PROPER, type TokenReader } from './tokens.ts'
import type { Vocabulary } from './vocabulary.ts'

const LEFT_BRACKET = 91

/** As `TokenReader`: after `open`, call `read` until it returns 0. Notes what is written as a name in the vocabulary. */
export class WantedReader {
  /** Token of each word or number that was read; -1 where no needle holds it. */
  readonly tokens = int32Zeros(CHUNK)
  private readonly table: TokenTable
  private readonly vocabulary: Vocabulary
  private readonly reader: TokenReader
  private at = 0
  private sentenceStart = true

  constructor(table: TokenTable, vocabulary: Vocabulary) {
    this.table = table
    this.vocabulary = vocabulary
    this.reader = vocabulary.reader
  }

  open(text: string): void {
    this.reader.open(text)
    this.at = 0
    this.sentenceStart = true
  }

  read(): number {
    return this.reader.isWide ? this.readWide() : this.readAscii()
  }

  private readWide(): number {
    const { reader, table, tokens, vocabulary } = this
    const count = reader.read()
    for (let i = 0; i < count; i++) {
      const token = table.tokenOf(reader, i)
      tokens[i] = token
      if (token >= 0 && (reader.flags[i]! & PROPER) !== 0) vocabulary.noteProper(token)
    }
    return count
  }

  /** The same tokens as `TokenReader.readAscii` gives, which says how four characters are read at a time. */
  private readAscii(): number {
    const { reader, table, tokens } = this
    const { bytes, view, length } = reader
    const { slots, mask } = table
    let { at, sentenceStart } = this
    let count = 0
    while (at < length && count < CHUNK) {
      const start = at
      const first = bytes[at]!
      if (FOLDED[first] === 0) {
        const end = first === LEFT_BRACKET ? endOfMarker(bytes, at, length) : 0
        if (end > 0) {
          tokens[count++] = table.tokenOfText(reader.word(at, end), reader.hashOf(at, end))
          at = end
          sentenceStart = false
          continue
        }
        if (OPENS_SENTENCE[first] === 1) sentenceStart = true
        at++
        continue
      }
      // Four characters at a time, as in `TokenReader.readAscii`, which explains the sums. Written out here as well: a call per
      // word, or an end and a hash put away and fetched again, is what this reader saves. A test holds the two to one answer.
      let hash = 0
      let letters = 0
      for (;;) {
        const four = view.getInt32(at, true)
        const small = four | SMALL
        const isLetter = (small + 0x1f1f1f1f) & ~(small + 0x05050505)
        const isDigit = (four + 0x50505050) & ~(four + 0x46464646)
        const others = ~(isLetter | isDigit) & HIGHEST_BITS
        if (others === 0) {
          hash = mixed(hash, small)
          letters |= isLetter
          at += 4
          continue
        }
        const end = others & -others
        const before = (end >>> 7) - 1
        hash = mixed(hash, small & before)
        letters |= isLetter & before
        at += (31 - Math.clz32(end)) >> 3
        break
      }
      let token = -1
      if ((letters & HIGHEST_BITS) === 0 && at - start <= MAX_DIGITS) {
        at = reader.numberAt(start, at)
        token = table.tokenOfNumber(reader.number)
      } else {
        for (let slot = 4 * (hash & mask); slots[slot + 1] !== 0; slot = (slot + 4) & (4 * mask + 3)) {
          if (slots[slot] === hash && slots[slot + 3] === at - start && table.isWordAt(slot, view, start)) {
            token = slots[slot + 1]! - 1
            if (first >= 65 && first <= 90 && !sentenceStart) this.vocabulary.noteProper(token)
            break
          }
        }
      }
      tokens[count++] = token
      sentenceStart = false
    }
    this.at = at
    this.sentenceStart = sentenceStart
    return count
  }
}
