import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { leavesOf } from './leaves.ts'
import { pathText } from './path-node.ts'

const flat = (value: Json) => leavesOf(value).map((leaf) => `${pathText(leaf.path)}=${JSON.stringify(leaf.value)}`)

test.each<[Json, string[]]>([
  [5, ['$=5']],
  [{ a: [1, { b: null }], 'c d': true }, ['$.a[0]=1', '$.a[1].b=null', '$["c d"]=true']],
  [{ s: '{"x": [2]}' }, ['$.s.x[0]=2']],
  [{ s: '{not json' }, ['$.s="{not json"']],
  [{}, []],
])('%j', (value, leaves) => {
  expect(flat(value)).toEqual(leaves)
})

test('depth costs no stack', () => {
  let deep: Json = 'bottom'
  for (let i = 0; i < 100_000; i++) deep = [deep]
  expect(leavesOf(deep)[0]?.value).toBe('bottom')
})
