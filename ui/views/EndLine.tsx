import type { Chart } from '../layout/chart.ts'
import { type TimeView, toX } from '../layout/timeScale.ts'

interface Props {
  readonly chart: Chart
  readonly time: TimeView
  readonly width: number
}

/** Where the run ended, in front of the rows. */
export function EndLine({ chart, time, width }: Props) {
  const x = toX(time, width, chart.actualEndMs)
  return (
    <svg aria-hidden="true" width={width} height="100%">
      {x >= 0 && x <= width && <line class="end actual" x1={x} x2={x} y1={0} y2="100%" />}
    </svg>
  )
}
