// The table of docs/otlp.md and the tests that begin with a row's id say the same.

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const collector = fileURLToPath(new URL('..', import.meta.url))
const docs = fileURLToPath(new URL('../../docs', import.meta.url))

/** Row id -> the test file that its row links to, relative to the collector. */
const rows = new Map<string, string>()
for (const line of readFileSync(join(docs, 'otlp.md'), 'utf8').split('\n')) {
  const match = /^\| ([TGF]\d\d) .*\]\((\S+\.test\.ts)\) +\|$/.exec(line)
  if (!match) continue
  expect(rows.has(match[1]!), `two rows are called ${match[1]}`).toBe(false)
  rows.set(match[1]!, relative(collector, join(docs, match[2]!)))
}

/** Test files -> the row ids that names of tests in them begin with. */
const tests = new Map<string, Set<string>>()
for (const file of readdirSync(collector, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.test.ts')) continue
  const source = readFileSync(join(collector, file), 'utf8')
  // A name is the first argument of test() or the first column of a table of tests.
  const names = source.matchAll(/(?:test[\w.()]*\(|\[)\s*['"`]([TGF]\d\d) /g)
  tests.set(file, new Set(Array.from(names, ([, id]) => id!)))
}

test('the checklist is whole: 77 rows for HTTP, 23 for gRPC, 6 faults', () => {
  const count = (letter: string) => [...rows.keys()].filter((id) => id.startsWith(letter)).length
  expect([count('T'), count('G'), count('F')]).toEqual([77, 23, 6])
})

test.each([...rows])('row %s has a test in %s', (id, file) => {
  expect(tests.get(file)).toContain(id)
})

test('every test with an id is in the table', () => {
  const tested = new Set([...tests.values()].flatMap((ids) => [...ids]))
  expect([...tested].filter((id) => !rows.has(id))).toEqual([])
})
