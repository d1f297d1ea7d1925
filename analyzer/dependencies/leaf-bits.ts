import type { Leaf } from './leaves.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Information in a leaf, in bits. Dates and times of day come from a small space, whatever their digits: a day of a year, a minute of a day. */
export function leafBits(value: Leaf['value'], phrase: readonly number[], vocabulary: Vocabulary): number {
  if (typeof value === 'string' && isDigit(value.charCodeAt(0))) {
    if (DAY.test(value)) return 8.5
    if (TIME.test(value)) return 7
    if (MOMENT.test(value)) return 13
  }
  let bits = 0
  for (const token of phrase) bits += vocabulary.bits(token)
  return bits
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^\d{1,2}:\d{2}(:00)?$/
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:00)?/

const isDigit = (code: number): boolean => code >= 48 && code < 58
