import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { frameworkDocs } from './framework-docs.ts'

const folder = new URL('../docs/frameworks/', import.meta.url)

test('docs/frameworks is what `npm run docs` writes', () => {
  const pages = frameworkDocs()
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort())
  for (const [name, text] of pages) expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(text)
})
