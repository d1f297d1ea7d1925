// Numbers that one call may have been worked out from, put in order once for all of its arguments.

import type { Look } from './look.ts'
import { type Numbers, numbersOf } from './number-ways.ts'
import { type Operand, operandsOf } from './operands.ts'

/** Numbers of one result under one property name. */
interface Column {
  readonly first: Operand
  readonly sum: number
  readonly mean: number
}

/** What is a function is put in order when it is first asked for. */
export interface OperandTable {
  readonly all: readonly Operand[]
  /** The first one of a value that is run into the next word of a text. */
  readonly glued: (value: number) => Operand | undefined
  /** Those that no text holds. */
  readonly bare: readonly Operand[]
  /** Those of the bare ones with a fraction. */
  readonly fractions: () => readonly Operand[]
  /** Values of the bare ones, by their place among them. */
  readonly numbers: () => Numbers
  readonly columns: () => readonly Column[]
  /** What numbers the user had named. */
  readonly named: readonly number[]
  readonly namedNumbers: () => Numbers
}

/** The table of the call that `look` is about. */
export function operandTable(look: Look): OperandTable {
  const all = operandsOf(look)
  const bare = all.filter((operand) => operand.inText === 'no')
  const named = look.said.numbers.filter(({ document }) => document < look.end).map(({ value }) => value)
  return {
    all,
    glued: (value) => all.find((operand) => operand.inText === 'glued' && operand.value === value),
    bare,
    fractions: once(() => bare.filter(({ value }) => !Number.isInteger(value))),
    numbers: once(() => numbersOf(bare.map(({ value }) => value))),
    columns: once(() => columnsOf(bare)),
    named,
    namedNumbers: once(() => numbersOf(named)),
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

/** Of two numbers or more. */
function columnsOf(operands: readonly Operand[]): Column[] {
  const columns: { first: Operand; sum: number; count: number }[] = []
  let document = -1
  let ofKey = new Map<string, (typeof columns)[number]>()
  for (const operand of operands) {
    // Those of one document follow one another.
    if (operand.document !== document) {
      document = operand.document
      ofKey = new Map()
    }
    let column = ofKey.get(operand.key)
    if (column === undefined) {
      column = { first: operand, sum: 0, count: 0 }
      ofKey.set(operand.key, column)
      columns.push(column)
    }
    column.sum += operand.value
    column.count++
  }
  return columns.filter(({ count }) => count > 1).map(({ first, sum, count }) => ({ first, sum, mean: sum / count }))
}
