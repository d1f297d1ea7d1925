import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestKeyFor, keyFileOf } from './digest-key.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-key-'))
  file = join(folder, 'spans.db')
})

afterEach(() => rmSync(folder, { recursive: true }))

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test('is made once, random, and for its owner only', () => {
  const key = digestKeyFor(file)
  expect(key).toHaveLength(32)
  expect(hex(digestKeyFor(file))).toBe(hex(key))
  expect(hex(readFileSync(keyFileOf(file)))).toBe(hex(key))
  expect(statSync(keyFileOf(file)).mode & 0o777).toBe(0o600)
  expect(hex(digestKeyFor(join(folder, 'other.db')))).not.toBe(hex(key))
})

test.each([0, 31, 33])('a file of %i bytes is no key, and is written anew', (length) => {
  writeFileSync(keyFileOf(file), Buffer.alloc(length, 1))
  const key = digestKeyFor(file)
  expect(key).toHaveLength(32)
  expect(hex(digestKeyFor(file))).toBe(hex(key))
})

test('a place that takes no file is an error', () => {
  expect(() => digestKeyFor(join(folder, 'missing', 'spans.db'))).toThrow('ENOENT')
})
