// Langfuse: a trace as its page downloads it, or as its API gives it (`{"trace", "observations"}`, a trace with its
// observations inside), and lists or lines of observations. An observation that an OpenTelemetry SDK sent still has that
// SDK's attributes, as `metadata.attributes`: those are given back. The others get the GenAI conventions' attributes.

import type { Attributes, AttributeValue, Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { STATUS_ERROR } from '../../analyzer/model/span.ts'
import { attributeOf, attributes } from './attributes-of-json.ts'
import {
  type Imported,
  type ImportFormat,
  type ItemReader,
  type JsonItem,
  type Sketch,
  UnreadableFile,
} from './format.ts'
import { observedAttributes } from './langfuse-attributes.ts'
import { type JsonRecord, listOf, parseObject, parseValue, recordOf, textOf } from './parse-item.ts'
import { hexId, spanIdOf, traceIdOf } from './span-ids.ts'
import { later, nanosOfIso } from './timestamps.ts'

export const langfuse: ImportFormat = {
  name: 'Langfuse export',
  looksLike: '"observations" with "traceId", "startTime" and "type"',
  recognises: (sketch) => itemsIn(sketch).length > 0,
  items: (sketch) => itemsIn(sketch),
  createReader,
}

function itemsIn({ paths }: Sketch): readonly string[] {
  const isAt = (place: string) => ['traceId', 'type', 'startTime'].every((key) => paths.has(`${place}.${key}`))
  if (isAt('$.observations.*')) return ['$.trace', '$.sessionId', '$.observations.*']
  if (isAt('$.data.*') || paths.has('$.data.*.observations')) return ['$.data.*']
  if (isAt('$.*') || paths.has('$.*.observations')) return ['$.*']
  return isAt('$') ? ['$'] : []
}

function createReader(): ItemReader {
  let session: string | null = null
  return { read, end: () => [] }

  function read(item: JsonItem): Imported[] {
    if (item.path === '$.sessionId') {
      session = textOf(parseValue(item))
      return []
    }
    const value = parseObject(item)
    if (item.path === '$.trace') {
      session = textOf(value.sessionId) ?? session
      return []
    }
    const inside = listOf(value.observations).map(recordOf)
    const own = textOf(value.sessionId) ?? session
    const records = inside.length > 0 ? inside : [value]
    return [{ kind: 'spans', mayGrow: false, spans: records.map((record) => spanOf(record ?? {}, own, item.line)) }]
  }
}

function spanOf(observation: JsonRecord, session: string | null, line: number): Span {
  const traceId = textOf(observation.traceId) ?? textOf(observation.trace_id)
  const id = textOf(observation.id)
  const start = nanosOfIso(observation.startTime ?? observation.start_time)
  if (traceId === null || id === null || start === null) {
    throw new UnreadableFile(
      `line ${line}: an observation of Langfuse has "id", "traceId" and "startTime", this one lacks one`,
    )
  }
  const end = nanosOfIso(observation.endTime ?? observation.end_time) ?? start
  const parent = textOf(observation.parentObservationId) ?? textOf(observation.parent_observation_id)
  const metadata = recordOf(observation.metadata) ?? {}
  const level = textOf(observation.level)
  const sent = sentAttributes(recordOf(metadata.attributes))
  const scope = recordOf(metadata.scope)
  const isSent = sent.size > 0 && textOf(scope?.name) !== 'langfuse-sdk'
  // OpenInference says everything in its own words; others may lack what Langfuse has understood of them.
  const found = new Map(
    sent.has('openinference.span.kind') ? sent : [...observedAttributes(observation, sent), ...sent],
  )
  if (session !== null && !found.has('session.id')) found.set('session.id', session)
  return {
    traceId: (hexId(traceId, 32) ?? traceIdOf('langfuse', traceId)) as TraceId,
    spanId: spanId(id),
    parentSpanId: parent === null ? null : spanId(parent),
    name: textOf(observation.name) ?? '',
    kind: 1,
    startTimeUnixNano: start,
    endTimeUnixNano: later(start, end),
    attributes: found,
    droppedAttributesCount: 0,
    events: [],
    links: [],
    status: {
      code: level === 'ERROR' ? STATUS_ERROR : 0,
      message: textOf(observation.statusMessage) ?? textOf(observation.status_message) ?? '',
    },
    scope: isSent
      ? { name: textOf(scope?.name) ?? '', version: textOf(scope?.version) ?? '' }
      : { name: SCOPE, version: '' },
    resource: resourceOf(recordOf(metadata.resourceAttributes)),
  }
}

const SCOPE = 'tailrace.import.langfuse'

/** Ids of the older SDKs are UUIDs, or whatever a user chose. */
const spanId = (id: string): SpanId => (hexId(id, 16) ?? spanIdOf('langfuse', id)) as SpanId

/** Values come parsed: what was JSON text is a structure, and goes back to text. */
function sentAttributes(sent: JsonRecord | null): Map<string, AttributeValue> {
  const found = new Map<string, AttributeValue>()
  for (const [key, value] of Object.entries(sent ?? {})) {
    const attribute = attributeOf(value)
    if (attribute !== undefined && !key.startsWith('langfuse.')) found.set(key, attribute)
  }
  return found
}

const resourceOf = (sent: JsonRecord | null): Attributes => attributes(sent ?? { 'service.name': 'langfuse' })
