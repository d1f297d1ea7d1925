// A run as rows: one per turn and per call, in time order, each with its place in two schedules.
// Times are milliseconds from the run's start. Every row has `actual`; `achievable` is null for a turn that is not needed.

import type { EffectKind } from '../../analyzer/model/dependency.ts'
import type { Rung } from '../../analyzer/model/options.ts'
import type { ReportRun, ReportSchedule } from '../../analyzer/model/report.ts'
import type { SpanId } from '../../analyzer/model/span.ts'
import type { Interval } from './bars.ts'
import { argumentHint } from './callName.ts'

/** What colours a row: the model, a tool by its effect, or a tool that is itself an agent. */
export type Tone = 'model' | 'agent' | EffectKind

/** A stretch of a critical path on one row. */
export interface PathMark extends Interval {
  readonly gap: boolean
}

export interface ChartRow {
  readonly id: SpanId
  readonly kind: 'turn' | 'call'
  readonly label: string
  /** The model's name beside a turn; what tells a call from others of its tool. May be ''. */
  readonly detail: string
  readonly tone: Tone
  readonly actual: Interval
  readonly achievable: Interval | null
  readonly actualPath: readonly PathMark[]
  readonly achievablePath: readonly PathMark[]
  /** On the actual critical path by more than a gap. */
  readonly critical: boolean
  readonly error: string | null
}

/** One step of a critical path, for walking along it. */
export interface PathStep extends Interval {
  readonly row: number
}

export interface Chart {
  readonly rows: readonly ChartRow[]
  readonly rowOf: ReadonlyMap<string, number>
  readonly actualEndMs: number
  readonly achievableEndMs: number
  /** The later of the two ends: what the time axis must hold. */
  readonly extentMs: number
  readonly waits: readonly Interval[]
  /** The actual critical path without its gaps, in time order. */
  readonly steps: readonly PathStep[]
}

export function buildChart(run: ReportRun, rung: Rung): Chart {
  const achievable = run.schedules[rung]
  const placed = new Map(achievable.placements.map((p) => [p.id as string, p]))
  const actualPath = marksByRow(run.schedules.actual)
  const achievablePath = marksByRow(achievable)

  const rows: ChartRow[] = []
  for (const turn of run.turns) {
    rows.push({
      kind: 'turn',
      label: `turn ${turn.index}`,
      detail: turn.model ?? '',
      tone: 'model',
      error: null,
      ...inSchedules(turn),
    })
  }
  for (const call of run.calls) {
    rows.push({
      kind: 'call',
      label: call.tool,
      detail: argumentHint(call.arguments),
      tone: call.childRunId === null ? call.effect.kind : 'agent',
      error: call.status === 'error' ? (call.error ?? 'error') : null,
      ...inSchedules(call),
    })
  }
  rows.sort(
    (a, b) =>
      a.actual.startMs - b.actual.startMs ||
      (a.kind === b.kind ? 0 : a.kind === 'turn' ? -1 : 1) ||
      a.actual.endMs - b.actual.endMs ||
      (a.id < b.id ? -1 : 1),
  )

  const rowOf = new Map(rows.map((row, index) => [row.id as string, index]))
  const actualEndMs = finite(Math.max(run.durationMs, lastEnd(rows.map((row) => row.actual))))
  const achievableEndMs = scheduleEnd(achievable, actualEndMs)
  const steps = run.schedules.actual.criticalPath.flatMap((segment) => {
    const row = segment.kind === 'turn' || segment.kind === 'call' ? rowOf.get(segment.id) : undefined
    return row === undefined ? [] : [{ row, startMs: segment.startMs, endMs: segment.endMs }]
  })
  return {
    rows,
    rowOf,
    actualEndMs,
    achievableEndMs,
    extentMs: Math.max(actualEndMs, achievableEndMs),
    waits: run.waits.map(tidy),
    steps,
  }

  function inSchedules(item: { readonly id: SpanId; readonly startMs: number; readonly endMs: number }) {
    const place = placed.get(item.id)
    const path = actualPath.get(item.id) ?? []
    return {
      id: item.id,
      actual: tidy(item),
      achievable: place === undefined ? null : tidy(place),
      actualPath: path,
      achievablePath: achievablePath.get(item.id) ?? [],
      critical: path.some((mark) => !mark.gap),
    }
  }
}

/** The rows that are lit when only the critical path is wanted: those on either schedule's path. */
export function criticalRows(chart: Chart): number[] {
  return chart.rows.flatMap((row, index) =>
    row.critical || row.achievablePath.some((mark) => !mark.gap) ? [index] : [],
  )
}

function marksByRow(schedule: ReportSchedule): Map<string, PathMark[]> {
  const marks = new Map<string, PathMark[]>()
  let previous = ''
  for (const segment of schedule.criticalPath) {
    // The run's own tail belongs to no turn or call: it is drawn after the row that came before it.
    const owner = segment.kind === 'gap' && (segment.id as string) === 'end' ? previous : (segment.id as string)
    if (segment.kind !== 'wait') {
      const list = marks.get(owner)
      const mark = { ...tidy(segment), gap: segment.kind === 'gap' }
      if (list === undefined) marks.set(owner, [mark])
      else list.push(mark)
    }
    previous = owner
  }
  return marks
}

function scheduleEnd(schedule: ReportSchedule, fallback: number): number {
  const path = schedule.criticalPath.at(-1)?.endMs
  const end = Math.max(path ?? 0, lastEnd(schedule.placements))
  return end > 0 && Number.isFinite(end) ? end : fallback
}

function lastEnd(items: readonly Interval[]): number {
  let last = 0
  for (const item of items) if (item.endMs > last) last = item.endMs
  return last
}

function tidy(item: Interval): Interval {
  const startMs = finite(item.startMs)
  return { startMs, endMs: Math.max(finite(item.endMs), startMs) }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0
}
