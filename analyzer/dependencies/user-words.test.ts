import { expect, test } from 'vitest'
import { testRun } from './test-run.ts'
import { userWords } from './user-words.ts'

test('what the user said counts from the turn before which it was said', () => {
  const call = [{ tool: 'look', args: {}, result: 'ok' }]
  const user = userWords(testRun('Take room 2.', [call, 'Find out who owns the Kiosk.', call]))
  const leaf = (value: number) => ({ path: null, key: 'room', value })
  expect([0, 1].map((turn) => user.asks(turn))).toEqual([false, true])
  expect([0, 1].map((turn) => user.says('kiosk', turn))).toEqual([false, true])
  expect([2, 3, 2].map((value) => user.names(leaf(value), 1))).toEqual([true, false, true])
})

test('one leaf of calls in two turns is asked about anew', () => {
  const call = [{ tool: 'look', args: {}, result: 'ok' }]
  const user = userWords(testRun('Go on.', [call, 'Take room 2.', call]))
  const leaf = { path: null, key: 'room', value: 2 }
  expect([0, 1, 0].map((turn) => user.names(leaf, turn))).toEqual([false, true, false])
})
