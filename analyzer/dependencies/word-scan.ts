// The reading of ASCII texts in WebAssembly, sixteen characters at a time: a loop in JavaScript over the same words takes three
// times as long, which would be most of what a run with long results costs. `word-scan.wat` does it; what is rare is done here.

import type { IntPairMap } from '../base/int-pair-map.ts'
import { endOfMarker, FOLDED, hashOfPlain } from './characters.ts'
import { TokenReader } from './tokens.ts'
import type { Vocabulary } from './vocabulary.ts'
import { WORD_SCAN_MODULE } from './word-scan-module.ts'

/** Cells of the module's memory, as `word-scan.wat` has them. */
const TABLE = 0
const TABLE_END = 1
const SHIFT = 2
const NAMES = 3
const SEEN = 4
const DOCUMENT = 5
const PAIR_TAGS = 6
const PAIR_SLOTS = 7
const PAIR_MASK = 8
const PLACE = 16
const OPENS = 17
const WHY = 18
const DIGITS_END = 19
const SLOT = 20
const COUNT = 21
const LAST = 22
const WANTED = 23
const FINDS = 128
/** Why it stopped: at what may be a marker, at a long word, at a number with more than digits; else after a name. */
const MARKER = 1
const LONG_WORD = 2
const NUMBER = 3

/** Numbers of a find: which word of the text it is, its token, and the pair that it ends, -1 for none. */
export const FIND = 3
/** Finds at once. */
export const MOST_FINDS = 128

/** In bytes. */
const FIRST_SLOT = 4 * (FINDS + FIND * MOST_FINDS)
const SLOT_BYTES = 32
/** Letters of a word in its slot. Longer ones are rare, and looked up elsewhere. */
const MOST_LETTERS = 16
/** The module looks so far beyond a text. */
const PADDING = 64
const PAGE = 65_536
/** What holds more is not kept for the next run: bytes of memory, or UTF-16 code units of a text beyond ASCII. */
const MOST_SPARE = 1 << 22
/** As a document: later than all. */
const FOREVER = 0x7fffffff

interface ScanExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  read(end: number, finds: number): number
}

/** The part of WebAssembly that is used; TypeScript's own declaration comes with the DOM only. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: object }
}

/** Not in a page: the policy that it is served with forbids to compile, and runs are looked at there one by one. */
let engine = 'process' in globalThis ? (globalThis as { WebAssembly?: Engine }).WebAssembly : undefined

/** One that nobody is using: its memory is worth keeping, what it holds is not. */
let spare: WordScan | null = null
let compiled: object | undefined

/**
 * A scan for the words of a vocabulary and for pairs of them, to be given back; null in a page, and where WebAssembly is switched
 * off (`node --jitless`) or cannot have a memory.
 */
export function borrowedScan(vocabulary: Vocabulary, pairs: IntPairMap): WordScan | null {
  const scan = spare ?? newScan()
  spare = null
  scan?.lookFor(vocabulary, pairs)
  return scan
}

function newScan(): WordScan | null {
  if (engine === undefined) return null
  try {
    compiled ??= new engine.Module(Uint8Array.from(atob(WORD_SCAN_MODULE), (letter) => letter.charCodeAt(0)))
    return new WordScan(new engine.Instance(compiled).exports as ScanExports)
  } catch {
    // The engine sets gigabytes of addresses aside for a memory, which `ulimit -v` may forbid, and an old processor lacks the
    // instructions. Nothing is lost but time, and each further try would take some.
    engine = undefined
    return null
  }
}

export class WordScan {
  /** Its texts lie in the module's memory. */
  readonly reader = new TokenReader((bytes) => this.roomFor(bytes))
  /** Row upon row of `FIND`. Another array after `open`. */
  finds: Int32Array
  private readonly exports: ScanExports
  private cells: Int32Array
  private textAt = 0
  private vocabulary: Vocabulary | null = null
  private pairs: IntPairMap | null = null

  constructor(exports: ScanExports) {
    this.exports = exports
    this.cells = new Int32Array(exports.memory.buffer)
    this.finds = this.cells.subarray(FINDS)
  }

  /** To be called when all is read. */
  giveBack(): void {
    this.reader.close()
    this.vocabulary = null
    this.pairs = null
    if (Math.max(this.exports.memory.buffer.byteLength, this.reader.room) <= MOST_SPARE) spare = this
  }

  /** @param document greater than 0. A token is found once a document, and again where it ends a pair. */
  open(text: string, document: number): void {
    this.reader.open(text)
    const { cells } = this
    cells[DOCUMENT] = document
    cells[PLACE] = this.textAt
    cells[OPENS] = 1
    cells[COUNT] = 0
    cells[LAST] = -1
    cells[WANTED] = -1
  }

