import { expect, test } from 'vitest'
import type { Json } from '../../analyzer/model/json.ts'
import { childPath } from './jsonPath.ts'
import { type Pretty, prettyJson, splitMarked } from './prettyJson.ts'

/** Lines as text, marked pieces in «guillemets». */
const read = ({ lines }: Pretty) =>
  lines.map(
    (line) => '  '.repeat(line.indent) + line.pieces.map((p) => (p.tint === null ? p.text : `«${p.text}»`)).join(''),
  )

test('prints JSON with one leaf per line', () => {
  const value = { id: 'htl_8812', rooms: [{ price: 910 }, null], none: {}, ok: true }
  expect(read(prettyJson(value)).join('\n')).toBe(JSON.stringify(value, null, 2))
})

test('marks a leaf by its path, or the part of it that was taken', () => {
  const value = { url: 'https://x.test/htl_8812/rooms', ids: ['a', 'htl_8812'] }
  const marks = [
    { path: '$.url', text: 'htl_8812', tint: 1 },
    { path: '$.ids[1]', text: 'htl_8812', tint: 1 },
  ]
  expect(read(prettyJson(value, marks))).toEqual([
    '{',
    '  "url": "https://x.test/«htl_8812»/rooms",',
    '  "ids": [',
    '    "a",',
    '    «"htl_8812"»',
    '  ]',
    '}',
  ])
})

test('marks the whole leaf where the value changed on the way', () => {
  expect(read(prettyJson({ day: '14 May' }, [{ path: '$.day', text: '2026-05-14', tint: 0 }]))).toEqual([
    '{',
    '  "day": «"14 May"»',
    '}',
  ])
})

test('marks inside JSON that is kept as a string belong to the string', () => {
  const marks = [{ path: '$.body.id', text: 'A7', tint: 2 }]
  expect(read(prettyJson({ body: '{"id":"A7"}' }, marks))[1]).toBe('  "body": "{\\"id\\":\\"«A7»\\"}"')
})

test('a text is shown as it stands, line by line', () => {
  expect(read(prettyJson('one\n<img src=x>', [{ path: '$', text: 'img', tint: 3 }]))).toEqual(['one', '<«img» src=x>'])
})

test('is as deep as it has to be, and cut where told', () => {
  let deep: Json = 'x'
  for (let i = 0; i < 20_000; i++) deep = [deep]
  expect(prettyJson(deep, [], 100_000).lines).toHaveLength(40_001)
  const cut = prettyJson(deep, [], 10)
  expect([cut.lines.length, cut.cut]).toEqual([10, true])
})

test('overlapping marks: the first one stands', () => {
  const pieces = splitMarked('abcdef', [
    { text: 'bcd', tint: 0 },
    { text: 'de', tint: 1 },
    { text: '', tint: 2 },
  ])
  expect(pieces.map((p) => [p.text, p.tint])).toEqual([
    ['a', null],
    ['bcd', 0],
    ['ef', null],
  ])
})

test('paths quote the names that need it', () => {
  expect(childPath('$', 'city')).toBe('$.city')
  expect(childPath('$.a', 3)).toBe('$.a[3]')
  expect(childPath('$', 'odd name')).toBe('$["odd name"]')
})
