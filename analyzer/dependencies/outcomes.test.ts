import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { leavesOf } from './leaves.ts'
import { failuresOf, yesOrNo } from './outcomes.ts'
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
  { content: [{ type: 'text', text: 'Ann Lee is missing in the directory' }], isError: true },
  { content: [{ type: 'text', text: '[]' }] },
  { content: [{ type: 'text', text: '' }] },
  { status: 'NOT_FOUND' },
  { code: 'NO_RESULTS' },
  { person: null },
  { people_count: 0, took: 12 },
  '0 results',
  'Found 0 people.',
  "Couldn't find Ann Lee.",
  'Your search did not match any people.',
  "Sorry, we don't have that book.",
  'Did you mean Ann Leigh?',
  'Keine Einträge gefunden.',
  'Aucun livre de ce nom',
  '一致する本が見つかりませんでした。',
  'Книга не найдена',
  '没有这本书',
  { content: [{ type: 'text', text: 'Kein Buch gefunden' }] },
  { message: 'Buch nicht vorhanden', at: 12 },
  { availability: 'OutOfStock', shelf: 7 },
  { 棚: 'なし' },
  'id,title,shelf\n',
  '| id | title |\n| --- | --- |\n',
  '<ul class="books"></ul>',
  '-',
  'status: 404\nbook: 7',
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
  { content: [{ type: 'text', text: 'Ann Lee, room 12' }], isError: false },
  { name: 'Ann', unread_count: 0 },
  { phone: null, room: '12' },
  { price: 0, discount: 0 },
  { duration: 35 },
  '10 results were found in building A',
  'red, green, blue',
  'id,title\n7,Faust\n',
  '<b>Faust</b>',
  'Das Buch steht in Raum 12.',
  { Regal: 'B' },
])('%j is something', (result) => {
  expect(nothing(result)).toBe(false)
})

test('an answer of yes or no may say of what', () => {
  const answer = (result: Json): boolean =>
    testRun('', [[{ tool: 't', result }]]).calls.every((call) => yesOrNo()(call, leavesOf({ customer: 'C-77' })))
  expect(answer({ eligible: true })).toBe(true)
  expect(answer({ customer: 'C-77', eligible: true })).toBe(true)
  expect(answer({ customer: 'C-78', eligible: true })).toBe(false)
  expect(answer({ customer: 'C-77' })).toBe(false)
})
