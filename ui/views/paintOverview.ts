import { barBox } from '../layout/bars.ts'
import type { Chart, Tone } from '../layout/chart.ts'
import { type TimeView, toX } from '../layout/timeScale.ts'

const TONES: readonly Tone[] = ['model', 'agent', 'read', 'write', 'session', 'unknown']

/** Draws every row as a thin line, critical ones full, the others faint; and the achievable end. */
export function paintOverview(
  canvas: HTMLCanvasElement,
  chart: Chart,
  order: readonly number[],
  bounds: TimeView,
  width: number,
  height: number,
): void {
  const scale = window.devicePixelRatio || 1
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  const context = canvas.getContext('2d')
  if (context === null) return
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, width, height)

  const colours = new Map(TONES.map((tone) => [tone, resolve(canvas, `--${tone}`)]))
  const saved = chart.achievableEndMs < chart.actualEndMs
  if (saved) {
    const from = toX(bounds, width, chart.achievableEndMs)
    context.fillStyle = resolve(canvas, '--save-area')
    context.fillRect(from, 0, toX(bounds, width, chart.actualEndMs) - from, height)
  }
  const pad = 5
  const pitch = (height - 2 * pad) / Math.max(order.length, 1)
  const thick = Math.min(Math.max(pitch - 1, 1), 4)
  for (const [position, index] of order.entries()) {
    const row = chart.rows[index]
    if (row === undefined) continue
    const box = barBox(row.actual, bounds, width)
    if (box === null) continue
    context.globalAlpha = row.critical ? 1 : 0.45
    context.fillStyle = colours.get(row.tone) ?? '#888'
    context.fillRect(box.leftPx, pad + position * pitch + (pitch - thick) / 2, Math.max(box.widthPx, 1), thick)
  }
  context.globalAlpha = 1
}

/** What a colour token is right now: canvas pixels do not follow the theme by themselves. */
function resolve(element: HTMLElement, token: string): string {
  element.style.color = `var(${token})`
  const colour = getComputedStyle(element).color
  element.style.color = ''
  return colour
}
