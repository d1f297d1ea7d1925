import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assert } from '../analyzer/base/assert.ts'

/** Tailrace's version, from the package.json above this file, which is one folder deeper when compiled. */
export function readVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    assert(dirname(folder) !== folder, 'no package.json lies above the collector')
    folder = dirname(folder)
  }
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version
}
