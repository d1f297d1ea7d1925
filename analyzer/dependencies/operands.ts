// Numbers that calls may have been worked out from: those of the results, each with its unit where it names one. In rows, one
// for all calls of a run: there are as many as results, and few are what a call was worked out from.

import { FloatList } from '../base/typed-lists.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Json } from '../model/json.ts'
import { DocumentWalk } from './document-walk.ts'
import type { HistoryDocument } from './history.ts'
import { IntRows } from './int-rows.ts'
import type { Leaf } from './leaves.ts'
import { addMatch, type Look, type Match, type MatchKind } from './look.ts'
import { parseNested } from './nested-json.ts'
import { type PathNode, pathNode } from './path-node.ts'
import { TextNumberReader } from './text-numbers.ts'
import { wordsOf } from './tool-lexicon.ts'
import { type Unit, unitOf } from './units.ts'

/** Numbers taken from each result. */
const MAX_NUMBERS = 40
/** Of longer results only numbers with a name of their own: which element of a long list was meant nobody knows. */
const MAX_RESULT_TOKENS = 2500

/** Where a number stands. In a text there is a space behind it, or it runs into the next word. */
export const BARE = 0
export const APART = 1
export const GLUED = 2

/** Cells of a row. */
const DOCUMENT = 0
const DECIMALS = 1
const STANDS = 2
const CELLS = 3

/** Numbers of one result under one property name. */
export interface Column {
  /** Row of the first one. */
  readonly first: number
  readonly sum: number
  readonly mean: number
}

/** Numbers of results, one a row, as far as they were asked for. Those of one result follow one another, in its order. */
export class Operands {
  private readonly documents: readonly HistoryDocument[]
  private readonly documentTokens: readonly number[]
  private readonly cells = new IntRows(CELLS)
  private readonly values = new FloatList()
  private readonly units: (Unit | undefined)[] = []
  private readonly paths: (PathNode | null)[] = []
  /** Per document: its first row plus one, 0 for one that was not read; and the row after its last. */
  private readonly firstRow: Int32Array
  private readonly endRow: Int32Array
  private readonly columns = new Map<number, readonly Column[]>()
  private readonly walk = new DocumentWalk()
  private readonly text = new TextNumberReader()
  /** Of the document being read, the bare numbers and those in texts. */
  private document = -1
  private numbers = 0
  private texts = 0
  private columnsThere: Map<string, { first: number; sum: number; count: number }> | undefined

  constructor({ documents, index }: Pick<Look, 'documents' | 'index'>) {
    this.documents = documents
    this.documentTokens = index.documentTokens
    this.firstRow = int32Zeros(documents.length)
    this.endRow = int32Zeros(documents.length)
  }

  /** The first row of a result, which is read if it was not. */
  firstOf(document: number): number {
    if (this.firstRow[document] === 0) this.read(document)
    return this.firstRow[document]! - 1
  }

  /** The row after the last of a result that was read. */
  endOf(document: number): number {
    return this.endRow[document]!
  }

  /** Of a result that was read: of two numbers or more, by the first of each. */
  columnsOf(document: number): readonly Column[] {
    return this.columns.get(document) ?? NO_COLUMNS
  }

  documentOf(row: number): number {
    return this.cells.cells[CELLS * row + DOCUMENT]!
  }

  valueOf(row: number): number {
    return this.values.items[row]!
  }

  decimalsOf(row: number): number {
    return this.cells.cells[CELLS * row + DECIMALS]!
  }

  /** BARE, APART or GLUED. */
  standsAt(row: number): number {
    return this.cells.cells[CELLS * row + STANDS]!
  }

  unitOf(row: number): Unit | undefined {
    return this.units[row]
  }

  pathOf(row: number): PathNode | null {
    return this.paths[row]!
  }

  private read(document: number): void {
    const { value } = this.documents[document] as HistoryDocument
    this.document = document
    this.numbers = 0
    this.texts = 0
    this.columnsThere = undefined
    this.firstRow[document] = this.values.size + 1
    if ((this.documentTokens[document] ?? 0) > MAX_RESULT_TOKENS) this.readNamed(value)
    else this.walk.walk(value, this.onScalar, nothing)
    this.endRow[document] = this.values.size
    if (this.columnsThere !== undefined) this.putColumns(this.columnsThere)
  }

