// What a span inside a tool's span did to the world outside, by OpenTelemetry's HTTP, database and messaging conventions,
// today's names before those of 2023: https://opentelemetry.io/docs/specs/semconv/

import { sqlReadings } from '../base/sql-text.ts'
import type { Operation } from '../model/run.ts'
import type { Attributes, Span } from '../model/span.ts'
import { textOf } from './attributes.ts'

/** OTLP span kinds: what serves or receives is the other side of what was done. */
const SERVER = 2
const CONSUMER = 5
/** Longer texts are dumps; the operation's name has to do. */
const MAX_STATEMENT = 4000
/** Where MCP servers listen: the POST carries the question, whatever the tool does with it. */
const MCP_PATH = /\/(?:mcp|sse)\/?(?:[?#]|$)/i
const PUBLISH = new Set(['publish', 'send', 'create'])
/** Of a database client: nothing is read or changed. What follows may be a table of that name, so only the first word counts. */
const BRACKETS =
  /^(?:[\w-]+[.:])?(?:connect|ping|handshake|auth|begin|commit|rollback|start transaction|hello|client)\b/i
/** Where SET changes a setting and not the data. */
const SET = /^set\b/i
const KEYS_AND_VALUES = /redis|valkey|keydb|dragonfly|memcache|etcd|couchbase|hazelcast/i

/** The request, statement or message that `span` is, or null if it is none. */
export function operationOf({ attributes, kind, name }: Span): Operation | null {
  if (kind === SERVER || kind === CONSUMER) return null
  if (textOf(attributes, 'db.system.name', 'db.system') !== null) return databaseOperation(attributes, name)
  if (textOf(attributes, 'messaging.system') !== null) {
    const type = textOf(attributes, 'messaging.operation.type', 'messaging.operation') ?? ''
    const on = textOf(attributes, 'messaging.destination.name', 'messaging.destination') ?? ''
    return PUBLISH.has(type) ? { kind: 'publish', name: type, on, statement: '' } : null
  }
  const method = textOf(attributes, 'http.request.method', 'http.method')
  if (method === null || MCP_PATH.test(textOf(attributes, 'url.full', 'http.url', 'url.path', 'http.target') ?? ''))
    return null
  return { kind: 'http', name: method.toUpperCase(), on: hostOf(attributes), statement: '' }
}

/** Whether `span` is a client's side of the Model Context Protocol: what is directly inside carries the question, and does nothing itself. */
export const carriesMcp = (span: Span): boolean => span.kind !== SERVER && span.attributes.has('mcp.method.name')

/** Whether `span` takes the other side's part: its deeds are the tool's, whatever carried the question there. */
export const isServer = (span: Span): boolean => span.kind === SERVER

/** Whether `span` turns texts into numbers or ranks them by a model: its request is a POST that changes nothing. */
export const isEmbedding = ({ attributes }: Span): boolean =>
  attributes.get('gen_ai.operation.name') === 'embeddings' ||
  /^(?:EMBEDDING|RERANKER)$/i.test(textOf(attributes, 'openinference.span.kind') ?? '')

function databaseOperation(attributes: Attributes, spanName: string): Operation | null {
  const text = textOf(attributes, 'db.query.text', 'db.statement') ?? ''
  const named = textOf(attributes, 'db.operation.name', 'db.operation')
  const name = named ?? (text === '' ? spanName : '')
  const first = (name === '' ? text : name).trim().slice(0, 40)
  const isSetting = SET.test(first) && !KEYS_AND_VALUES.test(textOf(attributes, 'db.system.name', 'db.system') ?? '')
  // `BEGIN; DELETE FROM carts; COMMIT` is more than its first word.
  if ((isSetting || BRACKETS.test(first)) && !/;\s*\S/.test(text)) return null
  const on = textOf(attributes, 'db.collection.name', 'db.sql.table', 'db.mongodb.collection') ?? ''
  if (text.length > MAX_STATEMENT) return { kind: 'database', name, on: on.toLowerCase(), statement: '' }
  const [code = '', ...others] = sqlReadings(text)
  // Where it depends on the dialect what is carried out, neither the text nor its first word tells.
  if (others.length > 0) return { kind: 'database', name: '', on: on.toLowerCase(), statement: '' }
  return { kind: 'database', name, on: on.toLowerCase(), statement: withoutValues(code) }
}

/** Numbers and placeholders decide no more about what a statement does than strings, and are nobody's business: each becomes 0. */
const withoutValues = (text: string): string =>
  text
    .trim()
    .replace(/\$\d+|\?\d*|%s|%\(\w+\)s|(?<![:\w]):[a-z_]\w*|@\w+/gi, '0')
    .replace(/(?<![\w.])\d+(\.\d+)?\b/g, '0')
    // Lists of any length are one statement.
    .replace(/(?:(?:0|'')\s*,\s*)+(?=0|'')/g, '')

function hostOf(attributes: Attributes): string {
  const url = textOf(attributes, 'url.full', 'http.url')
  // What stands before an @ is a password.
  const inUrl = url === null ? undefined : /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]+)/i.exec(url)?.[1]
  if (inUrl !== undefined) return inUrl.toLowerCase()
  const host = textOf(attributes, 'server.address', 'net.peer.name', 'http.host') ?? ''
  const port = textOf(attributes, 'server.port', 'net.peer.port')
  const shown = port === null || port === '443' || port === '80' || host === '' || host.includes(':') ? '' : `:${port}`
  return `${host}${shown}`.toLowerCase()
}
