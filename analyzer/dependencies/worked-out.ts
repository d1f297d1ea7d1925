// Numbers that no document holds, worked out from numbers that results hold: rounded (3.96 from 3.9625800000000004), doubled,
// added up, counted, put in another unit, taken times a number of the user's. Small numbers can be worked out from anything,
// so a way counts only if the number says more than the ways that were tried.

import { converted, wantedOf } from './converted.ts'
import { numberBits } from './information.ts'
import type { Look, Needle } from './look.ts'
import { addOperands, type Operand, operandsOf } from './operands.ts'

/** By how many bits a number must say more than the tried ways, in doublings. */
const MARGIN = 3
/** The same with a number of the user's: it comes on top of the other ways, and names things more often than it multiplies. */
const USER_MARGIN = 5
/** What numbers are multiplied and divided by in a person's head. */
const FACTORS = [2, 3, 4, 10, 12, 100] as const

/** Adds a match for each result that the leaf was worked out from, if one way stands out. Returns whether it did. */
export function workOut(needle: Needle, leafIndex: number, look: Look): boolean {
  const { value } = needle.leaf
  if (typeof value !== 'number' && typeof value !== 'string') return false
  const isNumber = typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value)
  const wanted = wantedOf(needle.leaf)
  if (!isNumber && wanted === undefined) return false
  const all = operandsOf(look)
  if (all.length === 0) return false
  if (isNumber && workOutNumber(value, leafIndex, all, look)) return true
  const from = wanted === undefined ? undefined : converted(wanted, all)
  if (from !== undefined) addOperands('computed', [from.operand], from.bits, leafIndex, look)
  return from !== undefined
}

function workOutNumber(value: number | string, leafIndex: number, all: readonly Operand[], look: Look): boolean {
  const number = Number(value)
  const bits = numberBits(number)
  const run = all.find((operand) => operand.inText === 'glued' && operand.value === number)
  if (run !== undefined) {
    addOperands('substring', [run], bits, leafIndex, look)
    return true
  }
  const operands = all.filter((operand) => operand.inText === 'no')
  if (operands.length === 0) return false
  const decimals = String(value).split('.')[1]?.length ?? 0
  const rounded = operands.find((operand) => isRounded(operand.value, number, decimals))
  if (rounded !== undefined && bits >= Math.log2(operands.length) + MARGIN) {
    addOperands('rounded', [rounded], bits, leafIndex, look)
    return true
  }
  const found = wayTo(number, bits, operands) ?? wayWithUser(number, bits, operands, look)
  if (found !== undefined) addOperands('computed', found, bits, leafIndex, look)
  return found !== undefined
}

function isRounded(from: number, to: number, decimals: number): boolean {
  if (from === to || Number.isInteger(from)) return false
  return Math.abs(from - to) <= 0.5 * 10 ** -decimals + 1e-9
}

/** The operands of the first way that gives `number`, simplest ways first; undefined if chance would do as well. */
function wayTo(number: number, bits: number, operands: readonly Operand[]): Operand[] | undefined {
  if (bits >= Math.log2(operands.length * FACTORS.length * 2) + MARGIN) {
    for (const one of operands) {
      if (FACTORS.some((factor) => isSame(one.value * factor, number) || isSame(one.value / factor, number)))
        return [one]
    }
  }
  for (const column of columnsOf(operands)) {
    const sum = column.reduce((total, { value }) => total + value, 0)
    if (bits >= 2 * MARGIN && (isSame(sum, number) || isSame(sum / column.length, number)))
      return [column[0] as Operand]
  }
  if (bits < Math.log2(operands.length ** 2 * 4) + MARGIN) return undefined
  for (const one of operands) {
    for (const other of operands) {
      if (one === other) continue
      const [a, b] = [one.value, other.value]
      if (isSame(a + b, number) || isSame(a - b, number) || isSame(a * b, number) || isSame(a / b, number)) {
        return [one, other]
      }
    }
  }
  return undefined
}

/** `10 shares` of 220.34 each cost 2203.4; of a budget of 1500, 1234.55 are spent, and 265.45 left. */
function wayWithUser(number: number, bits: number, operands: readonly Operand[], look: Look): Operand[] | undefined {
  const named = look.said.numbers.filter(({ document }) => document < look.end)
  if (named.length === 0 || bits < Math.log2(operands.length * named.length * 6) + USER_MARGIN) return undefined
  const found = operands.find(({ value: a }) =>
    named.some(({ value: b }) => [a * b, a / b, b / a, a + b, a - b, b - a].some((way) => isSame(way, number))),
  )
  return found === undefined ? undefined : [found]
}

const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))

/** Numbers of one result under one property name. */
function columnsOf(operands: readonly Operand[]): Operand[][] {
  const columns = new Map<string, Operand[]>()
  for (const operand of operands) {
    const name = `${operand.document} ${operand.key}`
    const column = columns.get(name)
    if (column === undefined) columns.set(name, [operand])
    else column.push(operand)
  }
  return [...columns.values()].filter((column) => column.length > 1)
}
