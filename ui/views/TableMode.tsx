import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ReportRun } from '../../analyzer/model/report.ts'
import type { Chart } from '../layout/chart.ts'
import { counted } from '../layout/counted.ts'
import { formatDuration } from '../layout/duration.ts'
import { rowWindow } from '../layout/rowWindow.ts'
import { TABLE_COLUMNS, tableOf, toTsv } from '../layout/table.ts'
import { CopyButton } from './CopyButton.tsx'
import { TONE_WORDS, ToneIcon } from './ToneIcon.tsx'

const ROW_PX = 31

interface Props {
  readonly run: ReportRun
  readonly chart: Chart
  readonly order: readonly number[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
}

/** The chart as a table: the same rows, in figures and words. */
export function TableMode({ run, chart, order, selected, onSelect }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [scroll, setScroll] = useState({ top: 0, height: 600 })
  const lines = useMemo(() => tableOf(run, chart, order), [run, chart, order])
  const at = lines.findIndex((line) => line.id === selected)
  useLayoutEffect(() => {
    if (box.current !== null) setScroll({ top: box.current.scrollTop, height: box.current.clientHeight })
  }, [])
  useLayoutEffect(() => {
    const scroller = box.current
    if (scroller === null || at < 0) return
    if (at * ROW_PX < scroller.scrollTop) scroller.scrollTop = at * ROW_PX
    const bottom = (at + 2) * ROW_PX
    if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight
  }, [at])
  const { first, last } = rowWindow(scroll.top, scroll.height, ROW_PX, lines.length)
  return (
    <section class="table-mode" aria-label="Table of turns and calls">
      <div class="table-tools">
        <span class="dim">{counted(lines.length, 'row')}, times from the run's start</span>
        <CopyButton text={toTsv(lines)} label="Copy as TSV" />
      </div>
      <div
        class="table-scroll"
        ref={box}
        onScroll={(event) =>
          setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
        }
      >
        <table aria-rowcount={lines.length + 1}>
          <thead>
            <tr>
              {TABLE_COLUMNS.map((column) => (
                <th key={column.key} scope="col" class={column.number ? 'number' : ''}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first > 0 && <tr style={{ height: `${first * ROW_PX}px` }} />}
            {lines.slice(first, last).map((line, i) => {
              const row = chart.rows[chart.rowOf.get(line.id)!]!
              return (
                <tr
                  key={line.id}
                  class={line.id === selected ? 'active' : ''}
                  aria-rowindex={first + i + 2}
                  aria-selected={line.id === selected}
                  onClick={() => onSelect(line.id)}
                >
                  <th scope="row" class={row.kind}>
                    <ToneIcon tone={row.tone} /> {line.name}
                    {row.error !== null && <span class="bad"> × failed</span>}
                  </th>
                  <td class="dim">{TONE_WORDS[row.tone]}</td>
                  <td class="number">{formatDuration(line.startMs)}</td>
                  <td class="number">{formatDuration(line.endMs)}</td>
                  <td class="number">
                    {line.achievableStartMs === null ? 'not needed' : formatDuration(line.achievableStartMs)}
                  </td>
                  <td class="number">{line.slackMs === null ? '' : formatDuration(line.slackMs)}</td>
                  <td class="number">{line.dragMs === null ? '' : formatDuration(line.dragMs)}</td>
                  <td>{line.critical ? 'yes' : ''}</td>
                  <td>{line.dependsOn}</td>
                </tr>
              )
            })}
            {last < lines.length && <tr style={{ height: `${(lines.length - last) * ROW_PX}px` }} />}
          </tbody>
        </table>
      </div>
    </section>
  )
}
