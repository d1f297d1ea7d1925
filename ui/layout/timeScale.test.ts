import { expect, test } from 'vitest'
import { clampView, fitView, focusView, panView, sameView, toMs, toX, zoomView } from './timeScale.ts'

const bounds = { t0Ms: 0, t1Ms: 1_000 }

test('maps times to pixels and back, inside the view and outside', () => {
  const view = { t0Ms: 100, t1Ms: 200 }
  expect(toX(view, 1_000, 100)).toBe(0)
  expect(toX(view, 1_000, 150)).toBe(500)
  expect(toX(view, 1_000, 250)).toBe(1_500)
  expect(toMs(view, 1_000, 500)).toBe(150)
})

test('fits the run with room for the words beside the end line', () => {
  // 1,128 px - 12 left - 116 right = 1,000 px for 1,000 ms.
  const view = fitView(1_000, 1_128)
  expect(view.t0Ms).toBeCloseTo(-12)
  expect(view.t1Ms).toBeCloseTo(1_116)
  expect(toX(view, 1_128, 1_000)).toBeCloseTo(1_012)
})

test('zooming keeps the time under the pointer in its place', () => {
  const view = zoomView(bounds, 2, 250, bounds)
  expect(view).toEqual({ t0Ms: 125, t1Ms: 625 })
  expect(toX(view, 800, 250)).toBe(toX(bounds, 800, 250))
})

test('zooming out ends at the bounds', () => {
  expect(zoomView({ t0Ms: 400, t1Ms: 600 }, 0.1, 500, bounds)).toEqual(bounds)
})

test('panning moves by a share of the screen and stops at the ends', () => {
  expect(panView({ t0Ms: 0, t1Ms: 200 }, 0.5, bounds)).toEqual({ t0Ms: 100, t1Ms: 300 })
  expect(panView({ t0Ms: 700, t1Ms: 900 }, 2, bounds)).toEqual({ t0Ms: 800, t1Ms: 1_000 })
  expect(panView({ t0Ms: 100, t1Ms: 300 }, -9, bounds)).toEqual({ t0Ms: 0, t1Ms: 200 })
})

test('a reversed view is turned round, one without numbers is the whole', () => {
  expect(clampView({ t0Ms: 300, t1Ms: 100 }, bounds)).toEqual({ t0Ms: 100, t1Ms: 300 })
  expect(clampView({ t0Ms: Number.NaN, t1Ms: 5 }, bounds)).toEqual(bounds)
})

test('focus leaves an eighth on both sides', () => {
  expect(focusView(400, 500, bounds)).toEqual({ t0Ms: 388, t1Ms: 512 })
})

test('views are the same to a millionth of their length', () => {
  expect(sameView(bounds, { t0Ms: 0.0005, t1Ms: 1_000 })).toBe(true)
  expect(sameView(bounds, { t0Ms: 1, t1Ms: 1_000 })).toBe(false)
})
