import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { testRun } from '../schedule/test-run.ts'
import { ArgumentIds } from './argument-ids.ts'

/** Of calls with these tools and arguments. */
function idsOf(...calls: readonly (readonly [tool: string, args: Json | undefined])[]): ArgumentIds {
  const run = testRun({
    durationMs: 10,
    turns: [{ at: [0, 1] }],
    calls: calls.map(([tool]) => ({ tool, turn: 0, at: [1, 2] })),
  })
  const ids = new ArgumentIds({ ...run, calls: run.calls.map((call, at) => ({ ...call, arguments: calls[at]![1] })) })
  for (const call of calls.keys()) expect(ids.has(call)).toBe(calls[call]![1] !== undefined)
  return ids
}

test('equal arguments of one tool have one number, in whatever order they are written', () => {
  const ids = idsOf(
    ['read', { path: 'a', at: { x: 1, y: [2] } }],
    ['read', { at: { y: [2], x: 1 }, path: 'a' }],
    ['read', { path: 'a', at: '{"x":1,"y":[2]}' }],
    ['read', { path: 'b', at: { x: 1, y: [2] } }],
    ['write', { path: 'a', at: { x: 1, y: [2] } }],
    ['read', undefined],
  )
  const [first, again, nested, otherValue, otherTool] = [0, 1, 2, 3, 4].map((call) => ids.wholeOf(call))
  expect(again).toBe(first)
  expect(new Set([first, nested, otherValue, otherTool]).size).toBe(4)
})

test('what is equal but for one argument has one number for that argument', () => {
  const ids = idsOf(
    ['get', { user: 'ann', page: 1 }],
    ['get', { page: 1, user: 'bob' }],
    ['get', { user: 'bob', page: 2 }],
    ['get', { user: 'ann', page: '1' }],
  )
  const [first, otherUser, otherBoth, number] = [0, 1, 2, 3] as const
  const but = (call: number, key: string) => ids.othersOf(call, ids.keysOf(call).indexOf(key))
  expect(but(otherUser, 'user')).toBe(but(first, 'user'))
  expect(but(otherUser, 'page')).toBe(but(otherBoth, 'page'))
  expect(but(otherBoth, 'user')).not.toBe(but(first, 'user'))
  expect(but(number, 'page')).toBe(but(first, 'page'))
  expect(but(number, 'user')).not.toBe(but(first, 'user'))
  // Without the user, page 1 is no user ann without the page.
  expect(but(first, 'user')).not.toBe(but(first, 'page'))
})

test('arguments that are no object are one argument; more than can be compared are only compared whole', () => {
  const many = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`a${at}`, at]))
  const ids = idsOf(['f', 'x'], ['f', ['x']], ['f', many], ['f', { ...many, a3: 'x' }])
  const [text, list, long, longer] = [0, 1, 2, 3] as const
  expect(ids.keysOf(text)).toEqual([''])
  expect(ids.othersOf(text, 0)).toBe(ids.othersOf(list, 0))
  expect(ids.wholeOf(text)).not.toBe(ids.wholeOf(list))
  expect([ids.othersOf(long, 0), ids.wholeOf(long) === ids.wholeOf(longer)]).toEqual([-1, false])
})
