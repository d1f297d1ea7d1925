// The words of the history as tokens of the needles. This is where a run's bytes go through: nothing is kept of the words that no
// needle holds.

import { int32Zeros } from '../base/zeros.ts'
import type { TokenTable } from './token-table.ts'
import { CHUNK, PROPER, type TokenReader } from './tokens.ts'
import type { Vocabulary } from './vocabulary.ts'
import { borrowedScan, type WordScan } from './word-scan.ts'

/** As `TokenReader`: after `open`, call `read` until it returns 0. Notes what is written as a name in the vocabulary. */
export class WantedReader {
  /** Token of each word or number that was read; -1 where no needle holds it. Another array after `open`. */
  tokens: Int32Array
  private readonly table: TokenTable
  private readonly vocabulary: Vocabulary
  private readonly reader: TokenReader
  private readonly scan: WordScan | null
  private at = 0
  private opensSentence = true

  /** @param scan null for none, which is what texts beyond ASCII are read with anyway. */
  constructor(table: TokenTable, vocabulary: Vocabulary, scan = borrowedScan(table, vocabulary)) {
    this.table = table
    this.vocabulary = vocabulary
    this.scan = scan
    this.reader = scan === null ? vocabulary.reader : scan.reader
    this.tokens = scan === null ? int32Zeros(CHUNK) : scan.tokens
  }

  open(text: string): void {
    this.reader.open(text)
    this.at = 0
    this.opensSentence = true
    if (this.scan !== null) this.tokens = this.scan.tokens
  }

  read(): number {
    return this.scan === null || this.reader.isWide ? this.readPlain() : this.readScanned(this.scan)
  }

  /** To be called when all is read. */
  close(): void {
    this.scan?.giveBack()
  }

  private readPlain(): number {
    const { reader, table, tokens, vocabulary } = this
    const count = reader.read()
    for (let i = 0; i < count; i++) {
      const token = table.tokenOf(reader, i)
      tokens[i] = token
      if (token >= 0 && (reader.flags[i]! & PROPER) !== 0) vocabulary.noteProper(token)
    }
    return count
  }

  private readScanned(scan: WordScan): number {
    if (this.at >= this.reader.length) return 0
    const count = scan.read(this.at, this.opensSentence)
    this.at = scan.place
    this.opensSentence = scan.opensSentence
    return count
  }
}
