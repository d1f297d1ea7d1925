import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { testRun } from '../schedule/test-run.ts'
import { type ArgumentIds, argumentIdsOf } from './argument-ids.ts'

/** Of one call of each, in this order. */
function idsOf(...calls: readonly (readonly [tool: string, args: Json | undefined])[]): (ArgumentIds | null)[] {
  const run = testRun({
    durationMs: 10,
    turns: [{ at: [0, 1] }],
    calls: calls.map(([tool]) => ({ tool, turn: 0, at: [1, 2] })),
  })
  const named = { ...run, calls: run.calls.map((call, at) => ({ ...call, arguments: calls[at]![1] })) }
  return [...named.calls.keys()].map(argumentIdsOf(named))
}

test('equal arguments of one tool have one number, in whatever order they are written', () => {
  const [first, again, nested, otherValue, otherTool, none] = idsOf(
    ['read', { path: 'a', at: { x: 1, y: [2] } }],
    ['read', { at: { y: [2], x: 1 }, path: 'a' }],
    ['read', { path: 'a', at: '{"x":1,"y":[2]}' }],
    ['read', { path: 'b', at: { x: 1, y: [2] } }],
    ['write', { path: 'a', at: { x: 1, y: [2] } }],
    ['read', undefined],
  )
  expect(again!.whole).toBe(first!.whole)
  const distinct = [first, nested, otherValue, otherTool].map((ids) => ids!.whole)
  expect(new Set(distinct).size).toBe(4)
  expect(none).toBeNull()
})

test('what is equal but for one argument has one number for that argument', () => {
  const [first, otherUser, otherBoth, number] = idsOf(
    ['get', { user: 'ann', page: 1 }],
    ['get', { page: 1, user: 'bob' }],
    ['get', { user: 'bob', page: 2 }],
    ['get', { user: 'ann', page: '1' }],
  )
  const but = (ids: ArgumentIds | null | undefined, key: string) => ids!.others[ids!.keys.indexOf(key)]
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
  const [text, list, long, longer] = idsOf(['f', 'x'], ['f', ['x']], ['f', many], ['f', { ...many, a3: 'x' }])
  expect([text!.keys, text!.others.length]).toEqual([[''], 1])
  expect(text!.others).toEqual(list!.others)
  expect(text!.whole).not.toBe(list!.whole)
  expect([long!.others, long!.whole === longer!.whole]).toEqual([[], false])
})