  /** Reads on in the text, which must be ASCII, and returns how many finds there are. */
  read(): number {
    const { exports, reader, cells } = this
    const end = this.textAt + reader.length
    let finds = exports.read(end, 0)
    while (cells[WHY] !== 0) {
      finds = this.readRare(finds)
      finds = exports.read(end, finds)
    }
    return finds
  }

  get isAtEnd(): boolean {
    return this.cells[PLACE]! >= this.textAt + this.reader.length
  }

  /** Words and numbers that were read of the text. */
  get count(): number {
    return this.cells[COUNT]!
  }

  /** Token of the last of them, -1 if nobody looks for it. */
  get last(): number {
    return this.cells[LAST]!
  }

  get isWanted(): boolean {
    return this.cells[WANTED]! >= 0
  }

  /** From now on the token is found no more but in pairs. */
  forget(token: number): void {
    this.cells[this.cells[SEEN]! / 4 + token] = FOREVER
  }

  /** What the module leaves to others. Returns how many finds there are. */
  private readRare(finds: number): number {
    const { cells, reader, textAt } = this
    const vocabulary = this.vocabulary!
    const table = vocabulary.table()
    const { bytes } = reader
    const at = cells[PLACE]! - textAt
    let end = at
    let token = -1
    switch (cells[WHY]) {
      case MARKER: {
        end = endOfMarker(bytes, at, reader.length)
        if (end === 0) {
          cells[PLACE]!++
          return finds
        }
        token = table.tokenOfText(reader.word(at, end), reader.hashOf(at, end))
        break
      }
      case LONG_WORD: {
        while (FOLDED[bytes[end]!] !== 0) end++
        token = table.tokenOfText(reader.word(at, end), hashOfPlain(bytes, at, end))
        const first = bytes[at]!
        if (token >= 0 && first >= 65 && first <= 90 && cells[OPENS] === 0) vocabulary.noteProper(token)
        break
      }
      case NUMBER:
        end = reader.numberAt(at, cells[DIGITS_END]! - textAt)
        token = table.tokenOfNumber(reader.number)
        break
      default:
        vocabulary.noteProper(cells[LAST]!)
        return finds
    }
    const before = cells[LAST]!
    const find = FINDS + FIND * finds
    if (token >= 0) {
      cells[WANTED] = 0
      cells[find] = cells[COUNT]!
      cells[find + 1] = token
      cells[find + 2] = before < 0 ? -1 : this.pairs!.get(before, token)
    }
    cells[COUNT]!++
    cells[LAST] = token
    cells[PLACE] = textAt + end
    cells[OPENS] = 0
    return token < 0 ? finds : finds + 1
  }

  /** Lays out the memory: the words, where they were seen, the pairs, which words are names, the text. */
  lookFor(vocabulary: Vocabulary, pairs: IntPairMap): void {
    this.vocabulary = vocabulary
    this.pairs = pairs
    const { tags, slots } = pairs
    // Mostly free: a second look is one that the processor does not expect.
    const size = Math.max(64, 1 << (34 - Math.clz32(vocabulary.size)))
    const tableEnd = FIRST_SLOT + SLOT_BYTES * size
    const seen = tableEnd + 4
    const pairSlots = seen + 4 * vocabulary.size
    const pairTags = pairSlots + 4 * slots.length
    const names = pairTags + tags.length + 1
    this.textAt = (names + vocabulary.size + 15) & -16
    this.reader.useBytes(this.roomFor(PAGE / 2))
    const { cells, reader } = this
    cells.fill(0, FIRST_SLOT / 4, pairSlots / 4)
    cells.set(slots, pairSlots / 4)
    const bytes = new Uint8Array(cells.buffer, 0, this.textAt)
    bytes.set(tags, pairTags)
    bytes.fill(0, names)
    // What is no token is never new, and no new name.
    cells[seen / 4 - 1] = FOREVER
    bytes[names - 1] = 1
    cells[TABLE] = FIRST_SLOT
    cells[TABLE_END] = tableEnd
    cells[SHIFT] = 33 + Math.clz32(size)
    cells[NAMES] = names
    cells[SEEN] = seen
    cells[PAIR_TAGS] = pairTags
    cells[PAIR_SLOTS] = pairSlots
    cells[PAIR_MASK] = tags.length - 1
    vocabulary.table().eachPlain((word, token) => {
      if (word.length > MOST_LETTERS) return
      this.open(word, 1)
      this.exports.read(this.textAt + reader.length, 0)
      // Where it stopped is where the word belongs.
      const slot = cells[SLOT]! / 4
      const from = this.textAt / 4
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
      this.finds = this.cells.subarray(FINDS)
    }
    return new Uint8Array(memory.buffer, this.textAt, memory.buffer.byteLength - PADDING - this.textAt)
  }
}