  /** Numbers that no list holds, in document order. */
  private readNamed(root: Json): void {
    const open: { readonly value: Json; readonly path: PathNode | null; readonly key: string }[] = [
      { value: root, path: null, key: '' },
    ]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const { path, key } = at
      const value = typeof at.value === 'string' ? (parseNested(at.value) ?? at.value) : at.value
      if (Array.isArray(value)) continue
      if (value === null || typeof value !== 'object') {
        if (this.add(value as Leaf['value'], key, path)) break
      } else {
        const inner = Object.entries(value as Readonly<Record<string, Json>>)
        for (const [name, held] of inner.reverse()) open.push({ value: held, path: pathNode(path, name), key: name })
      }
    }
  }

  private readonly onScalar = (held: Leaf['value'], key: string): void => {
    if (this.add(held, key, undefined)) this.walk.stop()
  }

  /**
   * Adds the numbers of a scalar. Returns whether there is no room for more.
   * @param path that of the walk unless given.
   */
  private add(held: Leaf['value'], key: string, path: PathNode | null | undefined): boolean {
    if (typeof held === 'number') {
      if (Math.abs(held) > 1 && this.numbers < MAX_NUMBERS) {
        this.numbers++
        const decimals = Number.isSafeInteger(held) ? 0 : (String(held).split('.')[1]?.length ?? 0)
        const row = this.put(held, decimals, BARE, unitOfName(key), path === undefined ? this.walk.path() : path)
        this.noteColumn(row, key)
      }
    } else if (typeof held === 'string' && this.texts < MAX_NUMBERS) {
      const { text } = this
      let place = path
      text.open(held)
      while (text.read()) {
        if (Math.abs(text.value) <= 1 || this.texts >= MAX_NUMBERS) continue
        this.texts++
        if (place === undefined) place = this.walk.path()
        this.put(text.value, text.decimals, text.glued ? GLUED : APART, unitOf(text.word), place)
      }
    }
    return this.numbers >= MAX_NUMBERS && this.texts >= MAX_NUMBERS
  }

  private put(value: number, decimals: number, stands: number, unit: Unit | undefined, path: PathNode | null): number {
    const row = this.cells.add()
    const { cells } = this.cells
    cells[CELLS * row + DOCUMENT] = this.document
    cells[CELLS * row + DECIMALS] = decimals
    cells[CELLS * row + STANDS] = stands
    this.values.push(value)
    this.units.push(unit)
    this.paths.push(path)
    return row
  }

  /** To be called for the bare numbers of a document, in their order. Most documents have one, which is no column. */
  private noteColumn(row: number, key: string): void {
    const value = this.valueOf(row)
    if (this.numbers === 1) {
      this.loneKey = key
      this.loneRow = row
      return
    }
    if (this.columnsThere === undefined) {
      this.columnsThere = new Map([[this.loneKey, { first: this.loneRow, sum: this.valueOf(this.loneRow), count: 1 }]])
    }
    const column = this.columnsThere.get(key)
    if (column === undefined) this.columnsThere.set(key, { first: row, sum: value, count: 1 })
    else {
      column.sum += value
      column.count++
    }
  }

  private loneKey = ''
  private loneRow = -1

  private putColumns(columns: ReadonlyMap<string, { first: number; sum: number; count: number }>): void {
    const found: Column[] = []
    for (const { first, sum, count } of columns.values()) if (count > 1) found.push({ first, sum, mean: sum / count })
    if (found.length > 0) this.columns.set(this.document, found)
  }
}

const nothing = (): void => {}

const NO_COLUMNS: readonly Column[] = []

/** The unit that `distance_km` and `minutes` end with. One letter alone may stand for anything. */
export function unitOfName(key: string): Unit | undefined {
  const words = wordsOf(key)
  const last = words[words.length - 1] ?? ''
  return words.length < 2 && last.length < 2 ? undefined : unitOf(last)
}

/** Adds a match for each result that has an operand, by their rows. */
export function addOperands(
  kind: MatchKind,
  rows: readonly number[],
  operands: Operands,
  bits: number,
  leafIndex: number,
  look: Look,
): void {
  for (const row of rows) {
    const document = operands.documentOf(row)
    const path = operands.pathOf(row)
    addMatch(look, {
      from: (look.documents[document] as HistoryDocument).call,
      leaf: leafIndex,
      kind,
      rival: 'none',
      bits,
      resultTokens: look.index.documentTokens[document] ?? 0,
      affinity: 0,
      wholeResult: false,
      numeric: true,
      plain: false,
      saidLater: 'no',
      loose: false,
      unused: false,
      share: 1,
      incidental: false,
      probability: Number.NaN,
      hit: { document, path, key: nameOf(path), whole: kind !== 'substring', negative: operands.valueOf(row) < 0 },
    } satisfies Match)
  }
}

/** The nearest property name, '' for none. */
function nameOf(path: PathNode | null): string {
  let node = path
  while (node !== null && typeof node.key === 'number') node = node.parent
  return node === null ? '' : (node.key as string)
}
