import type { Interval } from '../layout/bars.ts'
import type { Chart } from '../layout/chart.ts'
import { formatDuration } from '../layout/duration.ts'
import { timeTicks } from '../layout/ticks.ts'
import { type TimeView, toX } from '../layout/timeScale.ts'

interface Props {
  readonly chart: Chart
  readonly time: TimeView
  readonly width: number
  readonly measured: TimeView | null
  readonly claimed: boolean
}

/** What lies behind the rows: grid, the time that could be freed and its edge, waits for a person, the measured stretch. */
export function Backdrop({ chart, time, width, measured, claimed }: Props) {
  const band = ({ startMs, endMs }: Interval) => {
    const left = Math.min(Math.max(toX(time, width, startMs), 0), width)
    const right = Math.min(Math.max(toX(time, width, endMs), 0), width)
    return { x: left, width: Math.max(right - left, 0) }
  }
  const freed = band({ startMs: chart.achievableEndMs, endMs: chart.actualEndMs })
  const saves = claimed && chart.achievableEndMs < chart.actualEndMs
  const achievableX = toX(time, width, chart.achievableEndMs)
  const range = measured === null ? null : band({ startMs: measured.t0Ms, endMs: measured.t1Ms })
  return (
    <svg class="backdrop" aria-hidden="true" width={width} height="100%">
      {saves && <rect class="freed" {...freed} y={0} height="100%" />}
      {chart.waits.map((wait) => (
        <rect key={wait.startMs} class="wait" {...band(wait)} y={0} height="100%" />
      ))}
      {timeTicks(time, width).map((tick) => (
        <line key={tick.ms} class="grid" x1={Math.round(tick.x) + 0.5} x2={Math.round(tick.x) + 0.5} y1={0} y2="100%" />
      ))}
      {/* Behind the bars, whose figures it would cross. */}
      {saves && achievableX >= 0 && achievableX <= width && (
        <line class="end achievable" x1={achievableX} x2={achievableX} y1={0} y2="100%" />
      )}
      {chart.waits.map((wait) => {
        const box = band(wait)
        const text = `waiting for a person, ${formatDuration(wait.endMs - wait.startMs)}`
        return (
          box.width > text.length * 6.6 && (
            <text key={wait.startMs} class="wait-text" x={box.x + box.width / 2} y="98%" text-anchor="middle">
              {text}
            </text>
          )
        )
      })}
      {range !== null && measured !== null && (
        <g>
          <rect class="measured" {...range} y={0} height="100%" />
          <text class="measured-text" x={range.x + range.width / 2} y="98%" text-anchor="middle">
            Δ {formatDuration(measured.t1Ms - measured.t0Ms)}, F zooms
          </text>
        </g>
      )}
    </svg>
  )
}
