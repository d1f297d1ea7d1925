import { expect, test } from 'vitest'
import { barBox, labelFits } from './bars.ts'
import { elbow } from './elbow.ts'
import { placeFlags } from './flags.ts'
import { timeTicks } from './ticks.ts'

const view = { t0Ms: 0, t1Ms: 1_000 }

test('a bar is placed by its times', () => {
  expect(barBox({ startMs: 100, endMs: 300 }, view, 500)).toEqual({
    leftPx: 50,
    widthPx: 100,
    cutLeft: false,
    cutRight: false,
  })
})

test('a bar that leaves the screen is cut, one beyond it is not drawn', () => {
  expect(barBox({ startMs: -100, endMs: 2_000 }, view, 500)).toEqual({
    leftPx: 0,
    widthPx: 500,
    cutLeft: true,
    cutRight: true,
  })
  expect(barBox({ startMs: 1_100, endMs: 1_200 }, view, 500)).toBeNull()
  expect(barBox({ startMs: -200, endMs: -100 }, view, 500)).toBeNull()
})

test('a call of no length can be seen', () => {
  expect(barBox({ startMs: 500, endMs: 500 }, view, 500)?.widthPx).toBe(2)
})

test('six characters need 46.4 px', () => {
  expect(labelFits(6, 46)).toBe(false)
  expect(labelFits(6, 47)).toBe(true)
})

test('an elbow turns just before the later bar', () => {
  expect(elbow({ x: 100, y: 10 }, { x: 200, y: 60 })).toEqual({ d: 'M100 10L189 10L189 60L200 60', head: true })
})

test('with hardly any room it turns half way, without a head', () => {
  expect(elbow({ x: 100, y: 10 }, { x: 108, y: 60 })).toEqual({ d: 'M100 10L104 10L104 60L108 60', head: false })
})

test('to an earlier time it goes round between the rows', () => {
  expect(elbow({ x: 100, y: 10 }, { x: 60, y: 60 }).d).toBe('M100 10L109 10L109 27L49 27L49 60L60 60')
})

test('ticks are round and labelled in one unit', () => {
  expect(timeTicks({ t0Ms: 0, t1Ms: 4_000 }, 400).map((tick) => tick.label)).toEqual([
    '0 s',
    '1 s',
    '2 s',
    '3 s',
    '4 s',
  ])
  expect(timeTicks({ t0Ms: 0, t1Ms: 400 }, 200).map((tick) => tick.label)).toEqual(['0 ms', '200 ms', '400 ms'])
  expect(timeTicks({ t0Ms: 100_000, t1Ms: 100_040 }, 200).map((tick) => tick.label)).toEqual([
    '100.00 s',
    '100.02 s',
    '100.04 s',
  ])
  expect(timeTicks({ t0Ms: 0, t1Ms: 600_000 }, 200).map((tick) => tick.label)).toEqual(['0', '5 m 00 s', '10 m 00 s'])
})

test('the words of the two ends stand outside, the freed time between them', () => {
  const text = { actual: 70, achievable: 90, freed: 100 }
  expect(placeFlags(600, 400, 700, text)).toEqual({
    actual: { x: 607, anchor: 'start' },
    achievable: { x: 393, anchor: 'end' },
    freed: { x: 500, anchor: 'middle' },
  })
  // No room on the right: the actual end's words go left of its line, and the achievable end's make way.
  expect(placeFlags(680, 650, 700, text)).toEqual({
    actual: { x: 673, anchor: 'end' },
    achievable: { x: 596, anchor: 'end' },
    freed: null,
  })
  expect(placeFlags(-10, -20, 700, text)).toEqual({ actual: null, achievable: null, freed: null })
})
