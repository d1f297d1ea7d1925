import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { analyze } from '../../analyzer/index.ts'
import { openDatabase } from '../database.ts'
import { createRedactor } from '../redaction/redactor.ts'
import { readAllTraces } from '../store/read-all-traces.ts'
import type { Store } from '../store/store.ts'
import { importTraces } from './import-traces.ts'
import { telemetryOf } from './telemetry-of.ts'

function openStore(): Store {
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-import-'))
  const opened = openDatabase(join(folder, 'runs.db'))
  if (!opened.ok) throw new Error(opened.error)
  onTestFinished(() => {
    opened.value.close()
    rmSync(folder, { recursive: true })
  })
  return opened.value
}

async function* chunksOf(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content)
}

const spansOf = async (chunks: AsyncIterable<Uint8Array>) => (await telemetryOf(chunks)).spans

const read = (name: string) => readFileSync(new URL(`../../fixtures/imports/${name}`, import.meta.url))

const importInto = (store: Store, content: string | Uint8Array) =>
  importTraces(chunksOf(content), createRedactor(), async (transaction) => transaction(store.writer))

const stored = (store: Store) => [...readAllTraces(store)].flatMap(({ spans }) => spans)

test('what is stored is what the file says, and a second time adds nothing', async () => {
  for (const name of ['jaeger.json', 'langfuse.json', 'phoenix.jsonl', 'claude-code.jsonl', 'codex-rollout.jsonl']) {
    const store = openStore()
    const content = read(name)
    const spans = await spansOf(chunksOf(content))
    const first = await importInto(store, content)
    expect(first).toMatchObject({ read: spans.length, added: spans.length })
    expect(await importInto(store, content)).toEqual({ read: spans.length, added: 0, traces: 0 })
    expect(analyze(stored(store))).toEqual(analyze(spans))
  }
})

test('a transcript that has gone on since: what was cut short is replaced, nothing is doubled', async () => {
  const lines = read('claude-code.jsonl').toString().trimEnd().split('\n')
  const store = openStore()
  for (let end = 1; end <= lines.length; end++) await importInto(store, lines.slice(0, end).join('\n'))
  expect(analyze(stored(store))).toEqual(analyze(await spansOf(chunksOf(lines.join('\n')))))
  const counted = store.reader.prepare('SELECT span_count FROM traces').pluck().get()
  expect(counted).toBe(stored(store).length)
})

test('secrets are taken out before anything is stored', async () => {
  const store = openStore()
  const key = `sk-ant-api03-${'Ab3'.repeat(31)}AA`
  const text = read('claude-code.jsonl').toString().replace('"pattern": "B-17"', `"pattern": "${key}"`)
  expect(text).toContain(key)
  await importInto(store, text)
  expect(JSON.stringify(analyze(stored(store)))).not.toContain(key)
  expect(JSON.stringify(analyze(stored(store)))).toContain('redacted')
})

test('what comes before an error is stored, and importing the mended file completes it', async () => {
  const store = openStore()
  const lines = read('phoenix.jsonl').toString().trimEnd().split('\n')
  await expect(importInto(store, [...lines.slice(0, 3), '{"context":{}}'].join('\n'))).rejects.toThrow('line 4')
  expect(stored(store)).toHaveLength(3)
  expect(await importInto(store, lines.join('\n'))).toMatchObject({ read: 7, added: 4 })
})
