// Numbers that no document holds, worked out from numbers that results hold: rounded (3.96 from 3.9625800000000004), doubled,
// added up, counted. Small numbers can be worked out from anything, so a way counts only if the number says more than the
// ways that were tried.

import type { Json } from '../model/json.ts'
import type { HistoryDocument } from './history.ts'
import { numberBits } from './information.ts'
import { leavesOf, type PathNode } from './leaves.ts'
import type { Look, Match, Needle } from './look.ts'

/** Results looked at, latest first, and numbers taken from each: what is worked with is at hand. */
const MAX_RESULTS = 12
const MAX_NUMBERS = 40
/** Longer results are not searched for operands: nobody knows which of their numbers were meant. */
const MAX_RESULT_TOKENS = 2500
/** By how many bits a number must say more than the tried ways, in doublings. */
const MARGIN = 3
/** What numbers are multiplied and divided by in a person's head. */
const FACTORS = [2, 3, 4, 10, 12, 100] as const

interface Operand {
  readonly document: number
  readonly value: number
  readonly path: PathNode | null
  readonly key: string
}

/** Adds a match for each result that the leaf was worked out from, if one way stands out. Returns whether it did. */
export function workOut(needle: Needle, leafIndex: number, look: Look): boolean {
  const { value } = needle.leaf
  if (typeof value !== 'number' && !(typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))) return false
  const number = Number(value)
  const bits = numberBits(number)
  const operands = operandsOf(look)
  if (operands.length === 0) return false
  const decimals = String(value).split('.')[1]?.length ?? 0
  const rounded = operands.find((operand) => isRounded(operand.value, number, decimals))
  if (rounded !== undefined && bits >= Math.log2(operands.length) + MARGIN) {
    add('rounded', [rounded], bits, leafIndex, look)
    return true
  }
  const found = wayTo(number, bits, operands)
  if (found === undefined) return false
  add('computed', found, bits, leafIndex, look)
  return true
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

function operandsOf(look: Look): Operand[] {
  const operands: Operand[] = []
  let results = 0
  for (let d = look.end - 1; d >= 0 && results < MAX_RESULTS; d--) {
    const document = look.documents[d] as HistoryDocument
    if (document.kind !== 'result' || !look.sees(d)) continue
    results++
    if ((look.index.documentTokens[d] ?? 0) > MAX_RESULT_TOKENS) continue
    operands.push(...numbersIn(document.value, d))
  }
  return operands
}

function numbersIn(value: Json, document: number): Operand[] {
  const found: Operand[] = []
  for (const leaf of leavesOf(value)) {
    if (typeof leaf.value !== 'number' || Math.abs(leaf.value) <= 1) continue
    found.push({ document, value: leaf.value, path: leaf.path, key: leaf.key })
    if (found.length >= MAX_NUMBERS) break
  }
  return found
}

function add(
  kind: 'rounded' | 'computed',
  operands: readonly Operand[],
  bits: number,
  leafIndex: number,
  look: Look,
): void {
  for (const { document, path, key, value } of operands) {
    look.matches.push({
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
      hit: { document, path, key, whole: true, negative: value < 0 },
    } satisfies Match)
  }
}
