// The words beside the two end lines, and the width of the freed time between them.
//
//         achievable 25.0 s |     16.2 s recoverable     | actual 41.2 s

export interface Flag {
  readonly x: number
  readonly anchor: 'start' | 'middle' | 'end'
}

export interface Flags {
  /** Null where the line is off screen. */
  readonly actual: Flag | null
  readonly achievable: Flag | null
  /** Null where there is nothing to write it in. */
  readonly freed: Flag | null
}

const GAP_PX = 7

/** Positions in pixels, every text inside [0, widthPx] where it fits at all. Widths are those of the texts. */
export function placeFlags(
  actualX: number,
  achievableX: number,
  widthPx: number,
  textPx: { readonly actual: number; readonly achievable: number; readonly freed: number },
): Flags {
  const shown = (x: number) => x >= 0 && x <= widthPx
  const actual: Flag | null = !shown(actualX)
    ? null
    : actualX + GAP_PX + textPx.actual <= widthPx
      ? { x: actualX + GAP_PX, anchor: 'start' }
      : { x: actualX - GAP_PX, anchor: 'end' }
  const left = Math.max(Math.min(achievableX, actualX), 0)
  const right = Math.min(Math.max(achievableX, actualX), widthPx)
  const taken = actual?.anchor === 'end' ? textPx.actual + GAP_PX * 2 : 0
  const room = right - left - taken
  const freed: Flag | null =
    achievableX < actualX && room >= textPx.freed + GAP_PX * 2 ? { x: left + room / 2, anchor: 'middle' } : null
  // Where the actual end's words stand left of their line, those of the achievable end make room.
  const limit = actual?.anchor === 'end' ? actual.x - textPx.actual - GAP_PX : Number.POSITIVE_INFINITY
  const endX = Math.min(achievableX - GAP_PX, limit)
  const achievable: Flag | null = shown(achievableX) && endX >= textPx.achievable ? { x: endX, anchor: 'end' } : null
  return { actual, achievable, freed }
}
