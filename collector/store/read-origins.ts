import type { Attributes, Span } from '../../analyzer/model/span.ts'
import { type ReadStore, statement } from './store.ts'

interface Row {
  readonly body: Uint8Array
  readonly isText: bigint
}

/** The columns of a stored body, as `StoredBody` has them but for the type of a boolean. */
export const BODY_COLUMNS = "CAST(body AS BLOB) AS body, typeof(body) = 'text' AS isText"

/** Reads resources and scopes by their row ids, each once: spans of one export share them. */
export function createOriginReader(
  store: ReadStore,
): (resourceId: bigint, scopeId: bigint) => Pick<Span, 'resource' | 'scope'> {
  const resources = new Map<bigint, Attributes>()
  const scopes = new Map<bigint, Span['scope']>()
  const find = (table: 'resources' | 'scopes', id: bigint) => {
    const row = statement<Row>(store.reader, `SELECT ${BODY_COLUMNS} FROM ${table} WHERE id = ?`).get(id)
    if (!row) throw new Error(`the database is damaged: row ${id} of ${table} is missing`)
    return { body: row.body, isText: row.isText === 1n }
  }
  return (resourceId, scopeId) => {
    let resource = resources.get(resourceId)
    if (!resource) {
      resource = store.codec.readResource(find('resources', resourceId))
      resources.set(resourceId, resource)
    }
    let scope = scopes.get(scopeId)
    if (!scope) {
      scope = store.codec.readScope(find('scopes', scopeId))
      scopes.set(scopeId, scope)
    }
    return { resource, scope }
  }
}
