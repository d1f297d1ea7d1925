import { useEffect, useRef } from 'preact/hooks'
import type { Chart } from '../layout/chart.ts'
import { formatDuration } from '../layout/duration.ts'
import { clampView, MIN_SPAN_MS, panView, type TimeView, toMs, toX } from '../layout/timeScale.ts'
import { useAtom } from '../state/atom.ts'
import { theme } from '../state/theme.ts'
import { paintOverview } from './paintOverview.ts'

const HEIGHT_PX = 44

interface Props {
  readonly chart: Chart
  readonly order: readonly number[]
  readonly bounds: TimeView
  readonly time: TimeView
  readonly width: number
  readonly onTime: (view: TimeView) => void
}

/** The whole run in a strip, with the stretch on screen as a window to drag or resize. */
export function Overview({ chart, order, bounds, time, width, onTime }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const strip = useRef<HTMLDivElement>(null)
  const now = useAtom(theme)
  useEffect(() => {
    if (canvas.current !== null) paintOverview(canvas.current, chart, order, bounds, width, HEIGHT_PX)
  }, [chart, order, width, now])

  const left = toX(bounds, width, time.t0Ms)
  const right = toX(bounds, width, time.t1Ms)
  const drag = (event: PointerEvent, part: 'start' | 'end' | 'window' | 'new') => {
    if (event.button !== 0) return
    event.preventDefault()
    event.stopPropagation()
    const box = strip.current
    if (box === null) return
    const msAt = (e: PointerEvent) => toMs(bounds, width, e.clientX - box.getBoundingClientRect().left)
    const fromMs = msAt(event)
    const fromX = event.clientX
    const move = (e: PointerEvent) => {
      const ms = msAt(e)
      if (part === 'window') {
        const by = ms - fromMs
        onTime(clampView({ t0Ms: time.t0Ms + by, t1Ms: time.t1Ms + by }, bounds))
      } else if (part === 'start')
        onTime(clampView({ t0Ms: Math.min(ms, time.t1Ms - MIN_SPAN_MS), t1Ms: time.t1Ms }, bounds))
      else if (part === 'end')
        onTime(clampView({ t0Ms: time.t0Ms, t1Ms: Math.max(ms, time.t0Ms + MIN_SPAN_MS) }, bounds))
      else if (Math.abs(e.clientX - fromX) >= 5) {
        onTime(clampView({ t0Ms: Math.min(ms, fromMs), t1Ms: Math.max(ms, fromMs) }, bounds))
      }
    }
    const up = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', up)
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', up)
  }
  const onKey = (event: KeyboardEvent, part: 'start' | 'end' | 'window') => {
    const step = event.code === 'ArrowLeft' ? -0.05 : event.code === 'ArrowRight' ? 0.05 : 0
    if (step === 0) return
    event.preventDefault()
    if (part === 'window') return onTime(panView(time, step, bounds))
    const by = step * (time.t1Ms - time.t0Ms)
    onTime(
      clampView(
        part === 'start' ? { t0Ms: time.t0Ms + by, t1Ms: time.t1Ms } : { t0Ms: time.t0Ms, t1Ms: time.t1Ms + by },
        bounds,
      ),
    )
  }
  const slider = (part: 'start' | 'end' | 'window', name: string, ms: number) => ({
    role: 'slider' as const,
    tabIndex: 0,
    'aria-label': name,
    'aria-valuemin': Math.round(bounds.t0Ms),
    'aria-valuemax': Math.round(bounds.t1Ms),
    'aria-valuenow': Math.round(ms),
    'aria-valuetext': formatDuration(Math.max(ms, 0)),
    onPointerDown: (event: PointerEvent) => drag(event, part),
    onKeyDown: (event: KeyboardEvent) => onKey(event, part),
  })

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has the three sliders inside
    <div
      class="overview"
      ref={strip}
      style={{ height: `${HEIGHT_PX}px`, width: `${width}px` }}
      onPointerDown={(event) => drag(event, 'new')}
      onDblClick={() => onTime(bounds)}
    >
      <div class="strip" aria-hidden="true">
        <canvas ref={canvas} />
      </div>
      <div class="shade" style={{ left: '0px', width: `${Math.max(left, 0)}px` }} />
      <div class="shade" style={{ left: `${right}px`, width: `${Math.max(width - right, 0)}px` }} />
      <div
        class="window"
        style={{ left: `${left}px`, width: `${Math.max(right - left, 2)}px` }}
        {...slider('window', 'Stretch of time on screen', (time.t0Ms + time.t1Ms) / 2)}
      />
      <div
        class="handle"
        style={{ left: `${left}px` }}
        {...slider('start', 'Start of the time on screen', time.t0Ms)}
      />
      <div
        class="handle end"
        style={{ left: `${right}px` }}
        {...slider('end', 'End of the time on screen', time.t1Ms)}
      />
    </div>
  )
}
