// Where patterns are: the words, pairs of neighbouring words and whole needles that documents are searched for, and the places
// in documents that hold them. All of it whole numbers in rows, since every token of a history may come by here.

import { DocumentWalk } from './document-walk.ts'
import { IntRows } from './int-rows.ts'
import type { PathNode } from './path-node.ts'

/** A place that holds a pattern, as found in one document. */
export interface Hit {
  readonly document: number
  readonly path: PathNode | null
  /** Property name that holds it, '' for none. */
  readonly key: string
  /** The pattern is all that the leaf holds. */
  readonly whole: boolean
  /** The leaf is a number below zero. */
  readonly negative: boolean
}

/** Of the leaves that are one needle as a whole, so many per document are kept, each under another property name. */
const MAX_WHOLE = 4

/** A needle is kept in the first so many documents, ... */
const MAX_NEEDLE_DOCUMENTS = 128
/** ... and a word or pair that only occurs in needles in so many: mostly the first that the asking call could see is asked for. */
export const MAX_WORD_DOCUMENTS = 8
/** `lastDocument` of a pattern that is kept no more. */
export const FULL = 0x7fffffff

/** Flags of an entry. */
export const WHOLE = 1
export const NEGATIVE = 2

/** Cells of a pattern: its first and last entry, both plus one; its first entry in the last document, whole ones there; how many documents more. */
const FIRST = 0
const LATEST = 1
const THERE = 2
const WHOLE_THERE = 3
const LEFT = 4
const PATTERN = 5

/** Cells of an entry, the entry behind it plus one. */
const DOCUMENT = 0
const LEAF = 1
const FLAGS = 2
const NEXT = 3
const ENTRY = 4

/** What a `ValueIndex` knows, and answers. */
export class PatternPlaces {
  private readonly patterns = new IntRows(PATTERN)
  /** Per pattern, plus one: apart, since each token of each document is looked up here. */
  protected readonly lastDocument = new IntRows(1)
  private readonly entries = new IntRows(ENTRY)
  /** By entry, of the few that were asked for. */
  private readonly hits = new Map<number, Hit>()
  /** Per leaf of which something is kept. */
  private readonly leafPaths: (PathNode | null)[] = []
  private readonly leafKeys: string[] = []
  protected readonly walk = new DocumentWalk()
  /** The document being read, and the leaf: its key, and its number once something of it is kept. */
  protected document = -1
  protected key = ''
  protected leaf = -1

  /** The first entry of a pattern in time order, -1 for none. */
  first(pattern: number): number {
    return (this.patterns.cells[PATTERN * pattern + FIRST] ?? 0) - 1
  }

  /** The next entry of the same pattern, -1 for none: one or more per document, documents ascending. */
  next(entry: number): number {
    return this.entries.cells[ENTRY * entry + NEXT]! - 1
  }

  documentOf(entry: number): number {
    return this.entries.cells[ENTRY * entry + DOCUMENT]!
  }

  isWhole(entry: number): boolean {
    return (this.entries.cells[ENTRY * entry + FLAGS]! & WHOLE) !== 0
  }

  keyOf(entry: number): string {
    return this.leafKeys[this.entries.cells[ENTRY * entry + LEAF]!] ?? ''
  }

  pathOf(entry: number): PathNode | null {
    return this.leafPaths[this.entries.cells[ENTRY * entry + LEAF]!] ?? null
  }

  /** One object per entry. */
  hitOf(entry: number): Hit {
    let hit = this.hits.get(entry)
    if (hit === undefined) {
      hit = this.newHit(entry)
      this.hits.set(entry, hit)
    }
    return hit
  }

  private newHit(entry: number): Hit {
    const { cells } = this.entries
    const leaf = cells[ENTRY * entry + LEAF]!
    const flags = cells[ENTRY * entry + FLAGS]!
    return {
      document: this.documentOf(entry),
      path: this.leafPaths[leaf] ?? null,
      key: this.leafKeys[leaf]!,
      whole: (flags & WHOLE) !== 0,
      negative: (flags & NEGATIVE) !== 0,
    }
  }

  /** Patterns are numbered from 0. */
  get patternCount(): number {
    return this.patterns.size
  }

  /** Places kept. */
  protected get kept(): number {
    return this.entries.size
  }

  protected newPattern(): number {
    const pattern = this.patterns.add()
    this.lastDocument.add()
    this.patterns.cells[PATTERN * pattern + LEFT] = MAX_WORD_DOCUMENTS
    return pattern
  }

  /** To be called for what is a needle as a whole. */
  protected keepOften(pattern: number): void {
    this.patterns.cells[PATTERN * pattern + LEFT] = MAX_NEEDLE_DOCUMENTS
  }

  /** Keeps the leaf being read as a place of `pattern`, if it is the first in its document, or whole under a new name. */
  protected note(pattern: number, flags: number): void {
    const documents = this.lastDocument.cells
    const last = documents[pattern]!
    if (last === FULL) return
    const { patterns, entries } = this
    const there = PATTERN * pattern
    if (last === this.document + 1) {
      if (flags === 0 || patterns.cells[there + WHOLE_THERE]! >= MAX_WHOLE) return
      const { cells } = entries
      for (let entry = patterns.cells[there + THERE]!; entry >= 0; entry = cells[ENTRY * entry + NEXT]! - 1) {
        const at = ENTRY * entry
        const known = cells[at + FLAGS]!
        if (this.leaf >= 0 && cells[at + LEAF] === this.leaf) {
          if ((known & WHOLE) === 0) patterns.cells[there + WHOLE_THERE]!++
          cells[at + FLAGS] = known | flags
          return
        }
        if (known === flags && this.leafKeys[cells[at + LEAF]!] === this.key) return
      }
    } else {
      const left = patterns.cells[there + LEFT]! - 1
      patterns.cells[there + LEFT] = left
      documents[pattern] = left < 0 ? FULL : this.document + 1
      if (left < 0) return
      patterns.cells[there + THERE] = entries.size
      patterns.cells[there + WHOLE_THERE] = 0
    }
    if (this.leaf < 0) {
      this.leaf = this.leafKeys.length
      this.leafPaths.push(this.walk.path())
      this.leafKeys.push(this.key)
    }
    const entry = entries.add()
    const { cells } = entries
    const before = patterns.cells[there + LATEST]!
    if (before === 0) patterns.cells[there + FIRST] = entry + 1
    else cells[ENTRY * (before - 1) + NEXT] = entry + 1
    patterns.cells[there + LATEST] = entry + 1
    cells[ENTRY * entry + DOCUMENT] = this.document
    cells[ENTRY * entry + LEAF] = this.leaf
    cells[ENTRY * entry + FLAGS] = flags
    if (flags !== 0) patterns.cells[there + WHOLE_THERE]!++
  }
}
