// Numbers that no document holds, worked out from numbers that results hold: rounded (3.96 from 3.9625800000000004), doubled,
// added up, counted, put in another unit, taken times a number of the user's. Small numbers can be worked out from anything,
// so a way counts only if the number says more than the ways that were tried.

import { converted, wantedOf } from './converted.ts'
import { numberBits } from './information.ts'
import type { Look, Needle } from './look.ts'
import {
  DIFFERENCE,
  firstToMake,
  isSame,
  numbersOf,
  PRODUCT,
  RATIO,
  REVERSE_DIFFERENCE,
  REVERSE_RATIO,
  SUM,
} from './number-ways.ts'
import type { OperandTable } from './operand-table.ts'
import { addOperands } from './operands.ts'

const NUMBER = /^-?\d+(\.\d+)?$/

/** By how many bits a number must say more than the tried ways, in doublings. */
const MARGIN = 3
/** The same with a number of the user's: it comes on top of the other ways, and names things more often than it multiplies. */
const USER_MARGIN = 5
/** What numbers are multiplied and divided by in a person's head. */
const FACTORS = numbersOf([2, 3, 4, 10, 12, 100])
const FACTOR_COUNT = FACTORS.above.size

const OF_TWO = [SUM, DIFFERENCE, PRODUCT, RATIO]
const BY_FACTOR = [PRODUCT, RATIO]
const WITH_USER = [PRODUCT, RATIO, REVERSE_RATIO, SUM, DIFFERENCE, REVERSE_DIFFERENCE]

/** Adds a match for each result that the leaf was worked out from, if one way stands out. Returns whether it did. */
export function workOut(needle: Needle, leafIndex: number, look: Look): boolean {
  const { value } = needle.leaf
  if (typeof value !== 'number' && typeof value !== 'string') return false
  const isNumber = typeof value === 'number' || NUMBER.test(value)
  const wanted = wantedOf(needle.leaf)
  if (!isNumber && wanted === undefined) return false
  const table = look.operands()
  const { operands } = table
  if (table.all.size === 0) return false
  if (isNumber && workOutNumber(value, leafIndex, table, look)) return true
  const from = wanted === undefined ? undefined : converted(wanted, table)
  if (from !== undefined) addOperands('computed', [from.row], operands, from.bits, leafIndex, look)
  return from !== undefined
}

function workOutNumber(value: number | string, leafIndex: number, table: OperandTable, look: Look): boolean {
  const { operands } = table
  const number = Number(value)
  const bits = numberBits(number)
  const run = table.glued(number)
  if (run >= 0) {
    addOperands('substring', [run], operands, bits, leafIndex, look)
    return true
  }
  if (table.bare.size === 0) return false
  if (bits >= Math.log2(table.bare.size) + MARGIN) {
    const decimals = String(value).split('.')[1]?.length ?? 0
    const rounded = table.findBare((one) => !Number.isInteger(one) && isRounded(one, number, decimals))
    if (rounded >= 0) {
      addOperands('rounded', [rounded], operands, bits, leafIndex, look)
      return true
    }
  }
  const found = wayTo(number, bits, table, look) ?? wayWithUser(number, bits, table, look)
  if (found !== undefined) addOperands('computed', found, operands, bits, leafIndex, look)
  return found !== undefined
}

function isRounded(from: number, to: number, decimals: number): boolean {
  return from !== to && Math.abs(from - to) <= 0.5 * 10 ** -decimals + 1e-9
}

/** Rows of the operands of the first way that gives `number`, simplest ways first; undefined if chance would do as well. */
function wayTo(number: number, bits: number, table: OperandTable, look: Look): number[] | undefined {
  const { bare, operands } = table
  const { work } = look.index
  if (bits >= Math.log2(bare.size * FACTOR_COUNT * 2) + MARGIN) {
    const one = firstToMake(number, BY_FACTOR, table.numbers, FACTORS, work)
    if (one >= 0) return [bare.items[one]!]
  }
  if (bits >= 2 * MARGIN) {
    const column = table.findColumn((sum, mean) => isSame(sum, number) || isSame(mean, number))
    if (column >= 0) return [column]
  }
  if (bits < Math.log2(bare.size ** 2 * 4) + MARGIN) return undefined
  const place = firstToMake(number, OF_TWO, table.numbers, table.numbers, work)
  if (place < 0) return undefined
  const one = bare.items[place]!
  const value = operands.valueOf(one)
  const other = table.findBare(
    (candidate, row) => row !== one && OF_TWO.some(({ make }) => isSame(make(value, candidate), number)),
  )
  if (other < 0) throw new Error(`Tailrace bug: ${value} makes ${number} with no other number`)
  return [one, other]
}

/** `10 shares` of 220.34 each cost 2203.4; of a budget of 1500, 1234.55 are spent, and 265.45 left. */
function wayWithUser(number: number, bits: number, table: OperandTable, look: Look): number[] | undefined {
  const { bare, namedBefore } = table
  if (namedBefore === 0 || bits < Math.log2(bare.size * namedBefore * 6) + USER_MARGIN) return undefined
  const place = firstToMake(number, WITH_USER, table.numbers, table.namedNumbers, look.index.work)
  return place < 0 ? undefined : [bare.items[place]!]
}
