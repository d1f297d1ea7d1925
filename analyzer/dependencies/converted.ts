// Numbers put in another unit: 6755 bytes of `6.60 KB`, 150 minutes of 2.5 hours. Rounding is allowed as far as the digits of
// both sides leave it open, and a conversion counts only if that says more than the conversions that were tried.

import { numberBits } from './information.ts'
import type { Leaf } from './leaves.ts'
import type { OperandTable } from './operand-table.ts'
import { BARE, unitOfName } from './operands.ts'
import { textNumbers } from './text-numbers.ts'
import { type Unit, unitOf, unitsOf } from './units.ts'

/** By how many bits a number must say more than the conversions that were tried. */
const MARGIN = 4
/** Longer texts quote, and convert nothing. Units: UTF-16 code units. */
const MAX_TEXT = 60

export interface Converted {
  /** Row of the operand. */
  readonly row: number
  /** Information in the agreement of the two numbers. */
  readonly bits: number
}

export interface Wanted {
  readonly value: number
  readonly decimals: number
  readonly unit: Unit | undefined
}

/** The one number of the leaf, with the unit that the text or the leaf's name gives it. */
export function wantedOf({ value, key }: Leaf): Wanted | undefined {
  const text = String(value)
  if (text.length > MAX_TEXT) return undefined
  const numbers = textNumbers(text)
  const [only] = numbers
  if (only === undefined || numbers.length > 1 || Math.abs(only.value) <= 1) return undefined
  return { value: only.value, decimals: only.decimals, unit: unitOf(only.word) ?? unitOfName(key) }
}

/**
 * The operand that the wanted number is in another unit, the closest one. Both sides name their units, or one of them does and the other,
 * a bare number, is taken to be in any unit of the same kind.
 */
export function converted(
  wanted: Wanted,
  { all, operands }: Pick<OperandTable, 'all' | 'operands'>,
): Converted | undefined {
  const step = 10 ** -wanted.decimals
  const said = numberBits(wanted.value)
  let tries = 0
  let best: Converted | undefined
  for (let at = 0; at < all.size; at++) {
    const row = all.items[at]!
    const unit = operands.unitOf(row)
    if (unit === undefined && wanted.unit === undefined) continue
    if (unit !== undefined && wanted.unit !== undefined && unit.kind !== wanted.unit.kind) continue
    // A number beside other words in a text is in no unit that nobody names.
    if (unit === undefined && operands.standsAt(row) !== BARE) continue
    for (const factor of factorsOf(unit, wanted.unit)) {
      tries++
      const bits = agreement(operands.valueOf(row), operands.decimalsOf(row), wanted.value, step, said, factor)
      if (bits > (best?.bits ?? 0)) best = { row, bits }
    }
  }
  return best !== undefined && best.bits >= Math.log2(tries) + MARGIN ? best : undefined
}

/** What to multiply by. One of the two is known, and both are of one kind. */
function factorsOf(from: Unit | undefined, to: Unit | undefined): ReadonlySet<number> {
  const known = knownFactors.get(from) ?? new Map<Unit | undefined, ReadonlySet<number>>()
  knownFactors.set(from, known)
  const factors = known.get(to) ?? workedOutFactors(from, to)
  known.set(to, factors)
  return factors
}

/** Of the units that have a name: no more than there are pairs of those. */
const knownFactors = new Map<Unit | undefined, Map<Unit | undefined, ReadonlySet<number>>>()

function workedOutFactors(from: Unit | undefined, to: Unit | undefined): ReadonlySet<number> {
  const { kind } = (from ?? to) as Unit
  const sizes = (unit: Unit | undefined) => (unit === undefined ? unitsOf(kind) : [unit]).flatMap((one) => one.sizes)
  const factors = new Set<number>()
  for (const a of sizes(from)) for (const b of sizes(to)) if (a !== b) factors.add(a / b)
  return factors
}

/**
 * Bits of a coincidence, 0 for none: of exact conversions what the poorer of the two numbers says, of rounded ones minus the
 * logarithm of the share of its size that the number could be off. `6.60 KB` is 6753.3 to 6763.5 bytes: 6755 is in it, and 11
 * of 6755 are 9.2 bits.
 * @param decimals of `from`.
 * @param step what the last digit of `to` counts in.
 * @param said bits of `to`.
 */
function agreement(from: number, decimals: number, to: number, step: number, said: number, factor: number): number {
  const value = from * factor
  const between = Math.abs(value - to)
  if (between <= 1e-9 * Math.max(1, Math.abs(to))) return said
  const off = 0.5 * (10 ** -decimals * factor + step)
  if (between > off) return 0
  return Math.min(said, -Math.log2((2 * off) / Math.abs(to)))
}
