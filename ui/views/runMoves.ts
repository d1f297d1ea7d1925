// What the keys, the mouse and the panel can do to the view of a run. Every move ends in the URL.

import type { RefObject } from 'preact'
import type { Finding, ReportRun } from '../../analyzer/model/report.ts'
import type { Chart, ChartRow } from '../layout/chart.ts'
import { cycle, hull, stepFrom } from '../layout/pick.ts'
import { clampView, focusView, panView, sameView, type TimeView, toMs, zoomView } from '../layout/timeScale.ts'
import { changeView } from '../state/route.ts'

export interface RunContext {
  readonly run: ReportRun
  readonly chart: Chart
  /** The rows that are listed, as indices into `chart.rows`. */
  readonly order: readonly number[]
  readonly time: TimeView
  readonly bounds: TimeView
  readonly width: number
  readonly selected: string | null
  readonly finding: Finding | null
  readonly measured: TimeView | null
  readonly hits: readonly number[]
  /** Pixels from the chart's left edge; null while the pointer is elsewhere. */
  readonly pointerX: RefObject<number | null>
}

export type RunMoves = ReturnType<typeof runMoves>

export function runMoves(context: RunContext) {
  const { run, chart, order, time, bounds, width, selected, finding, measured, hits, pointerX } = context
  const rowsOf = (ids: readonly string[]): ChartRow[] =>
    ids.flatMap((id) => chart.rows[chart.rowOf.get(id) ?? -1] ?? [])
  const selectedRow = selected === null ? undefined : chart.rowOf.get(selected)

  const setTime = (next: TimeView) => changeView({ range: sameView(next, bounds) ? null : next })
  const select = (id: string | null) => {
    changeView({ selected: id })
    const [row] = id === null ? [] : rowsOf([id])
    if (row === undefined) return
    const { startMs, endMs } = row.actual
    if (endMs >= time.t0Ms && startMs <= time.t1Ms) return
    // The view has been moved away from the row's bar: bring it back, at the same scale.
    const half = (time.t1Ms - time.t0Ms) / 2
    const middle = (startMs + endMs) / 2
    setTime(clampView({ t0Ms: middle - half, t1Ms: middle + half }, bounds))
  }
  const selectRow = (index: number | null | undefined) => {
    const row = chart.rows[index ?? -1]
    if (row !== undefined) select(row.id)
  }
  return {
    setTime,
    select,
    /** To a position in the list of rows, or as near as there is. */
    moveBy: (step: number) => {
      const at = selectedRow === undefined ? -1 : order.indexOf(selectedRow)
      const next = at < 0 && step < 0 ? 0 : at + step
      selectRow(order[Math.min(Math.max(next, 0), order.length - 1)])
    },
    walkPath: (step: 1 | -1) => selectRow(stepFrom(chart, selectedRow, step)),
    cycleHits: (backwards: boolean) => selectRow(cycle(hits, selectedRow, backwards)),
    /** To what the selected call waits for, else to the turn that asked for it. */
    toDependency: () => {
      const turn = run.turns.find((t) => t.calls.some((id) => (id as string) === selected))
      const target = run.dependencies.find((d) => d.to === selected)?.from ?? turn?.id
      if (target !== undefined) select(target)
    },
    /** From a turn to its first call, from a call to what it blocks. */
    toDependent: () => {
      const turn = run.turns.find((t) => t.id === selected)
      const target = turn?.calls[0] ?? run.dependencies.find((d) => d.from === selected)?.to
      if (target !== undefined) select(target)
    },
    openFinding: (index: number | null) => {
      const next = index === null ? undefined : run.findings[index]
      const stretch = next === undefined ? null : hull(rowsOf(next.calls).map((row) => row.actual))
      const range = stretch === null ? null : focusView(stretch.t0Ms, stretch.t1Ms, bounds)
      changeView({ finding: next === undefined ? null : index, selected: null, range })
    },
    zoom: (factor: number) => {
      const x = pointerX.current ?? width / 2
      setTime(zoomView(time, factor, toMs(time, width, x), bounds))
    },
    pan: (share: number) => setTime(panView(time, share, bounds)),
    fit: () => setTime(bounds),
    /** To what is measured, selected or found; a second time, back to the whole run. */
    focus: () => {
      const rows = selected !== null ? rowsOf([selected]) : rowsOf(finding?.calls ?? [])
      const places = rows.flatMap((row) => (row.achievable === null ? [row.actual] : [row.actual, row.achievable]))
      const wanted = measured ?? hull(places)
      const next = wanted === null ? bounds : focusView(wanted.t0Ms, wanted.t1Ms, bounds)
      setTime(sameView(next, time) ? bounds : next)
    },
  }
}
