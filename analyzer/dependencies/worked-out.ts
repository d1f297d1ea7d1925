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
import { addOperands, type Operand } from './operands.ts'

/** By how many bits a number must say more than the tried ways, in doublings. */
const MARGIN = 3
/** The same with a number of the user's: it comes on top of the other ways, and names things more often than it multiplies. */
const USER_MARGIN = 5
/** What numbers are multiplied and divided by in a person's head. */
const FACTORS = numbersOf([2, 3, 4, 10, 12, 100])
const FACTOR_COUNT = FACTORS.above.values.length

const OF_TWO = [SUM, DIFFERENCE, PRODUCT, RATIO]
const BY_FACTOR = [PRODUCT, RATIO]
const WITH_USER = [PRODUCT, RATIO, REVERSE_RATIO, SUM, DIFFERENCE, REVERSE_DIFFERENCE]

/** Adds a match for each result that the leaf was worked out from, if one way stands out. Returns whether it did. */
export function workOut(needle: Needle, leafIndex: number, look: Look): boolean {
  const { value } = needle.leaf
  if (typeof value !== 'number' && typeof value !== 'string') return false
  const isNumber = typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value)
  const wanted = wantedOf(needle.leaf)
  if (!isNumber && wanted === undefined) return false
  const table = look.operands()
  if (table.all.length === 0) return false
  if (isNumber && workOutNumber(value, leafIndex, table, look)) return true
  const from = wanted === undefined ? undefined : converted(wanted, table.all)
  if (from !== undefined) addOperands('computed', [from.operand], from.bits, leafIndex, look)
  return from !== undefined
}

function workOutNumber(value: number | string, leafIndex: number, table: OperandTable, look: Look): boolean {
  const number = Number(value)
  const bits = numberBits(number)
  const run = table.glued(number)
  if (run !== undefined) {
    addOperands('substring', [run], bits, leafIndex, look)
    return true
  }
  const { bare } = table
  if (bare.length === 0) return false
  if (bits >= Math.log2(bare.length) + MARGIN) {
    const decimals = String(value).split('.')[1]?.length ?? 0
    const rounded = table.bare.find(
      (operand) => !Number.isInteger(operand.value) && isRounded(operand.value, number, decimals),
    )
    if (rounded !== undefined) {
      addOperands('rounded', [rounded], bits, leafIndex, look)
      return true
    }
  }
  const found = wayTo(number, bits, table, look) ?? wayWithUser(number, bits, table, look)
  if (found !== undefined) addOperands('computed', found, bits, leafIndex, look)
  return found !== undefined
}

function isRounded(from: number, to: number, decimals: number): boolean {
  return from !== to && Math.abs(from - to) <= 0.5 * 10 ** -decimals + 1e-9
}

/** The operands of the first way that gives `number`, simplest ways first; undefined if chance would do as well. */
function wayTo(number: number, bits: number, table: OperandTable, look: Look): Operand[] | undefined {
  const { bare } = table
  const { work } = look.index
  if (bits >= Math.log2(bare.length * FACTOR_COUNT * 2) + MARGIN) {
    const one = bare[firstToMake(number, BY_FACTOR, table.numbers, FACTORS, work)]
    if (one !== undefined) return [one]
  }
  if (bits >= 2 * MARGIN) {
    const column = table.columns.find(({ sum, mean }) => isSame(sum, number) || isSame(mean, number))
    if (column !== undefined) return [column.first]
  }
  if (bits < Math.log2(bare.length ** 2 * 4) + MARGIN) return undefined
  const one = bare[firstToMake(number, OF_TWO, table.numbers, table.numbers, work)]
  if (one === undefined) return undefined
  const other = bare.find(
    (candidate) => candidate !== one && OF_TWO.some(({ make }) => isSame(make(one.value, candidate.value), number)),
  )
  if (other === undefined) throw new Error(`Tailrace bug: ${one.value} makes ${number} with no other number`)
  return [one, other]
}

/** `10 shares` of 220.34 each cost 2203.4; of a budget of 1500, 1234.55 are spent, and 265.45 left. */
function wayWithUser(number: number, bits: number, table: OperandTable, look: Look): Operand[] | undefined {
  const { bare, named } = table
  if (named.length === 0 || bits < Math.log2(bare.length * named.length * 6) + USER_MARGIN) return undefined
  const found = bare[firstToMake(number, WITH_USER, table.numbers, table.namedNumbers, look.index.work)]
  return found === undefined ? undefined : [found]
}
