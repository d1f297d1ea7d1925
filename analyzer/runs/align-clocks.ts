// Clocks of two processes that disagree put a turn before the results it was given. What a model was given proves the order:
// a process whose spans contradict it is moved as a whole, by as little as will do.
//
//   agent's clock     model asks c1 |====|               model, given c1's result |====|
//   tools' clock   c1 |===|                              2 s behind: moved to where the model has asked

import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { clockOf, endOf, maxOf, minOf, startOf, TIE_NS } from './time.ts'

export interface Aligned {
  readonly records: readonly SpanRecord[]
  /** A sentence for the user per process that was moved. */
  readonly notes: readonly string[]
}

/**
 * The records of one trace with the times of processes corrected. Only where call ids prove that a clock is wrong, and one
 * shift of the process mends all that they prove; else nothing is moved.
 */
export function alignClocks(records: readonly SpanRecord[]): Aligned {
  const [first] = records
  if (first === undefined || records.every(({ span }) => span.resource === first.span.resource))
    return { records, notes: [] }
  const processOf = records.map(({ span }) => clockOf(span))
  if (new Set(processOf).size < 2) return { records, notes: [] }
  const orders = provenOrders(records)
  const shifts = new Map<string, bigint>([[referenceOf(processOf), 0n]])
  // Each round moves the processes that talk to one whose time is settled.
  for (let settled = 0; settled !== shifts.size; ) {
    settled = shifts.size
    const strict = boundsOf(records, processOf, orders, shifts, endOf)
    for (const [process, loose] of boundsOf(records, processOf, orders, shifts, startOf)) {
      shifts.set(process, shiftOf(loose, strict.get(process)!))
    }
  }
  const wrong = [...shifts].filter(([, shift]) => shift !== 0n)
  if (wrong.length === 0) return { records, notes: [] }
  return {
    records: records.map((record, i) => {
      const shift = shifts.get(processOf[i]!) ?? 0n
      return shift === 0n ? record : moved(record, shift)
    }),
    notes: wrong.map(([process, shift]) => noteOf(process, shift)).sort(),
  }
}

function noteOf(key: string, shift: bigint): string {
  const name = key.split(SEPARATOR)[0]! || 'one process'
  const ms = Math.round(Math.abs(Number(shift)) / 1e6)
  const [was, moved] = shift > 0n ? ['behind', 'later'] : ['ahead', 'earlier']
  return `The clock of ${name} is ${ms} ms ${was} or more, as the messages prove: its spans are shown that much ${moved}.`
}

/** One before the other, as indices of records. */
interface Order {
  readonly before: number
  readonly after: number
}

interface Bounds {
  /** A shift of at least this, at most that; null for no bound. */
  least: bigint | null
  most: bigint | null
}

/** A model that asked for a call came before it, and one that was given its result after it. Ids used twice prove nothing. */
function provenOrders(records: readonly SpanRecord[]): Order[] {
  const asked = indexById(records, (record) =>
    record.kind === 'model' ? record.output.flatMap(({ calls }) => calls.map(({ id }) => id)) : [],
  )
  const made = indexById(records, (record) => (record.kind === 'tool' ? [record.callId] : []))
  const orders: Order[] = []
  for (const [id, tool] of made) {
    const model = asked.get(id)
    if (tool !== null && model != null) orders.push({ before: model, after: tool })
  }
  records.forEach((record, after) => {
    if (record.kind !== 'model') return
    for (const { results } of record.input) {
      for (const { id } of results) {
        if (id === null) continue
        for (const before of [asked.get(id), made.get(id)]) if (before != null) orders.push({ before, after })
      }
    }
  })
  return orders
}

/** Id -> the only record that has it; null for an id that several have. */
function indexById(
  records: readonly SpanRecord[],
  idsOf: (record: SpanRecord) => readonly (string | null)[],
): Map<string, number | null> {
  const index = new Map<string, number | null>()
  records.forEach((record, i) => {
    for (const id of idsOf(record)) if (id !== null) index.set(id, index.has(id) && index.get(id) !== i ? null : i)
  })
  return index
}

/**
 * What the orders between a settled process and one that is not demand of the other's shift. A model's span may stay open
 * around its tools, so that only its start is sure to be before them: `answeredAt` says which of the two is taken.
 */
function boundsOf(
  records: readonly SpanRecord[],
  processOf: readonly string[],
  orders: readonly Order[],
  shifts: ReadonlyMap<string, bigint>,
  answeredAt: (span: Span) => bigint,
): Map<string, Bounds> {
  const found = new Map<string, Bounds>()
  for (const { before, after } of orders) {
    const [first, second] = [processOf[before]!, processOf[after]!]
    if (shifts.has(first) === shifts.has(second)) continue
    const { kind, span } = records[before]!
    const gap = startOf(records[after]!.span) - (kind === 'model' ? answeredAt(span) : endOf(span))
    const process = shifts.has(first) ? second : first
    const bounds = found.get(process) ?? { least: null, most: null }
    found.set(process, bounds)
    if (shifts.has(first)) {
      const least = shifts.get(first)! - gap
      bounds.least = bounds.least === null ? least : maxOf(bounds.least, least)
    } else {
      const most = shifts.get(second)! + gap
      bounds.most = bounds.most === null ? most : minOf(bounds.most, most)
    }
  }
  return found
}

/**
 * None where what is sure is not contradicted, but for the grain of clocks, or where no shift would do. Else the least that
 * puts whole model calls before their tools, or, where none does, their starts.
 */
function shiftOf(loose: Bounds, strict: Bounds): bigint {
  if (!isPossible(loose) || leastShift(loose) === 0n) return 0n
  return isPossible(strict) ? leastShift(strict) : leastShift(loose)
}

const isPossible = ({ least, most }: Bounds): boolean => least === null || most === null || least <= most

function leastShift({ least, most }: Bounds): bigint {
  if (least !== null && least > TIE_NS) return least
  return most !== null && most < -TIE_NS ? most : 0n
}

const moved = (record: SpanRecord, shift: bigint): SpanRecord => ({
  ...record,
  span: {
    ...record.span,
    startTimeUnixNano: maxOf(record.span.startTimeUnixNano + shift, 0n),
    endTimeUnixNano: maxOf(record.span.endTimeUnixNano + shift, 0n),
  },
})

const SEPARATOR = '\u0000'

/** The process of most spans; of equals the first by name. */
function referenceOf(processOf: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const process of processOf) counts.set(process, (counts.get(process) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0]
}
