import { expect, test } from 'vitest'
import { ofSharedText } from './shared-texts.ts'

test('a text is read once as long as it is among the last 32 that were asked about', () => {
  const read: string[] = []
  const lengthOf = ofSharedText((text) => read.push(text) && text.length)
  expect([lengthOf('prompt'), lengthOf('prompt'), lengthOf('')]).toEqual([6, 6, 0])
  for (let n = 0; n < 30; n++) lengthOf(`task ${n}`)
  lengthOf('prompt')
  expect(read).toHaveLength(32)
  for (let n = 30; n < 61; n++) lengthOf(`task ${n}`)
  lengthOf('prompt')
  expect(read.filter((text) => text === 'prompt')).toHaveLength(1)
  for (let n = 61; n < 93; n++) lengthOf(`task ${n}`)
  lengthOf('prompt')
  expect(read.filter((text) => text === 'prompt')).toHaveLength(2)
})

test('a very long text is read each time', () => {
  let read = 0
  const lengthOf = ofSharedText((text) => {
    read++
    return text.length
  })
  const long = 'x'.repeat(40_000)
  expect([lengthOf(long), lengthOf(long), read]).toEqual([40_000, 40_000, 2])
})
