// Numbers that one call may have been worked out from, put in order once for all of its arguments.

import { FloatList, IntList } from '../base/typed-lists.ts'
import type { Look } from './look.ts'
import { Numbers } from './number-ways.ts'
import { BARE, GLUED, Operands } from './operands.ts'

/** Results looked at, latest first: what is worked with is at hand. */
const MAX_RESULTS = 12

/** One for all calls of a run, filled for each that asks. What is not asked for at once is put in order when it is first asked for. */
export class OperandTable {
  readonly operands: Operands
  /** Rows of the operands of the results that the call could see, latest result first. */
  readonly all = new IntList()
  /** Those that no text holds, and their values. */
  readonly bare = new IntList()
  private readonly bareValues = new FloatList()
  /** The results. */
  private readonly documents = new IntList()
  private readonly look: Look
  private call = -1
  private readonly sorted = new Numbers()
  private isSorted = false
  private readonly sortedNamed = new Numbers()
  private namedCount = 0

  constructor(look: Look) {
    this.look = look
    this.operands = new Operands(look)
  }

  /** Makes it the table of the call that `look` is about. */
  fill(): void {
    const { look, operands, all, bare, bareValues, documents } = this
    if (this.call === look.call) return
    this.call = look.call
    this.isSorted = false
    all.clear()
    bare.clear()
    bareValues.clear()
    documents.clear()
    for (let at = look.results.length - 1; at >= 0 && documents.size < MAX_RESULTS; at--) {
      const document = look.results[at]!
      if (!look.sees(document)) continue
      documents.push(document)
      const first = operands.firstOf(document)
      const end = operands.endOf(document)
      for (let row = first; row < end; row++) {
        all.push(row)
        if (operands.standsAt(row) !== BARE) continue
        bare.push(row)
        bareValues.push(operands.valueOf(row))
      }
    }
  }

  /** Row of the first one of a value that is run into the next word of a text; -1 for none. */
  glued(value: number): number {
    const { all, operands } = this
    for (let at = 0; at < all.size; at++) {
      const row = all.items[at]!
      if (operands.standsAt(row) === GLUED && operands.valueOf(row) === value) return row
    }
    return -1
  }

  /** Row of the first bare one of which `test` holds; -1 for none. */
  findBare(test: (value: number, row: number) => boolean): number {
    const { bare, bareValues } = this
    for (let at = 0; at < bare.size; at++) {
      const row = bare.items[at]!
      if (test(bareValues.items[at]!, row)) return row
    }
    return -1
  }

  /** The first row of the first column of which `test` holds; -1 for none. */
  findColumn(test: (sum: number, mean: number) => boolean): number {
    const { documents, operands } = this
    for (let at = 0; at < documents.size; at++) {
      for (const { first, sum, mean } of operands.columnsOf(documents.items[at]!)) if (test(sum, mean)) return first
    }
    return -1
  }

  /** Values of the bare ones, by their place among them. */
  get numbers(): Numbers {
    if (!this.isSorted) this.sorted.fill(this.bareValues.items, this.bare.size)
    this.isSorted = true
    return this.sorted
  }

  /** How many numbers the user had named before the call. */
  get namedBefore(): number {
    const { said, end } = this.look
    let count = 0
    while (count < said.numbers.length && said.numbers[count]!.document < end) count++
    return count
  }

  /** These. */
  get namedNumbers(): Numbers {
    const count = this.namedBefore
    if (count !== this.namedCount) {
      const named = this.look.said.numbers.slice(0, count)
      this.sortedNamed.fill(
        named.map(({ value }) => value),
        count,
      )
      this.namedCount = count
    }
    return this.sortedNamed
  }
}

/** What `make` makes, made when it is first asked for. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
