import type { Attributes, Span, TraceId } from '../../analyzer/model/span.ts'
import { type ReadStore, statement } from './store.ts'

interface Row {
  readonly body: string
  readonly resourceId: bigint
  readonly resource: string
  readonly name: string
  readonly version: string
}

const SELECT = `
  SELECT spans.body, resource_id AS resourceId, resources.body AS resource, scopes.name, scopes.version
  FROM spans JOIN resources ON resources.id = resource_id JOIN scopes ON scopes.id = scope_id
  WHERE trace_id = ? ORDER BY spans.id`

/** All spans of a trace as received, in order of arrival. Empty for a trace that is not there. */
export function readTrace(store: ReadStore, traceId: TraceId): Span[] {
  const resources = new Map<bigint, Attributes>()
  return statement<Row>(store.reader, SELECT)
    .all(traceId)
    .map((row) => {
      let resource = resources.get(row.resourceId)
      if (!resource) {
        resource = store.codec.readResource(row.resource)
        resources.set(row.resourceId, resource)
      }
      return store.codec.readSpan(row.body, { resource, scope: { name: row.name, version: row.version } })
    })
}
