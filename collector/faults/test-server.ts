// The real command as a server process, exports to it, and what its file holds.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, onTestFinished } from 'vitest'
import { CLI } from '../../cli/test-cli.ts'

export interface Server {
  readonly pid: number
  readonly url: string
  /** Null where the command was started without gRPC. */
  readonly grpcPort: number | null
  /** What it has complained about so far. */
  stderr(): string
  /** Sends a signal; gives the exit code, null if the signal itself ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface Ended {
  readonly code: number | null
  readonly stderr: string
}

/** A folder that goes away with the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-fault-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts `tailrace serve`; resolves when it listens, or with how it ended. `uid` is a user to run as, for root only. */
export async function launch(dbFile: string, { uid }: { uid?: number } = {}): Promise<Server | Ended> {
  const args = [...CLI, 'serve', '--port', '0', '--grpc-port', '0', '--db', dbFile]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = once(child, 'close') as Promise<[number | null]>
  let code: number | null | undefined
  void ended.then(([end]) => {
    code = end
  })
  for (;;) {
    const http = /Tailrace is at (http:\S+)/.exec(stdout)
    const grpc = /gRPC\D*?[\w.[\]]+:(\d+)/.exec(stdout)
    if (http && stdout.includes('OTEL_EXPORTER_OTLP_PROTOCOL')) {
      return {
        pid: child.pid!,
        url: http[1]!,
        grpcPort: grpc ? Number(grpc[1]) : null,
        stderr: () => stderr,
        async stop(signal = 'SIGTERM') {
          child.kill(signal)
          return (await ended)[0]
        },
      }
    }
    if (code !== undefined) return { code, stderr }
    await sleep(10)
  }
}

export async function start(dbFile: string): Promise<Server> {
  const server = await launch(dbFile)
  if ('code' in server) throw new Error(`the server ended with ${server.code}:\n${server.stderr}`)
  return server
}

export interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  /** The message of the `Status` in the body; empty for a success. */
  readonly message: string
}

/** Bytes of export `n` in OTLP/JSON: `spans` spans with `text` characters each, in a trace of its own. */
export function exportBody(n: number, spans = 10, text = 100): Buffer {
  return Buffer.from(
    JSON.stringify({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: Array.from({ length: spans }, (_, i) => ({
                traceId: hex(n, 32),
                spanId: hex(n * 10_000 + i + 1, 16),
                name: 'step',
                startTimeUnixNano: String(i),
                attributes: [{ key: 'text', value: { stringValue: 'word '.repeat(text / 5) } }],
              })),
            },
          ],
        },
      ],
    }),
  )
}

export async function send(server: Server, body: Uint8Array): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${server.url}/v1/traces`, { method: 'POST', headers, body: new Uint8Array(body) })
  const { message = '' } = (await response.json()) as { message?: string }
  return { status: response.status, retryAfter: response.headers.get('retry-after'), message }
}

/** Spans of export `n` in the file, read by another process than the server. */
export function storedSpans(dbFile: string, n: number): number {
  const database = new Database(dbFile, { readonly: true })
  try {
    return database.prepare('SELECT count(*) FROM spans WHERE trace_id = ?').pluck().get(hex(n, 32)) as number
  } finally {
    database.close()
  }
}

/** The file is sound and holds each of these exports whole. */
export function expectStored(dbFile: string, exports: Iterable<number>, spans = 10): void {
  const database = new Database(dbFile)
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  } finally {
    database.close()
  }
  for (const n of exports) expect(storedSpans(dbFile, n), `spans of export ${n}`).toBe(spans)
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
