import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { failuresOf } from './outcomes.ts'
import { testRun } from './test-run.ts'

const nothing = (result: Json): boolean => failuresOf(testRun('', [[{ tool: 't', result }]]).calls)[0] === true

test.each<Json>([
  null,
  '',
  [],
  {},
  { results: [] },
  { query: 'x', hits: { items: [] } },
  { error: 'rate limited, try again' },
  { success: false },
  { status: 404 },
  { state: 'failed' },
  { total: 0 },
  'No results found.',
  'Error: timeout',
])('%j is nothing', (result) => {
  expect(nothing(result)).toBe(true)
})

test.each<Json>([
  0,
  42,
  'rain',
  'Norway has fjords.',
  { error: null, data: [1] },
  { results: [{ id: 1 }] },
  { ok: true },
  { status: 'running' },
])('%j is something', (result) => {
  expect(nothing(result)).toBe(false)
})
