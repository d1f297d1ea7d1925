import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DEFAULT_DATABASE } from '../options/database.ts'

/**
 * Makes the folder of the default database, kept out of git: spans hold prompts and results, which nobody means to commit.
 * Returns the database's path. A folder that is there already is left as it is.
 */
export function prepareDefaultDatabase(): string {
  const folder = dirname(DEFAULT_DATABASE)
  if (!existsSync(folder)) {
    mkdirSync(folder)
    writeFileSync(join(folder, '.gitignore'), '*\n')
  }
  return DEFAULT_DATABASE
}
