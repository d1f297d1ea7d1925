// Ticks of the time axis. d3's ticks are round numbers of milliseconds; seconds read better, so they are asked for in seconds.

import { scaleLinear } from 'd3'
import { formatDuration } from './duration.ts'
import { type TimeView, toX } from './timeScale.ts'

export interface Tick {
  readonly ms: number
  readonly x: number
  readonly label: string
}

/** One tick about every `TICK_ROOM_PX`. */
const TICK_ROOM_PX = 92

/** Ticks inside [0, widthPx], in order. Never before the run's start. */
export function timeTicks(view: TimeView, widthPx: number): Tick[] {
  if (!(widthPx > 0)) return []
  const unit = tickUnit(view)
  const count = Math.max(Math.floor(widthPx / TICK_ROOM_PX), 1)
  const values = scaleLinear()
    .domain([view.t0Ms / unit.ms, view.t1Ms / unit.ms])
    .ticks(count)
  const step = values.length > 1 ? (values[1] as number) - (values[0] as number) : 1
  const digits = Math.min(Math.max(-Math.floor(Math.log10(step) + 1e-9), 0), 6)
  return values
    .map((value) => ({ ms: value * unit.ms, x: toX(view, widthPx, value * unit.ms), value }))
    .filter((tick) => tick.ms >= 0 && tick.x >= 0 && tick.x <= widthPx)
    .map(({ ms, x, value }) => ({ ms, x, label: unit.label(value, digits) }))
}

/** Milliseconds near the run's start, minutes for a long stretch, seconds for all else. */
function tickUnit({ t0Ms, t1Ms }: TimeView): { ms: number; label: (value: number, digits: number) => string } {
  if (t1Ms < 1_500) return { ms: 1, label: (value, digits) => `${value.toFixed(digits)} ms` }
  if (t1Ms - t0Ms < 180_000) return { ms: 1_000, label: (value, digits) => `${value.toFixed(digits)} s` }
  return { ms: 60_000, label: (value) => (value === 0 ? '0' : formatDuration(value * 60_000)) }
}
