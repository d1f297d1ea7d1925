import { expect, test } from 'vitest'
import { LearntKeys, pathKey, valueKey } from './learnt-keys.ts'

test('keys made many at a time are those made one by one', () => {
  const keys = new LearntKeys()
  // Twice: the second time what is said of tools and paths is remembered.
  for (const _ of [1, 2]) {
    for (const path of ['$.city', '$.rooms[2].id', '$["a \\"b\\""]']) {
      expect(keys.path('find', path, 'say "go"', '$.id')).toBe(pathKey('find', path, 'say "go"', '$.id'))
      for (const value of ['Oslo', 'a "b"', 12.5, true, null]) {
        expect(keys.value('find', path, value)).toBe(valueKey('find', path, value))
      }
    }
  }
  expect(keys.value('find', '$.rooms[2].id', 7)).toBe('["find","$.rooms[*].id",7]')
})
