// The run as lines of figures: the table mode, and what is copied from it.

import type { ReportRun } from '../../analyzer/model/report.ts'
import type { Chart } from './chart.ts'

export interface TableLine {
  readonly id: string
  readonly name: string
  readonly kind: 'turn' | 'call'
  readonly startMs: number
  readonly endMs: number
  /** Null for a turn that is not needed. */
  readonly achievableStartMs: number | null
  /** Null for a turn: slack and drag are figures of calls. */
  readonly slackMs: number | null
  readonly dragMs: number | null
  readonly critical: boolean
  /** `search_hotels (data), pay (state)`; '' for none. */
  readonly dependsOn: string
}

export const TABLE_COLUMNS: readonly { readonly key: string; readonly title: string; readonly number?: true }[] = [
  { key: 'name', title: 'Turn or call' },
  { key: 'kind', title: 'Kind' },
  { key: 'start', title: 'Start', number: true },
  { key: 'end', title: 'End', number: true },
  { key: 'achievable', title: 'Achievable start', number: true },
  { key: 'slack', title: 'Slack', number: true },
  { key: 'drag', title: 'Drag', number: true },
  { key: 'critical', title: 'Critical' },
  { key: 'depends', title: 'Depends on' },
]

export function tableOf(run: ReportRun, chart: Chart, order: readonly number[]): TableLine[] {
  const calls = new Map(run.calls.map((call) => [call.id as string, call]))
  const depends = new Map<string, string[]>()
  for (const { from, to, kind } of run.dependencies) {
    const words = `${calls.get(from)?.tool ?? from} (${kind})`
    depends.set(to, [...(depends.get(to) ?? []), words])
  }
  return order.flatMap((index) => {
    const row = chart.rows[index]
    if (row === undefined) return []
    const call = calls.get(row.id)
    return [
      {
        id: row.id,
        name: row.kind === 'call' || row.detail === '' ? row.label : `${row.label}, ${row.detail}`,
        kind: row.kind,
        startMs: row.actual.startMs,
        endMs: row.actual.endMs,
        achievableStartMs: row.achievable?.startMs ?? null,
        slackMs: call?.slackMs ?? null,
        dragMs: call?.dragMs ?? null,
        critical: row.critical,
        dependsOn: (depends.get(row.id) ?? []).join(', '),
      },
    ]
  })
}

/** Tab-separated, with a heading line; times in milliseconds. Tabs and line breaks in names become spaces. */
export function toTsv(lines: readonly TableLine[]): string {
  const head = [
    'name',
    'kind',
    'start_ms',
    'end_ms',
    'achievable_start_ms',
    'slack_ms',
    'drag_ms',
    'critical',
    'depends_on',
  ]
  const cell = (value: string | number | boolean | null) =>
    value === null
      ? ''
      : typeof value === 'number'
        ? String(Number(value.toFixed(3)))
        : String(value).replaceAll(/[\t\r\n]+/g, ' ')
  return [
    head,
    ...lines.map((l) => [
      l.name,
      l.kind,
      l.startMs,
      l.endMs,
      l.achievableStartMs,
      l.slackMs,
      l.dragMs,
      l.critical,
      l.dependsOn,
    ]),
  ]
    .map((fields) => fields.map(cell).join('\t'))
    .join('\n')
}
