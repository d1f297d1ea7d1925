// Which row or stretch of time a gesture means.

import type { Interval } from './bars.ts'
import type { Chart } from './chart.ts'
import type { TimeView } from './timeScale.ts'

/** The stretch that holds all intervals; null for none. */
export function hull(items: readonly Interval[]): TimeView | null {
  if (items.length === 0) return null
  return {
    t0Ms: items.reduce((low, item) => Math.min(low, item.startMs), Number.POSITIVE_INFINITY),
    t1Ms: items.reduce((high, item) => Math.max(high, item.endMs), Number.NEGATIVE_INFINITY),
  }
}

/** Rows whose name or detail holds the text, in order; none for an empty text. */
export function findRows(
  rows: readonly { readonly label: string; readonly detail: string }[],
  query: string,
): number[] {
  const text = query.trim().toLowerCase()
  if (text === '') return []
  return rows.flatMap((row, index) => (`${row.label} ${row.detail}`.toLowerCase().includes(text) ? [index] : []))
}

/**
 * The row of the next (1) or previous (-1) step of the critical path, seen from a row; null at its ends. From a row that
 * is not on the path, or from none, it is the step nearest in time in that direction.
 */
export function stepFrom(chart: Chart, row: number | undefined, step: 1 | -1): number | null {
  const { steps, rows } = chart
  const now = steps.findIndex((s) => s.row === row)
  const startMs = row === undefined ? Number.NEGATIVE_INFINITY : (rows[row]?.actual.startMs ?? 0)
  const next =
    now >= 0
      ? now + step
      : step > 0
        ? steps.findIndex((s) => s.startMs > startMs)
        : steps.findLastIndex((s) => s.startMs < startMs)
  return steps[next]?.row ?? null
}

/** The hit after (or before) the current one, in a ring; null where there is none. */
export function cycle(hits: readonly number[], current: number | undefined, backwards: boolean): number | null {
  if (hits.length === 0) return null
  const at = current === undefined ? -1 : hits.indexOf(current)
  const next = backwards ? (at <= 0 ? hits.length - 1 : at - 1) : (at + 1) % hits.length
  return hits[next] ?? null
}
