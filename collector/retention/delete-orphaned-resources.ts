// Resources that nothing refers to any more. The table has a row per process that ever sent something, and an index by
// resource makes each look a short one. Scopes stay: a library's name and version tell nothing of a run, and are few.

import type Database from 'better-sqlite3'
import { statement } from '../store/store.ts'

export interface Sweep {
  readonly deleted: number
  /** The last id that was looked at, to go on from; null when the sweep is through. */
  readonly after: bigint | null
}

const PAGE = 'SELECT max(id) AS last FROM (SELECT id FROM resources WHERE id > ? ORDER BY id LIMIT ?)'

const DELETE = `
  DELETE FROM resources WHERE id > ? AND id <= ?
    AND NOT EXISTS (SELECT 1 FROM spans WHERE spans.resource_id = resources.id)
    AND NOT EXISTS (SELECT 1 FROM logs WHERE logs.resource_id = resources.id)`

/** Looks at the `limit` resources after an id (0 to begin) and deletes the orphans. Call it in a transaction. */
export function deleteOrphanedResources(database: Database.Database, after: bigint, limit: number): Sweep {
  const last = statement<{ last: bigint | null }>(database, PAGE).get(after, limit)?.last ?? null
  if (last === null) return { deleted: 0, after: null }
  return { deleted: statement(database, DELETE).run(after, last).changes, after: last }
}
