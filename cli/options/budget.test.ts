import { expect, test } from 'vitest'
import { DEFAULT_BUDGET, parseBudget } from './budget.ts'

test.each([
  ['500ms', 500],
  ['500', 500],
  ['0', 0],
  ['1.5s', 1_500],
  ['.5s', 500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  [' 200 MS ', 200],
])('%s is %d ms', (text, ms) => {
  expect(parseBudget(text)).toEqual({ ok: true, value: { kind: 'ms', ms } })
})

test.each([
  ['10%', 0.1],
  ['0%', 0],
  ['100 %', 1],
  ['2.5%', 0.025],
])('%s is a share of %d', (text, share) => {
  expect(parseBudget(text)).toEqual({ ok: true, value: { kind: 'share', share } })
})

test.each([
  '',
  'fast',
  '-5ms',
  '5 parsecs',
  '1e3',
  '1,5s',
  '5ms 3s',
  'NaN',
  'Infinity',
  '%',
  '1.s',
  `${'9'.repeat(400)}`,
])('%s is refused with an example', (text) => {
  expect(parseBudget(text)).toEqual({ ok: false, error: expect.stringContaining('500ms') })
})

test('more than the whole run is no share of it', () => {
  expect(parseBudget('101%')).toEqual({ ok: false, error: expect.stringContaining('100%') })
})

test('the default parses', () => {
  expect(parseBudget(DEFAULT_BUDGET)).toEqual({ ok: true, value: { kind: 'ms', ms: 500 } })
})
