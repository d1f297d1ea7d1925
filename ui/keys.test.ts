import { expect, test } from 'vitest'
import { KEYS, keyRowFor, type Screen } from './keys.ts'

const press = (code: string, key: string, more: object = {}) => ({
  code,
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})

test('no key means two things on one screen', () => {
  for (const screen of ['runs', 'run'] satisfies Screen[]) {
    const taken = KEYS.filter((row) => row.screens.includes(screen)).flatMap((row) => [
      ...(row.codes ?? []),
      ...(row.signs ?? []),
    ])
    expect(taken).toEqual([...new Set(taken)])
  }
})

test('every row can be pressed and has words', () => {
  for (const row of KEYS) {
    expect((row.codes ?? row.signs ?? []).length, row.command).toBeGreaterThan(0)
    expect(row.text.length, row.command).toBeGreaterThan(5)
    expect(row.caps.length, row.command).toBeGreaterThan(0)
  }
})

test('letters go by their place, signs by what they type', () => {
  // Z sits where W does on a French keyboard; ? is Shift and the key right of 0 on a German one.
  expect(keyRowFor(press('KeyW', 'z'), 'run')?.command).toBe('zoom-in')
  expect(keyRowFor(press('Minus', '?'), 'run')?.command).toBe('help')
  expect(keyRowFor(press('Slash', '/'), 'runs')?.command).toBe('search')
  expect(keyRowFor(press('Enter', 'Enter'), 'runs')?.command).toBe('open')
  expect(keyRowFor(press('KeyW', 'w'), 'runs')).toBeNull()
})

test("the browser's own shortcuts are left to it", () => {
  expect(keyRowFor(press('KeyF', 'f', { ctrlKey: true }), 'run')).toBeNull()
  expect(keyRowFor(press('KeyT', 't', { metaKey: true }), 'run')).toBeNull()
  expect(keyRowFor(press('ArrowLeft', 'ArrowLeft', { altKey: true }), 'run')).toBeNull()
})
