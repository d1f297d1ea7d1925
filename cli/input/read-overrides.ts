import { existsSync } from 'node:fs'
import type { Override } from '../../analyzer/model/options.ts'
import { openDatabaseForReading } from '../../collector/database.ts'
import { allOverrides } from '../../collector/store/overrides.ts'
import { DEFAULT_DATABASE } from '../options/database.ts'

/**
 * What users said in the page, for who reads the database and not files. None where there is no database that can be
 * read: whoever reads its spans has said so.
 */
export function readOverrides({
  files,
  db,
}: {
  readonly files: readonly string[]
  readonly db?: string | undefined
}): Override[] {
  const file = db ?? DEFAULT_DATABASE
  if (files.length > 0 || !existsSync(file)) return []
  const store = openDatabaseForReading(file)
  if (!store.ok) return []
  try {
    return allOverrides(store.value).map(({ override }) => override)
  } finally {
    store.value.close()
  }
}
