// For every shape of run and every width: all that is drawn is finite and inside its box.

import { describe, expect, test } from 'vitest'
import { barBox, type Interval } from './bars.ts'
import { buildChart, criticalRows } from './chart.ts'
import { elbow } from './elbow.ts'
import { placeFlags } from './flags.ts'
import { rowWindow } from './rowWindow.ts'
import { tableOf } from './table.ts'
import { allShapes, WIDTHS } from './test-runs.ts'
import { timeTicks } from './ticks.ts'
import { fitView, focusView, panView, type TimeView, toX, zoomView } from './timeScale.ts'

const shapes = allShapes()

function expectInside(interval: Interval, view: TimeView, width: number, what: string): void {
  const box = barBox(interval, view, width)
  if (box === null) return
  const room = Number.isFinite(width) ? Math.max(width, 0) : 0
  expect(Number.isFinite(box.leftPx) && Number.isFinite(box.widthPx), `${what} is finite`).toBe(true)
  expect(box.leftPx, `${what} starts inside`).toBeGreaterThanOrEqual(0)
  expect(box.leftPx + box.widthPx, `${what} ends inside`).toBeLessThanOrEqual(room + 1e-9)
  expect(box.widthPx, `${what} has a width`).toBeGreaterThanOrEqual(0)
}

describe.each(shapes)('%s', (_, run) => {
  test.each(WIDTHS)('at %d px', (width) => {
    for (const rung of ['overlap', 'batch'] as const) {
      const chart = buildChart(run, rung)
      expect(chart.rows.length).toBe(run.turns.length + run.calls.length)
      expect(Number.isFinite(chart.extentMs) && chart.extentMs >= 0).toBe(true)
      const fitted = fitView(chart.extentMs, width)
      const views = [
        fitted,
        zoomView(fitted, 5, chart.extentMs / 2, fitted),
        zoomView(fitted, Number.NaN, Number.NaN, fitted),
        panView(zoomView(fitted, 8, 0, fitted), 3, fitted),
        focusView(chart.actualEndMs, chart.achievableEndMs, fitted),
      ]
      for (const view of views) {
        expect(view.t1Ms - view.t0Ms).toBeGreaterThan(0)
        expect(view.t0Ms).toBeGreaterThanOrEqual(fitted.t0Ms - 1e-6)
        expect(view.t1Ms).toBeLessThanOrEqual(fitted.t1Ms + 1e-6)
        for (const row of chart.rows) {
          expectInside(row.actual, view, width, row.label)
          if (row.achievable !== null) expectInside(row.achievable, view, width, row.label)
          for (const mark of [...row.actualPath, ...row.achievablePath]) expectInside(mark, view, width, row.label)
        }
        for (const tick of timeTicks(view, width)) {
          expect(tick.x).toBeGreaterThanOrEqual(0)
          expect(tick.x).toBeLessThanOrEqual(width)
          expect(tick.label).not.toMatch(/NaN|Infinity/)
        }
        const flags = placeFlags(toX(view, width, chart.actualEndMs), toX(view, width, chart.achievableEndMs), width, {
          actual: 80,
          achievable: 100,
          freed: 110,
        })
        for (const flag of [flags.actual, flags.achievable, flags.freed]) {
          if (flag !== null) expect(Number.isFinite(flag.x)).toBe(true)
        }
        const line = elbow({ x: toX(view, width, 0), y: 14 }, { x: toX(view, width, chart.actualEndMs), y: 50 })
        expect(line.d).toMatch(/^M[-\d. ]+(L[-\d. ]+)+$/)
      }
      const order = criticalRows(chart)
      expect(order.every((index) => index >= 0 && index < chart.rows.length)).toBe(true)
      expect(tableOf(run, chart, order)).toHaveLength(order.length)
    }
  })
})

test('a window of rows lies within the list, whatever it is asked', () => {
  for (const top of [-50, 0, 400, 1e9, Number.NaN]) {
    for (const height of [0, 500, Number.NaN]) {
      for (const count of [0, 1, 10_000, Number.NaN]) {
        const { first, last } = rowWindow(top, height, 36, count)
        const rows = Number.isFinite(count) ? count : 0
        expect(first >= 0 && first <= last && last <= rows, `${top} ${height} ${count}`).toBe(true)
      }
    }
  }
})
