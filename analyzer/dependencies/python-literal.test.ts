import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { parseNested } from './nested-json.ts'
import { parsePythonLiteral } from './python-literal.ts'

test.each<[string, Json]>([
  ["{'a': 1, 'b': [True, None, -2.5e3], 'c': {}}", { a: 1, b: [true, null, -2500], c: {} }],
  ["{'total': Decimal('2.50')}", { total: '2.50' }],
  ["[{'it\\'s': \"a 'b'\", 7: (1, 2)}]", [{ "it's": "a 'b'", '7': [1, 2] }]],
  ["[Row(id=3, name='x'), datetime.date(2031, 5, 2)]", [{ id: 3, name: 'x' }, [2031, 5, 2]]],
  ["['\\xe9', 'a\\nb']", ['é', 'a\nb']],
  ["{'a', 'b'}", ['a', 'b']],
  [' [None]\n', [null]],
  ["[('k', 1_000)]", [['k', 1000]]],
])('%s', (text, value) => {
  expect(parsePythonLiteral(text)).toEqual(value)
  expect(parseNested(text)).toEqual(value)
})

test.each([
  "{'a': }",
  "{'a': 1",
  "{'a': 1}}",
  "['a'] and more",
  "{'a': unknown}",
  "{'a' 'b': 1, 'c'}",
  "['unclosed]",
  '{name}',
  '[see the manual]',
  "({'a': 1]}",
  '',
])('%s is text', (text) => {
  expect(parsePythonLiteral(text)).toBeUndefined()
})

test('deep nesting and a long string cost no stack', () => {
  const deep = `['x', ${'['.repeat(20_000)}${']'.repeat(20_000)}]`
  expect(parsePythonLiteral(deep)).toHaveLength(2)
  const long = `["${'y'.repeat(3_000_000)}", 'z']`
  expect(parsePythonLiteral(`['a', ${long}]`)).toHaveLength(2)
})

test('a string may be as long as a result', () => {
  expect(parsePythonLiteral(`['${'a'.repeat(9_000_000)}']`)).toEqual(['a'.repeat(9_000_000)])
})
