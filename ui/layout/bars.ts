// The box of a bar, cut to what is on screen. Promise: 0 <= leftPx, leftPx + widthPx <= chart width, widthPx >= 0.

import { type TimeView, toX } from './timeScale.ts'

export interface Interval {
  readonly startMs: number
  readonly endMs: number
}

export interface BarBox {
  readonly leftPx: number
  readonly widthPx: number
  /** The bar goes on beyond the left or right edge: its corner there is square. */
  readonly cutLeft: boolean
  readonly cutRight: boolean
}

/** A bar is never thinner than this: a call of no length is still a call. */
export const MIN_BAR_PX = 2

/** Null where the interval is off screen. */
export function barBox(interval: Interval, view: TimeView, widthPx: number): BarBox | null {
  const width = Math.max(Number.isFinite(widthPx) ? widthPx : 0, 0)
  const start = toX(view, width, Math.min(interval.startMs, interval.endMs))
  const end = Math.max(toX(view, width, Math.max(interval.startMs, interval.endMs)), start + MIN_BAR_PX)
  if (end <= 0 || start >= width) return null
  const left = Math.max(start, 0)
  const right = Math.min(end, width)
  return { leftPx: left, widthPx: Math.max(right - left, 0), cutLeft: start < 0, cutRight: end > width }
}

/** Whether a label of `characters` fits in `roomPx`, at the 11 px type that bars use (about 6.4 px a character). */
export function labelFits(characters: number, roomPx: number): boolean {
  return roomPx >= characters * 6.4 + 8
}
