import { IntPairMap, rowAfter } from '../base/int-pair-map.ts'
import { IntList } from '../base/typed-lists.ts'
import { returnReader, takeReader } from './scan-tokens.ts'
import { TokenTable } from './token-table.ts'
import { NUMBER, type TokenReader } from './tokens.ts'

/** Small numbers are quantities: `3, 4 and 5` are no candidates. */
const COUNT = /^[\d.,]{1,4}$/

/**
 * Candidates as rows of words, words and rows as numbers: texts are searched for rows without making a string of each of their
 * words. First all candidates are added, then texts are searched.
 */
export class CandidateWords {
  /** Holds what is not in these. */
  private readonly known: CandidateWords | undefined
  private readonly wordOf = new Map<string, number>()
  private readonly texts: string[]
  /** Undefined for numbers. */
  private readonly tableTexts: (string | undefined)[]
  private readonly hashes: number[]
  /** Numbers are the same word only where they are spelled alike: `1,200` is another than `1200`. A word for each value. */
  private readonly ofValue: Map<number, number>
  private table: TokenTable | null = null
  private readonly rows: IntPairMap
  private readonly rowOfText = new Map<string, number>()
  private readonly found = new IntList()

  /**
   * @param known what it begins with, not to be changed from then on; one that begins with nothing itself, since its large maps
   * are looked up in and not copied.
   */
  constructor(known?: CandidateWords) {
    this.known = known
    this.texts = known?.texts.slice() ?? []
    this.tableTexts = known?.tableTexts.slice() ?? []
    this.hashes = known?.hashes.slice() ?? []
    this.ofValue = new Map(known?.ofValue)
    this.rows = new IntPairMap(known?.rows)
  }

  /** The row of a candidate, 0 for one without a word or with a small number only. */
  rowOf(candidate: string): number {
    let row = this.rowOfText.get(candidate) ?? this.known?.rowOfText.get(candidate)
    if (row === undefined) {
      row = this.read(candidate)
      this.rowOfText.set(candidate, row)
    }
    return row
  }

  /** The row that `row` with one more word is, -1 for none. The row without words is 0. */
  after(row: number, word: number): number {
    return this.rows.get(row, word)
  }

  /** All rows are below this. */
  get rowsEnd(): number {
    return this.rows.size + 1
  }

  /** The words of a text, -1 for all that follow one another and are of no candidate. To be read before the next call. */
  wordsIn(text: string): IntList {
    this.table ??= new TokenTable(this.tableTexts, this.hashes, this.ofValue)
    const { found, table } = this
    const reader = takeReader()
    found.clear()
    reader.open(text)
    for (let count = reader.read(); count > 0; count = reader.read()) {
      for (let i = 0; i < count; i++) {
        let word = table.tokenOf(reader, i)
        if (word >= 0 && (reader.flags[i]! & NUMBER) !== 0) {
          word = this.wordNumber(reader.word(reader.starts[i]!, reader.ends[i]!)) ?? -1
        }
        // Most words of most texts are of none.
        if (word >= 0 || found.size === 0 || found.items[found.size - 1]! >= 0) found.push(word)
      }
    }
    returnReader(reader)
    return found
  }

  private wordNumber(text: string): number | undefined {
    return this.wordOf.get(text) ?? this.known?.wordOf.get(text)
  }

  private read(candidate: string): number {
    const { rows } = this
    const reader = takeReader()
    let row = 0
    let length = 0
    let last = -1
    reader.open(candidate)
    for (let count = reader.read(); count > 0; count = reader.read()) {
      for (let i = 0; i < count; i++) {
        last = this.wordAt(reader, i)
        row = rowAfter(rows, row, last)
        length++
      }
    }
    returnReader(reader)
    return length === 1 && COUNT.test(this.texts[last]!) ? 0 : row
  }

  /** The word that was read as the i-th. */
  private wordAt(reader: TokenReader, i: number): number {
    const { texts, hashes } = this
    const text = reader.word(reader.starts[i]!, reader.ends[i]!)
    let word = this.wordNumber(text)
    if (word === undefined) {
      word = texts.push(text) - 1
      hashes.push(reader.hashes[i]!)
      const isNumber = (reader.flags[i]! & NUMBER) !== 0
      this.tableTexts.push(isNumber ? undefined : text)
      if (isNumber) this.ofValue.set(reader.numbers[i]!, word)
      this.wordOf.set(text, word)
      this.table = null
    }
    return word
  }
}
