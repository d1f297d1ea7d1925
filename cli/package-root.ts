import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assert } from '../analyzer/base/assert.ts'

/** Folder of the package, the same whether this file runs as `cli/*.ts` or as `dist/cli/*.js`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    assert(dirname(folder) !== folder, 'no package.json lies above the command line')
    folder = dirname(folder)
  }
  return folder
}

/** Folder of the built page. */
export function builtUiDir(): string {
  return join(packageRoot(), 'dist', 'ui')
}
