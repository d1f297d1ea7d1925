// The line from the end of one bar to the start of another, with right angles.
//
//   enough room           the later bar starts before the earlier one's end (only simulated times do)
//   ====--+                   ====-+
//         |                  +-----+
//         +->====            +->====

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Elbow {
  /** SVG path data. */
  readonly d: string
  /** False where the last stretch is too short for an arrow head to be read. */
  readonly head: boolean
}

/** How far a line runs straight out of a bar, and straight into one. */
const STUB_PX = 9
/** A head is drawn where the last stretch is at least as long as it. */
const HEAD_PX = 7

export function elbow(from: Point, to: Point): Elbow {
  const room = to.x - from.x
  if (room >= STUB_PX + HEAD_PX) {
    const turn = Math.max(to.x - STUB_PX - 2, from.x + 4)
    return { d: path([from, { x: turn, y: from.y }, { x: turn, y: to.y }, to]), head: to.x - turn >= HEAD_PX }
  }
  if (room >= 4) {
    const turn = from.x + room / 2
    return { d: path([from, { x: turn, y: from.y }, { x: turn, y: to.y }, to]), head: false }
  }
  const between = from.y + Math.sign(to.y - from.y || 1) * 17
  const out = from.x + STUB_PX
  const back = to.x - STUB_PX - 2
  return {
    d: path([from, { x: out, y: from.y }, { x: out, y: between }, { x: back, y: between }, { x: back, y: to.y }, to]),
    head: true,
  }
}

function path(points: readonly Point[]): string {
  return points.map((p, i) => `${i === 0 ? 'M' : 'L'}${round(p.x)} ${round(p.y)}`).join('')
}

/** Half pixels keep one-pixel lines sharp; more digits are only bytes. */
function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 2) / 2 : 0
}
