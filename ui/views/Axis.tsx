import type { Chart } from '../layout/chart.ts'
import { formatDuration } from '../layout/duration.ts'
import { placeFlags } from '../layout/flags.ts'
import { timeTicks } from '../layout/ticks.ts'
import { type TimeView, toX } from '../layout/timeScale.ts'

interface Props {
  readonly chart: Chart
  readonly time: TimeView
  readonly width: number
  readonly claimed: boolean
}

/** Pixels of a text at 12 px, near enough to keep labels apart. */
const textPx = (text: string) => text.length * 6.6

export function Axis({ chart, time, width, claimed }: Props) {
  const freedMs = chart.actualEndMs - chart.achievableEndMs
  const saves = claimed && freedMs > 0
  // On the axis waits for a person take their time; the headline leaves them out.
  const actual = `actual ${formatDuration(chart.actualEndMs)}${chart.waits.length > 0 ? ' with waits' : ''}`
  const achievable = `achievable ${formatDuration(chart.achievableEndMs)}`
  const freed = `${formatDuration(freedMs)} recoverable`
  const actualX = toX(time, width, chart.actualEndMs)
  const achievableX = saves ? toX(time, width, chart.achievableEndMs) : actualX
  const flags = placeFlags(actualX, achievableX, width, {
    actual: textPx(actual),
    achievable: textPx(achievable),
    freed: textPx(freed),
  })
  return (
    <svg class="axis" width={width} height={46} aria-hidden="true">
      {timeTicks(time, width).map((tick) => {
        const half = textPx(tick.label) / 2
        if (tick.x + half > width) return null
        return (
          <text key={tick.ms} class="tick" x={Math.max(tick.x, half)} y={15} text-anchor="middle">
            {tick.label}
          </text>
        )
      })}
      {flags.freed !== null && (
        <text class="flag freed" x={flags.freed.x} y={38} text-anchor="middle">
          {freed}
        </text>
      )}
      {saves && flags.achievable !== null && (
        <text class="flag achievable" x={flags.achievable.x} y={38} text-anchor={flags.achievable.anchor}>
          {achievable}
        </text>
      )}
      {flags.actual !== null && (
        <text class="flag actual" x={flags.actual.x} y={38} text-anchor={flags.actual.anchor}>
          {actual}
        </text>
      )}
      {saves && <line class="end achievable" x1={achievableX} x2={achievableX} y1={24} y2={46} />}
      <line class="end actual" x1={actualX} x2={actualX} y1={24} y2={46} />
    </svg>
  )
}
