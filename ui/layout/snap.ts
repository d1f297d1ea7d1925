import type { Chart } from './chart.ts'

/** The bar end nearest to `ms` among the listed rows, if it is within `nearMs`; else `ms` itself. */
export function snapMs(chart: Chart, order: readonly number[], ms: number, nearMs: number): number {
  let best = ms
  let distance = nearMs
  for (const index of order) {
    const row = chart.rows[index]
    if (row === undefined) continue
    const edges = [
      row.actual.startMs,
      row.actual.endMs,
      ...(row.achievable === null ? [] : [row.achievable.startMs, row.achievable.endMs]),
    ]
    for (const edge of edges) {
      if (Math.abs(edge - ms) < distance) {
        best = edge
        distance = Math.abs(edge - ms)
      }
    }
  }
  return best
}
