import { describe, expect, test } from 'vitest'
import { CASES } from './cases.ts'
import { errorOf, errorsOf, percent, promiseOf, shortfalls } from './figures.ts'
import type { Measured } from './measure.ts'
import { pageOf, rowOf } from './page.ts'

const [toFix] = CASES.filter(({ inOrder }) => !inOrder)
const [inOrder] = CASES.filter((each) => each.inOrder)

/** 2000 ms as found, 1020 ms achievable, 1000 ms as fixed. */
const measured = (over: Partial<Measured> = {}): Measured => ({
  case: toFix!,
  foundMs: 2000,
  lowMs: 1020,
  highMs: 900,
  fixedMs: 1000,
  turns: { found: 4, planned: 2, fixed: 2 },
  replayError: 0,
  again: 0,
  disturbedMs: 12,
  ...over,
})

test('errors are shares of what was measured, promises shares of what was found', () => {
  expect(errorOf(measured())).toBeCloseTo(0.02)
  expect(errorOf(measured({ lowMs: 950 }))).toBeCloseTo(-0.05)
  expect(promiseOf(measured())).toBeCloseTo(0.49)
})

test('the median, the 90th percentile and the maximum are of absolute values', () => {
  expect(errorsOf([0.01, -0.03, 0.02])).toEqual({ median: 0.02, p90: 0.03, max: 0.03 })
  const ten = [1, -2, 3, -4, 5, -6, 7, -8, 9, -10]
  expect(errorsOf(ten)).toEqual({ median: 5.5, p90: 9, max: 10 })
  expect(() => errorsOf([])).toThrow('no case')
})

describe('demands', () => {
  const sentencesOf = (over: Partial<Measured>, captures = 0) => shortfalls([measured(over)], captures)

  test('nothing is said when all are met', () => {
    expect(sentencesOf({})).toEqual([])
    expect(sentencesOf({ case: inOrder!, foundMs: 1025 })).toEqual([])
  })

  test('each that is not met is said', () => {
    expect(sentencesOf({ lowMs: 1050 })).toEqual(['The median error is 5.0 %, more than 3.0 %.'])
    expect(sentencesOf({ lowMs: 910 })).toHaveLength(2)
    expect(sentencesOf({ case: inOrder! })).toEqual([
      `true chain, ${inOrder!.framework}: the promised saving is 49.0 %, more than 1.0 %.`,
    ])
    expect(sentencesOf({ replayError: 0.02 })).toHaveLength(1)
    expect(sentencesOf({ turns: { found: 4, planned: 3, fixed: 2 } })).toHaveLength(1)
    expect(sentencesOf({}, 0.02)).toEqual(['The replay error of the captures is 2.0 %, more than 1.0 %.'])
  })
})

test('the page says each case, what was thrown away and what stayed disturbed', () => {
  const page = pageOf({
    day: '2026-01-31',
    measured: [measured(), measured({ again: 3, disturbedMs: 80 })],
    captures: [{ name: 'genkit', replayError: 0.001 }],
  })
  expect(page).toContain('on 2026-01-31')
  expect(page).toContain('3 of 7 runs were thrown away, and 1 of 2 cases stayed disturbed')
  expect(page).toMatch(/\| genkit {2}\| 0\.1 % +\|/)
  expect(rowOf(measured())).toEqual([
    toFix!.name,
    toFix!.framework,
    'batch',
    '2000',
    '1020',
    '900',
    '1000',
    '2.0 %',
    '4, 2, 2',
    '0.0 %',
    '0',
  ])
  expect(percent(-0.0001)).toBe('0.0 %')
})

test('there are enough cases, on enough frameworks, of each kind', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(30)
  expect(new Set(CASES.map(({ framework }) => framework)).size).toBeGreaterThanOrEqual(5)
  expect(new Set(CASES.filter((each) => each.inOrder).map(({ name }) => name))).toEqual(
    new Set(['true chain', 'writes', 'adaptive search']),
  )
})
