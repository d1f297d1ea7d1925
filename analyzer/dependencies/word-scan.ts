// The reading of ASCII texts in WebAssembly, sixteen characters at a time: a loop in JavaScript over the same words takes three
// times as long, which would be most of what a run with long results costs. `word-scan.wat` does it; what is rare is done here.

import { endOfMarker, FOLDED, hashOfPlain } from './characters.ts'
import type { TokenTable } from './token-table.ts'
import { CHUNK, TokenReader } from './tokens.ts'
import type { Vocabulary } from './vocabulary.ts'
import { WORD_SCAN_MODULE } from './word-scan-module.ts'

/** Cells of the module's memory, as `word-scan.wat` has them. */
const TABLE = 0
const TABLE_END = 1
const SHIFT = 2
const NAMES = 3
const PLACE = 4
const OPENS = 5
const WHY = 6
const DIGITS_END = 7
const SLOT = 8
/** Why it stopped: at what may be a marker, at a long word, at a number with more than digits, after a name. */
const MARKER = 1
const LONG_WORD = 2
const NUMBER = 3

/** In bytes. */
const TOKENS = 512
const FIRST_SLOT = TOKENS + 4 * CHUNK
const SLOT_BYTES = 32
/** Letters of a word in its slot. Longer ones are rare, and looked up in a map. */
const MOST_LETTERS = 16
/** The module looks so far beyond a text. */
const PADDING = 64
const PAGE = 65_536
/** Memory of more than so many bytes is not kept for the next run. */
const MOST_SPARE = 1 << 22

interface ScanExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  read(at: number, end: number, count: number, opens: number): number
}

/** The part of WebAssembly that is used; TypeScript's own declaration comes with the DOM only. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: object }
}

/** Not in a page: the policy that it is served with forbids to compile, and runs are looked at there one by one. */
const engine = 'process' in globalThis ? (globalThis as { WebAssembly?: Engine }).WebAssembly : undefined

/** One that nobody is using: its memory is worth keeping, what it holds is not. */
let spare: WordScan | null = null
let compiled: object | undefined

/** A scan for the words of a vocabulary, to be given back; null in a page, and where WebAssembly is switched off (`node --jitless`). */
export function borrowedScan(table: TokenTable, vocabulary: Vocabulary): WordScan | null {
  if (engine === undefined) return null
  compiled ??= new engine.Module(Uint8Array.from(atob(WORD_SCAN_MODULE), (letter) => letter.charCodeAt(0)))
  const scan = spare ?? new WordScan(new engine.Instance(compiled).exports as ScanExports)
  spare = null
  scan.lookFor(table, vocabulary)
  return scan
}

export class WordScan {
  /** Its texts lie in the module's memory. */
  readonly reader = new TokenReader((bytes) => this.roomFor(bytes))
  /** Token of each word or number that was read; -1 where no needle holds it. Another array after `reader.open`. */
  tokens: Int32Array
  private readonly exports: ScanExports
  private cells: Int32Array
  private textAt = 0
  private table: TokenTable | null = null
  private vocabulary: Vocabulary | null = null

  constructor(exports: ScanExports) {
    this.exports = exports
    this.cells = new Int32Array(exports.memory.buffer)
    this.tokens = this.cells.subarray(TOKENS / 4, TOKENS / 4 + CHUNK)
  }

  /** To be called when all is read. */
  giveBack(): void {
    this.reader.close()
    this.table = null
    this.vocabulary = null
    if (this.exports.memory.buffer.byteLength <= MOST_SPARE) spare = this
  }

  /** Reads on in the text of `reader` at place `at`, and returns how many tokens it has read. */
  read(at: number, opensSentence: boolean): number {
    const { exports, reader, cells, textAt } = this
    const end = textAt + reader.length
    let count = exports.read(textAt + at, end, 0, opensSentence ? 1 : 0)
    while (cells[WHY] !== 0) {
      count = this.readRare(count)
      count = exports.read(cells[PLACE]!, end, count, cells[OPENS]!)
    }
    return count
  }

  /** Where the text goes on. */
  get place(): number {
    return this.cells[PLACE]! - this.textAt
  }

  get opensSentence(): boolean {
    return this.cells[OPENS] !== 0
  }

  /** What the module leaves to others. Returns how many tokens there are. */
  private readRare(count: number): number {
    const { cells, reader, textAt, tokens } = this
    const table = this.table!
    const { bytes } = reader
    const at = cells[PLACE]! - textAt
    let end = at
    let token = -1
    switch (cells[WHY]) {
      case MARKER: {
        end = endOfMarker(bytes, at, reader.length)
        if (end === 0) {
          cells[PLACE]!++
          return count
        }
        token = table.tokenOfText(reader.word(at, end), reader.hashOf(at, end))
        break
      }
      case LONG_WORD: {
        while (FOLDED[bytes[end]!] !== 0) end++
        token = table.tokenOfText(reader.word(at, end), hashOfPlain(bytes, at, end))
        const first = bytes[at]!
        if (token >= 0 && first >= 65 && first <= 90 && cells[OPENS] === 0) this.vocabulary!.noteProper(token)
        break
      }
      case NUMBER:
        end = reader.numberAt(at, cells[DIGITS_END]! - textAt)
        token = table.tokenOfNumber(reader.number)
        break
      default:
        this.vocabulary!.noteProper(tokens[count - 1]!)
        return count
    }
    tokens[count] = token
    cells[PLACE] = textAt + end
    cells[OPENS] = 0
    return count + 1
  }

  /** Lays out the memory: the table of words, which of them are names, the text. */
  lookFor(table: TokenTable, vocabulary: Vocabulary): void {
    this.table = table
    this.vocabulary = vocabulary
    const size = Math.max(64, 1 << (32 - Math.clz32(2 * vocabulary.size)))
    const names = FIRST_SLOT + SLOT_BYTES * size
    this.textAt = (names + vocabulary.size + 15) & -16
    this.reader.useBytes(this.roomFor(PAGE / 2))
    const { cells, reader } = this
    cells.fill(0, FIRST_SLOT / 4, this.textAt / 4)
    cells[TABLE] = FIRST_SLOT
    cells[TABLE_END] = names
    cells[SHIFT] = 33 + Math.clz32(size)
    cells[NAMES] = names
    table.eachPlain((word, token) => {
      if (word.length > MOST_LETTERS) return
      reader.open(word)
      // Where it stops is where the word belongs.
      this.exports.read(this.textAt, this.textAt + word.length, 0, 1)
      const slot = cells[SLOT]! >> 2
      const from = this.textAt >> 2
      for (let k = 0; k < MOST_LETTERS / 4; k++) cells[slot + k] = cells[from + k]!
      cells[slot + MOST_LETTERS / 4] = token + 1
    })
  }

  private roomFor(bytes: number): Uint8Array<ArrayBuffer> {
    const { memory } = this.exports
    const missing = this.textAt + bytes + PADDING - memory.buffer.byteLength
    if (missing > 0) {
      memory.grow(Math.ceil(missing / PAGE))
      this.cells = new Int32Array(memory.buffer)
      this.tokens = this.cells.subarray(TOKENS / 4, TOKENS / 4 + CHUNK)
    }
    return new Uint8Array(memory.buffer, this.textAt, memory.buffer.byteLength - PADDING - this.textAt)
  }
}
