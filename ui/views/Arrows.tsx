import type { Chart } from '../layout/chart.ts'
import { elbow } from '../layout/elbow.ts'
import type { Edge } from '../layout/related.ts'
import { ARROW_Y_PX, ROW_PX } from '../layout/rowBox.ts'
import { type TimeView, toX } from '../layout/timeScale.ts'

interface Props {
  readonly edges: readonly Edge[]
  readonly chart: Chart
  readonly order: readonly number[]
  readonly time: TimeView
  readonly width: number
  /** Rows near the screen, as positions in `order`; lines wholly outside are not drawn. */
  readonly first: number
  readonly last: number
}

/** Dependencies of the selection, over the rows. The panel says the same in words. */
export function Arrows({ edges, chart, order, time, width, first, last }: Props) {
  if (edges.length === 0) return null
  const positionOf = new Map(order.map((row, position) => [row, position]))
  return (
    <svg class="arrows" width={width} height={order.length * ROW_PX} aria-hidden="true">
      <defs>
        <marker
          id="head"
          viewBox="0 0 8 8"
          refX="7.2"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0.4L8 4L0 7.6z" />
        </marker>
      </defs>
      {edges.map(({ dependency, style, direct }) => {
        const from = positionOf.get(chart.rowOf.get(dependency.from) ?? -1)
        const to = positionOf.get(chart.rowOf.get(dependency.to) ?? -1)
        if (from === undefined || to === undefined) return null
        if (Math.max(from, to) < first || Math.min(from, to) >= last) return null
        const line = elbow(
          { x: toX(time, width, chart.rows[order[from]!]!.actual.endMs), y: from * ROW_PX + ARROW_Y_PX },
          { x: toX(time, width, chart.rows[order[to]!]!.actual.startMs), y: to * ROW_PX + ARROW_Y_PX },
        )
        return (
          <g
            key={`${dependency.from} ${dependency.to} ${dependency.kind}`}
            class={`arrow ${style}${direct ? '' : ' indirect'}`}
          >
            <path class="halo" d={line.d} />
            <path class="line" d={line.d} marker-end={line.head ? 'url(#head)' : undefined} />
          </g>
        )
      })}
    </svg>
  )
}
