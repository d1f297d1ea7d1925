// What a memory reads is what reading each text alone gives, and what it has read before is the same object.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { contentOf } from './attributes.ts'
import { HistoryMemory } from './history-memory.ts'

const LONG = 'so long that it is worth remembering '.repeat(8)
const message = (text: string) => ({ role: 'user', parts: [{ type: 'text', content: `${text} ${LONG}` }] })
const read = (memory: HistoryMemory, text: string) => memory.contentOf(new Map([['k', text]]), 'k')
const alone = (text: string) => contentOf(new Map([['k', text]]), 'k')
const listOf = (value: Json | undefined) => value as readonly Json[]

test('a history that has grown: the same messages, and the new one', () => {
  const memory = new HistoryMemory()
  const [a, b, c] = [message('a'), message('b'), message('c')]
  const first = listOf(read(memory, JSON.stringify([a, b])))
  const second = listOf(read(memory, JSON.stringify([a, b, c])))
  expect(second).toEqual([a, b, c])
  expect(second[0]).toBe(first[0])
  expect(second[1]).toBe(first[1])
})

test('an agent that forgets what is old, with the instructions or without', () => {
  const memory = new HistoryMemory()
  const all = 'abcdef'.split('').map(message)
  const first = listOf(read(memory, JSON.stringify(all.slice(0, 4))))
  const second = listOf(read(memory, JSON.stringify([all[0], ...all.slice(2, 6)])))
  expect(second).toEqual([all[0], ...all.slice(2, 6)])
  expect([second[0], second[1], second[2]]).toEqual([first[0], first[2], first[3]])
  expect(second[2]).toBe(first[3])
  const third = listOf(read(memory, JSON.stringify(all.slice(4))))
  expect(third).toEqual(all.slice(4))
  expect(third[0]).toBe(second[3])
})

test('two agents that take turns keep their histories', () => {
  const memory = new HistoryMemory()
  const [one, other] = ['a', 'b'].map((text) => listOf(read(memory, JSON.stringify([message(text), message('x')]))))
  const again = listOf(read(memory, JSON.stringify([message('a'), message('x'), message('y')])))
  expect(again[0]).toBe(one![0])
  expect(listOf(read(memory, JSON.stringify([message('b'), message('x'), message('z')])))[0]).toBe(other![0])
})

test('a list inside an object, and in another list', () => {
  const memory = new HistoryMemory()
  const [a, b] = [message('a'), message('b')]
  for (const wrap of [
    (list: Json[]) => ({ model: 'm', contents: list, config: { top: 1 } }),
    (list: Json[]) => ({ messages: [list] }),
    (list: Json[]) => [list],
  ]) {
    read(memory, JSON.stringify(wrap([a])))
    expect(read(memory, JSON.stringify(wrap([a, b]), null, 1))).toEqual(wrap([a, b]))
    expect(read(memory, JSON.stringify(wrap([a, b])))).toEqual(wrap([a, b]))
  }
})

test.each([
  ['a comma before the end', (list: string) => `${list.slice(0, -1)},]`],
  ['cut off', (list: string) => list.slice(0, -1)],
  ['something after the end', (list: string) => `${list} and more`],
  ['two lists under one key', (list: string) => `{"messages":${list},"messages":[{"role":"user"}]}`],
])('%s: as if nothing had been read before', (_what, spoil) => {
  const memory = new HistoryMemory()
  const list = JSON.stringify([message('a'), message('b')])
  for (const text of [list, `{"messages":${list}}`]) read(memory, text)
  const text = spoil(list)
  for (let again = 0; again < 2; again++) expect(read(memory, text)).toEqual(alone(text))
  expect(read(memory, list)).toEqual(alone(list))
})

test('whatever is read after whatever: the same as alone', () => {
  const strings = fc.constantFrom('a', '\\"', ']', '{"', `}, ${LONG}`, '12345678901234567890', '[[', 'é\u2028')
  const items = fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ role: strings, content: strings, n: fc.constantFrom(1, 2.5e300, null) }) },
      { weight: 1, arbitrary: fc.constantFrom(7, 'x', null, [], {}) },
    ),
    { maxLength: 5 },
  )
  const texts = fc
    .tuple(items, fc.constantFrom('', 'messages', 'input'), fc.boolean(), fc.constantFrom(0, 1), fc.nat({ max: 40 }))
    .map(([list, key, isInner, indent, cut]) => {
      const inner = isInner ? [list] : list
      const text = JSON.stringify(key === '' ? inner : { model: 'm', [key]: inner, [LONG]: 1 }, null, indent)
      return cut < 4 ? text.slice(0, text.length - cut) : text.replaceAll('"n":2.5e+300', '"n":12345678901234567890')
    })
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 12 }), (sequence) => {
      const memory = new HistoryMemory()
      for (const text of sequence) expect(read(memory, text)).toEqual(alone(text))
    }),
    { numRuns: 500 },
  )
})
