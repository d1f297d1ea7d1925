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

/** What is not asked for at once is put in order when it is first asked for. */
export class OperandTable {
  readonly all: readonly Operand[]
  /** Those that no text holds. */
  readonly bare: readonly Operand[]
  private readonly look: Pick<Look, 'said' | 'end'>
  private madeNumbers: Numbers | undefined
  private madeColumns: readonly Column[] | undefined
  private madeNamed: readonly number[] | undefined
  private madeNamedNumbers: Numbers | undefined

  /** The table of the call that `look` is about. */
  constructor(look: Look) {
    this.all = operandsOf(look)
    this.bare = this.all.filter(({ inText }) => inText === 'no')
    this.look = { said: look.said, end: look.end }
  }

  /** The first one of a value that is run into the next word of a text. */
  glued(value: number): Operand | undefined {
    return this.all.find((operand) => operand.inText === 'glued' && operand.value === value)
  }

  /** Values of the bare ones, by their place among them. */
  get numbers(): Numbers {
    this.madeNumbers ??= numbersOf(this.bare.map(({ value }) => value))
    return this.madeNumbers
  }

  get columns(): readonly Column[] {
    this.madeColumns ??= columnsOf(this.bare)
    return this.madeColumns
  }

  /** What numbers the user had named. */
  get named(): readonly number[] {
    const { said, end } = this.look
    this.madeNamed ??= said.numbers.filter(({ document }) => document < end).map(({ value }) => value)
    return this.madeNamed
  }

  get namedNumbers(): Numbers {
    this.madeNamedNumbers ??= numbersOf(this.named)
    return this.madeNamedNumbers
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
  operands.forEach((operand, at) => {
    // Those of one document follow one another. Most have one number, which is no column.
    if (operand.document !== document) {
      if (operands[at + 1]?.document !== operand.document) return
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
  })
  return columns.filter(({ count }) => count > 1).map(({ first, sum, count }) => ({ first, sum, mean: sum / count }))
}
