import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Chart } from '../layout/chart.ts'
import { snapMs } from '../layout/snap.ts'
import { panView, type TimeView, toMs, zoomView } from '../layout/timeScale.ts'

/** Less movement than this is a click. */
const CLICK_PX = 5
/** A selected stretch snaps to the end of a bar this near. */
const SNAP_PX = 7

interface Props {
  readonly chart: Chart
  readonly order: readonly number[]
  readonly time: TimeView
  readonly bounds: TimeView
  readonly width: number
  readonly measured: TimeView | null
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly chartEdge: RefObject<HTMLDivElement | null>
  readonly pointerX: RefObject<number | null>
  readonly selected: string | null
  readonly onTime: (view: TimeView) => void
  readonly onSelect: (id: string | null) => void
  readonly onMeasure: (range: TimeView | null) => void
}

interface Drag {
  readonly kind: 'measure' | 'pan'
  readonly x: number
  readonly y: number
  readonly fromMs: number
  readonly time: TimeView
  moved: boolean
}

/** Wheel, drag, click and hover over the chart. One owner of every gesture, so that none is answered twice. */
export function useChartPointer(props: Props) {
  const now = useRef(props)
  now.current = props
  const drag = useRef<Drag | null>(null)
  const pressedRow = useRef(-1)
  const [hover, setHover] = useState<{ readonly row: number; readonly x: number; readonly y: number } | null>(null)

  const xOf = (clientX: number) => clientX - (now.current.chartEdge.current?.getBoundingClientRect().left ?? 0)
  const msOf = (clientX: number) => toMs(now.current.time, now.current.width, xOf(clientX))
  const rowAt = (target: EventTarget | null): number => {
    const element = target instanceof Element ? target.closest('[data-row]') : null
    return element === null ? -1 : (now.current.chart.rowOf.get(element.getAttribute('data-row') ?? '') ?? -1)
  }

  useLayoutEffect(() => {
    const box = props.scroller.current
    if (box === null) return
    // Not a Preact handler: those are passive for wheel in some browsers, and the page would zoom instead.
    const onWheel = (event: WheelEvent) => {
      const { time, bounds, width } = now.current
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        // A pinch comes as a wheel of small steps with ctrl set; a mouse wheel as one of 100 or more.
        const step = Math.max(-60, Math.min(60, event.deltaY))
        now.current.onTime(zoomView(time, Math.exp(-step * 0.012), msOf(event.clientX), bounds))
        return
      }
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
      if (Math.abs(sideways) > Math.abs(event.deltaY) || (event.shiftKey && sideways !== 0)) {
        event.preventDefault()
        now.current.onTime(panView(time, sideways / Math.max(width, 1), bounds))
      }
    }
    box.addEventListener('wheel', onWheel, { passive: false })
    return () => box.removeEventListener('wheel', onWheel)
  }, [])

  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button > 1) return
      setHover(null)
      pressedRow.current = rowAt(event.target)
      const pans = event.button === 1 || event.shiftKey
      if (pans) event.preventDefault()
      drag.current = {
        kind: pans ? 'pan' : 'measure',
        x: event.clientX,
        y: event.clientY,
        fromMs: msOf(event.clientX),
        time: now.current.time,
        moved: false,
      }
    },
    onPointerMove: (event: PointerEvent) => {
      const x = xOf(event.clientX)
      now.current.pointerX.current = x >= 0 ? x : null
      const held = drag.current
      if (held === null || event.buttons === 0) {
        drag.current = null
        const bar = event.target instanceof Element && event.target.closest('.bar, .thin') !== null
        const row = bar ? rowAt(event.target) : -1
        // What was clicked is in the panel now; the tooltip would only cover its neighbours.
        if (row !== pressedRow.current) pressedRow.current = -1
        setHover(row < 0 || row === pressedRow.current ? null : { row, x: event.clientX, y: event.clientY })
        return
      }
      if (!held.moved) {
        if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < CLICK_PX) return
        if (held.kind === 'measure' && xOf(held.x) < 0) return
        held.moved = true
        now.current.scroller.current?.setPointerCapture(event.pointerId)
        setHover(null)
      }
      const { bounds, width, chart, order, time } = now.current
      if (held.kind === 'pan') {
        now.current.onTime(panView(held.time, (held.x - event.clientX) / Math.max(width, 1), bounds))
        return
      }
      const nearMs = (SNAP_PX / Math.max(width, 1)) * (time.t1Ms - time.t0Ms)
      const a = snapMs(chart, order, held.fromMs, nearMs)
      const b = snapMs(chart, order, msOf(event.clientX), nearMs)
      now.current.onMeasure({ t0Ms: Math.max(Math.min(a, b), 0), t1Ms: Math.max(a, b, 0) })
    },
    onPointerUp: (event: PointerEvent) => {
      const held = drag.current
      drag.current = null
      if (held === null || held.moved || event.button !== 0) return
      const row = rowAt(event.target)
      if (now.current.measured !== null) now.current.onMeasure(null)
      now.current.onSelect(row < 0 ? null : now.current.chart.rows[row]!.id)
    },
    onPointerLeave: () => {
      now.current.pointerX.current = null
      setHover(null)
    },
    onDblClick: (event: MouseEvent) => {
      if (xOf(event.clientX) >= 0) now.current.onTime(now.current.bounds)
    },
  }
  return { handlers, hover }
}
