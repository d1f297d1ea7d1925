import type { Ref, RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Finding, ReportRun } from '../../analyzer/model/report.ts'
import type { Chart } from '../layout/chart.ts'
import { counted } from '../layout/counted.ts'
import { edgesAmong, type Related } from '../layout/related.ts'
import { ROW_PX } from '../layout/rowBox.ts'
import { rowWindow } from '../layout/rowWindow.ts'
import type { TimeView } from '../layout/timeScale.ts'
import type { CriticalMode } from '../state/url.ts'
import { Arrows } from './Arrows.tsx'
import { Axis } from './Axis.tsx'
import { Backdrop } from './Backdrop.tsx'
import { EndLine } from './EndLine.tsx'
import { Legend } from './Legend.tsx'
import { Overview } from './Overview.tsx'
import { SearchBox } from './SearchBox.tsx'
import { TimelineRow } from './TimelineRow.tsx'
import { Tooltip } from './Tooltip.tsx'
import { useChartPointer } from './useChartPointer.ts'

interface Props {
  readonly run: ReportRun
  readonly chart: Chart
  /** The rows that are listed, as indices into `chart.rows`. */
  readonly order: readonly number[]
  readonly time: TimeView
  readonly bounds: TimeView
  readonly width: number
  readonly selected: string | null
  readonly related: Related | null
  readonly finding: Finding | null
  readonly lit: ReadonlySet<string> | null
  readonly hits: readonly number[]
  readonly critical: CriticalMode
  readonly flipped: boolean
  readonly measured: TimeView | null
  readonly query: string
  readonly searchRef: Ref<HTMLInputElement>
  readonly pointerX: RefObject<number | null>
  readonly onWidth: (px: number) => void
  readonly onTime: (view: TimeView) => void
  readonly onSelect: (id: string | null) => void
  readonly onMeasure: (range: TimeView | null) => void
  readonly onQuery: (text: string) => void
  readonly onCycle: (backwards: boolean) => void
}

export function Timeline(props: Props) {
  const { run, chart, order, time, bounds, width, selected, related, finding, lit, critical, flipped } = props
  const scroller = useRef<HTMLDivElement>(null)
  const chartEdge = useRef<HTMLDivElement>(null)
  const [scroll, setScroll] = useState({ top: 0, height: 600 })
  const moving = useMoving(flipped)

  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null) return
    const measure = () => {
      const edge = chartEdge.current
      if (edge !== null && edge.clientWidth > 0) props.onWidth(edge.clientWidth)
      setScroll({ top: box.scrollTop, height: box.clientHeight })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    if (chartEdge.current !== null) observer.observe(chartEdge.current)
    measure()
    return () => observer.disconnect()
  }, [])

  const at = selected === null ? -1 : order.indexOf(chart.rowOf.get(selected) ?? -1)
  useEffect(() => {
    const box = scroller.current
    if (box === null || at < 0) return
    const top = at * ROW_PX
    if (top < box.scrollTop) box.scrollTop = top
    else if (top + ROW_PX > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW_PX - box.clientHeight
    if (box.contains(document.activeElement))
      box.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: true })
  }, [at])
  const firstOfFinding = finding === null ? -1 : order.indexOf(chart.rowOf.get(finding.calls[0] ?? '') ?? -1)
  useEffect(() => {
    if (firstOfFinding >= 0) scroller.current?.scrollTo({ top: Math.max((firstOfFinding - 2) * ROW_PX, 0) })
  }, [firstOfFinding, finding?.rule])

  const pointer = useChartPointer({ ...props, scroller, chartEdge })
  const { first, last } = rowWindow(scroll.top, scroll.height, ROW_PX, order.length)
  const drawn = order.slice(first, last).map((row, i) => ({ row, position: first + i }))
  // The focused row stays in the document when it is scrolled away: focus would fall to the page with it.
  if (at >= 0 && (at < first || at >= last)) drawn.push({ row: order[at]!, position: at })
  const edges =
    related !== null
      ? related.edges
      : finding !== null
        ? edgesAmong(new Set<string>(finding.calls), run.dependencies)
        : []
  const hitSet = new Set(props.hits)

  return (
    <section class={`timeline${moving ? ' moving' : ''}`} aria-label="Timeline">
      <div class="tl-head">
        <div class="tl-corner">
          <SearchBox
            inputRef={props.searchRef}
            value={props.query}
            placeholder="Find a call"
            {...(props.query === '' ? {} : { note: `${props.hits.length}` })}
            onInput={props.onQuery}
            onEnter={props.onCycle}
          />
          <span class="dim">
            {counted(run.coverage.turns, 'turn')}, {counted(run.coverage.calls, 'call')}
            {critical === 'only' ? ', critical only' : ''}
          </span>
        </div>
        <div class="tl-top">
          <Overview chart={chart} order={order} bounds={bounds} time={time} width={width} onTime={props.onTime} />
          <Axis chart={chart} time={time} width={width} claimed={run.replay.ok} />
        </div>
      </div>
      <div class="tl-body">
        <div class="tl-layer" aria-hidden="true">
          <Backdrop chart={chart} time={time} width={width} measured={props.measured} claimed={run.replay.ok} />
        </div>
        <div
          class="tl-scroll"
          ref={scroller}
          role="treegrid"
          aria-label="Turns and calls of this run"
          aria-rowcount={order.length}
          tabIndex={-1}
          onScroll={(event) =>
            setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
          }
          {...pointer.handlers}
        >
          <div class="tl-rows" style={{ height: `${order.length * ROW_PX}px` }}>
            <div class="tl-edge" ref={chartEdge} />
            {drawn.map(({ row, position }) => {
              const item = chart.rows[row]!
              return (
                <TimelineRow
                  key={item.id}
                  row={item}
                  position={position}
                  time={time}
                  width={width}
                  selected={item.id === selected}
                  tabStop={at >= 0 ? position === at : position === 0}
                  faded={lit !== null && !lit.has(item.id)}
                  offPath={lit === null && critical === 'mark' && !item.critical}
                  marked={critical !== 'off'}
                  hit={hitSet.has(row)}
                  flipped={flipped}
                  claimed={run.replay.ok}
                  onFocus={() => at < 0 && position === 0 && props.onSelect(item.id)}
                />
              )
            })}
            {!flipped && (
              <Arrows edges={edges} chart={chart} order={order} time={time} width={width} first={first} last={last} />
            )}
          </div>
        </div>
        <div class="tl-layer" aria-hidden="true">
          <EndLine chart={chart} time={time} width={width} />
        </div>
        {pointer.hover !== null && chart.rows[pointer.hover.row] !== undefined && (
          <Tooltip row={chart.rows[pointer.hover.row]!} x={pointer.hover.x} y={pointer.hover.y} />
        )}
      </div>
      <Legend hidden={related?.hidden ?? 0} hasWaits={chart.waits.length > 0} />
    </section>
  )
}

/** True while bars move between the two schedules: only then do they glide. */
function useMoving(flipped: boolean): boolean {
  const [moving, setMoving] = useState(false)
  const before = useRef(flipped)
  useEffect(() => {
    if (before.current === flipped) return
    before.current = flipped
    setMoving(true)
    const timer = setTimeout(() => setMoving(false), 220)
    return () => clearTimeout(timer)
  }, [flipped])
  return moving || flipped
}
