// What is looked at to spare reading a body gives what reading every one would give.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { conversationOfLog, conversationOfSpan } from '../analyzer/conversations.ts'
import { conversationReader } from './conversation-reader.ts'
import { decodeHand, decodeLogs } from './otlp/decode-rows.ts'
import type { StoredBody } from './store/store.ts'

interface Group {
  readonly resource?: object
  readonly scopeSpans?: readonly {
    readonly scope?: object
    readonly spans: readonly { readonly name: string; attributes?: unknown }[]
  }[]
  readonly scopeLogs?: readonly {
    readonly scope?: object
    readonly logRecords: readonly { eventName?: string; body?: unknown; attributes?: unknown }[]
  }[]
}

const folder = new URL('../fixtures/logs/', import.meta.url)
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { resourceSpans?: Group[]; resourceLogs?: Group[] }

const stored = (value: object): StoredBody => ({ body: Buffer.from(JSON.stringify(value)), isText: true })

function ofSpans(groups: readonly Group[]) {
  return groups.flatMap(({ resource = {}, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ scope = {}, spans }) => {
      const conversationOf = conversationReader.ofSpans(stored(resource), stored(scope))
      return spans.map((span) => conversationOf(span.name, stored(span)))
    }),
  )
}

function ofLogs(groups: readonly Group[]) {
  return groups.flatMap(({ resource = {}, scopeLogs = [] }) =>
    scopeLogs.flatMap(({ scope = {}, logRecords }) => {
      const conversationOf = conversationReader.ofLogs(stored(resource), stored(scope))
      return logRecords.map((record) => conversationOf(record.eventName ?? '', stored(record)))
    }),
  )
}

function read<T>(result: { ok: true; value: T } | { ok: false; error: string }): T {
  if (!result.ok) throw new Error(result.error)
  return result.value
}

describe.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s', (name) => {
  const { resourceSpans = [], resourceLogs = [] } = fixture(name)

  test('its spans', () => {
    const { spans } = read(decodeHand(Buffer.from(JSON.stringify({ resourceSpans })), 'json'))
    expect(ofSpans(resourceSpans)).toEqual(spans.map(conversationOfSpan))
  })

  test('its log records', () => {
    const logs = read(decodeLogs(Buffer.from(JSON.stringify({ resourceLogs })), 'json'))
    expect(ofLogs(resourceLogs)).toEqual(logs.map(conversationOfLog))
  })
})

const conversationsIn = (found: readonly (string | null)[]) => new Set(found.filter((id) => id !== null)).size

test('an agent that names its session in both signals is of one conversation', () => {
  const { resourceSpans = [], resourceLogs = [] } = fixture('claude-code.json')
  expect(conversationsIn(ofSpans(resourceSpans))).toBe(1)
  expect(new Set([...ofSpans(resourceSpans), ...ofLogs(resourceLogs)]).size).toBe(1)
})

test.each([
  ['its own name', { eventName: 'user_prompt' }],
  ['no name', {}],
])("Claude Code's record of %s is told by its body, without its scope", (_, named) => {
  const attributes = [{ key: 'session.id', value: { stringValue: 'a' } }]
  const record = { ...named, body: { stringValue: 'claude_code.user_prompt' }, attributes }
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'claude-code' } }] }
  const resourceLogs = [{ resource, scopeLogs: [{ logRecords: [record] }] }]
  const [log] = read(decodeLogs(Buffer.from(JSON.stringify({ resourceLogs })), 'json'))
  const conversation = conversationOfLog(log!)
  expect(conversation).not.toBeNull()
  expect(ofLogs(resourceLogs)).toEqual([conversation])
})

test('a span or record that only talks of an agent and its session.id is of no conversation', () => {
  const attributes = [
    { key: 'session.id', value: { stringValue: 'a' } },
    { key: 'input.value', value: { stringValue: 'claude_code.tool_result of codex' } },
  ]
  const scopeSpans = [{ spans: [{ name: 'tool', attributes }] }]
  const scopeLogs = [
    { logRecords: [{ attributes: [...attributes, { key: 'event.name', value: { stringValue: 'x' } }] }] },
  ]
  expect([ofSpans([{ scopeSpans }]), ofLogs([{ scopeLogs }])]).toEqual([[null], [null]])
})
