// The stretch of time on screen, and how it maps to pixels.
//
//   view.t0Ms                    view.t1Ms
//      |------------ width px -------|
//
// Promises, for all input: t1Ms - t0Ms >= MIN_SPAN_MS, both finite, and the view lies inside the fitted view.

export interface TimeView {
  readonly t0Ms: number
  readonly t1Ms: number
}

/** Below a microsecond a trace's clock says nothing, and a float of milliseconds still has digits to spare. */
export const MIN_SPAN_MS = 0.01
/** Room at the left so that the first bar does not touch the labels. */
export const LEFT_ROOM_PX = 12
/** Room at the right for the word and figure beside the end line. */
export const RIGHT_ROOM_PX = 116

/** The whole run with room on both sides. Milliseconds and CSS pixels in. */
export function fitView(extentMs: number, widthPx: number): TimeView {
  const extent = Number.isFinite(extentMs) && extentMs > MIN_SPAN_MS ? extentMs : MIN_SPAN_MS
  const width = usableWidth(widthPx)
  const inner = Math.max(width - LEFT_ROOM_PX - RIGHT_ROOM_PX, width * 0.5)
  const msPerPx = extent / inner
  const left = Math.min(LEFT_ROOM_PX, width * 0.05) * msPerPx
  return { t0Ms: -left, t1Ms: -left + width * msPerPx }
}

/** The nearest view that lies inside `bounds`, at least MIN_SPAN_MS long. */
export function clampView(view: TimeView, bounds: TimeView): TimeView {
  const low = Math.min(view.t0Ms, view.t1Ms)
  const high = Math.max(view.t0Ms, view.t1Ms)
  if (!Number.isFinite(low) || !Number.isFinite(high)) return bounds
  const room = Math.max(bounds.t1Ms - bounds.t0Ms, MIN_SPAN_MS)
  const span = Math.min(Math.max(high - low, MIN_SPAN_MS), room)
  const middle = (low + high) / 2
  const wanted = high - low === span ? low : middle - span / 2
  const t0Ms = Math.min(Math.max(wanted, bounds.t0Ms), bounds.t0Ms + room - span)
  return { t0Ms, t1Ms: t0Ms + span }
}

/** Zooms by `factor` (2 shows half as much) and keeps the time `atMs` where it is on screen. */
export function zoomView(view: TimeView, factor: number, atMs: number, bounds: TimeView): TimeView {
  const safe = Number.isFinite(factor) && factor > 0 ? Math.min(Math.max(factor, 0.1), 10) : 1
  const room = Math.max(bounds.t1Ms - bounds.t0Ms, MIN_SPAN_MS)
  const span = view.t1Ms - view.t0Ms
  const next = Math.min(Math.max(span / safe, MIN_SPAN_MS), room)
  const at = Number.isFinite(atMs) ? Math.min(Math.max(atMs, view.t0Ms), view.t1Ms) : (view.t0Ms + view.t1Ms) / 2
  const share = span > 0 ? (at - view.t0Ms) / span : 0.5
  const t0Ms = at - share * next
  return clampView({ t0Ms, t1Ms: t0Ms + next }, bounds)
}

/** Moves the view by a share of its own length: 0.5 is half a screen to the right. */
export function panView(view: TimeView, share: number, bounds: TimeView): TimeView {
  const by = (view.t1Ms - view.t0Ms) * (Number.isFinite(share) ? share : 0)
  return clampView({ t0Ms: view.t0Ms + by, t1Ms: view.t1Ms + by }, bounds)
}

/** The view that shows [startMs, endMs] with a tenth of its length, or at least 24 px, on both sides. */
export function focusView(startMs: number, endMs: number, bounds: TimeView): TimeView {
  const length = Math.max(endMs - startMs, MIN_SPAN_MS)
  return clampView({ t0Ms: startMs - length * 0.12, t1Ms: endMs + length * 0.12 }, bounds)
}

/** Pixels from the left edge of the chart. May lie outside it; see `barBox` for what is drawn. */
export function toX(view: TimeView, widthPx: number, ms: number): number {
  const x = ((ms - view.t0Ms) / (view.t1Ms - view.t0Ms)) * usableWidth(widthPx)
  return Number.isFinite(x) ? x : 0
}

/** The inverse of `toX`. */
export function toMs(view: TimeView, widthPx: number, x: number): number {
  const ms = view.t0Ms + (x / usableWidth(widthPx)) * (view.t1Ms - view.t0Ms)
  return Number.isFinite(ms) ? ms : view.t0Ms
}

/** Whether two views show the same to within a hundredth of a pixel on any screen. */
export function sameView(a: TimeView, b: TimeView): boolean {
  const near = (b.t1Ms - b.t0Ms) * 1e-6
  return Math.abs(a.t0Ms - b.t0Ms) <= near && Math.abs(a.t1Ms - b.t1Ms) <= near
}

function usableWidth(widthPx: number): number {
  return Number.isFinite(widthPx) && widthPx > 1 ? widthPx : 1
}
