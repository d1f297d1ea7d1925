// What was acknowledged survives the death of the process, at any moment.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TraceId } from '../analyzer/model/span.ts'
import { openDatabase } from './database.ts'
import { countSpans } from './store/count-spans.ts'
import { readTrace } from './store/read-trace.ts'

const KILLS = 6
const SENDERS = 4
const SPANS_PER_EXPORT = 20

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-kill-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A server in a process of its own, from the sources. */
async function startServer(dbFile: string): Promise<{ process: ChildProcess; url: string }> {
  const program = `
    import { serve } from ${JSON.stringify(new URL('./serve.ts', import.meta.url).href)}
    const { url } = await serve({ port: 0, dbFile: ${JSON.stringify(dbFile)}, uiDir: 'none' })
    console.log(url)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${code}`))),
  ])) as [string]
  return { process: child, url }
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const idOf = (n: number, digits: number) => n.toString(16).padStart(digits, '0')

/** Export `n` holds SPANS_PER_EXPORT spans of trace `n`. Resolves to whether it was acknowledged. */
async function sendExport(url: string, n: number): Promise<boolean> {
  const spans = Array.from({ length: SPANS_PER_EXPORT }, (_, i) => ({
    traceId: idOf(n, 32),
    spanId: idOf(n * SPANS_PER_EXPORT + i + 1, 16),
    name: `span ${i}`,
    startTimeUnixNano: String(i),
    attributes: [{ key: 'text', value: { stringValue: 'x'.repeat(2000) } }],
  }))
  try {
    const response = await fetch(`${url}/v1/traces`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    })
    return response.status === 200
  } catch {
    // The server was killed under it.
    return false
  }
}

test(`${KILLS} kills with exports in flight lose nothing acknowledged and double nothing`, {
  timeout: 120_000,
}, async () => {
  const dbFile = join(folder, 'spans.db')
  const acknowledged = new Set<number>()
  const unanswered: number[] = []
  let next = 1
  for (let round = 0; round < KILLS; round++) {
    const server = await startServer(dbFile)
    // An exporter that got no answer sends the same spans again.
    for (const n of unanswered.splice(0)) if (await sendExport(server.url, n)) acknowledged.add(n)
    let isKilled = false
    const senders = Array.from({ length: SENDERS }, async () => {
      while (!isKilled) {
        const n = next++
        if (await sendExport(server.url, n)) acknowledged.add(n)
        else unanswered.push(n)
      }
    })
    const before = acknowledged.size
    while (acknowledged.size === before) await sleep(1)
    await sleep(Math.random() * 100)
    await kill(server.process)
    isKilled = true
    await Promise.all(senders)

    const opened = openDatabase(dbFile)
    if (!opened.ok) throw new Error(opened.error)
    const store = opened.value
    expect(store.reader.pragma('integrity_check', { simple: true })).toBe('ok')
    for (const n of acknowledged) {
      expect(readTrace(store, idOf(n, 32) as TraceId), `export ${n} after kill ${round + 1}`).toHaveLength(
        SPANS_PER_EXPORT,
      )
    }
    // What was not acknowledged is stored whole or not at all.
    expect(countSpans(store).spans % SPANS_PER_EXPORT).toBe(0)
    expect(store.reader.prepare('SELECT count(*) FROM spans').pluck().get()).toBe(countSpans(store).spans)
    store.close()
  }
  expect(acknowledged.size).toBeGreaterThan(KILLS)
})

test('killed right after the answer, nothing is lost', async () => {
  const dbFile = join(folder, 'one.db')
  const server = await startServer(dbFile)
  expect(await sendExport(server.url, 1)).toBe(true)
  await kill(server.process)
  const opened = openDatabase(dbFile)
  if (!opened.ok) throw new Error(opened.error)
  expect(countSpans(opened.value)).toEqual({ traces: 1, spans: SPANS_PER_EXPORT })
  opened.value.close()
})
