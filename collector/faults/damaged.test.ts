// A file whose bytes are not what they were, or that a later version wrote.

import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { exportBody, launch, send, start, tempFolder } from './test-server.ts'

/** A file with one export in it, that no server has open. */
async function recorded(): Promise<string> {
  const dbFile = join(tempFolder(), 'spans.db')
  const server = await start(dbFile)
  expect(await send(server, exportBody(1))).toMatchObject({ status: 200 })
  expect(await server.stop()).toBe(0)
  return dbFile
}

/** Overwrites the page at the root of `table`, somewhere in the middle of the file. */
function damage(dbFile: string, table: string): void {
  const database = new Database(dbFile)
  const pageBytes = database.pragma('page_size', { simple: true }) as number
  const page = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number
  database.close()
  const file = openSync(dbFile, 'r+')
  writeSync(file, Buffer.alloc(pageBytes, 0x5a), 0, pageBytes, (page - 1) * pageBytes)
  closeSync(file)
}

test('a damaged table: a final answer, a line that says what to do, and the server lives', async () => {
  const dbFile = await recorded()
  damage(dbFile, 'spans')
  const server = await start(dbFile)
  const answer = await send(server, exportBody(2))
  expect(answer).toMatchObject({
    status: 500,
    retryAfter: null,
    message: expect.stringMatching(/damaged.*move the file away/),
  })
  expect(server.stderr()).toMatch(/damaged.*move the file away.*spans\.db/)
  expect((await send(server, exportBody(3))).status).toBe(500)
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
  // Not once per export.
  expect(server.stderr().split('\n').length).toBeLessThan(5)
  expect(await server.stop()).toBe(0)
})

test('a damaged header: does not start, and says what to do', async () => {
  const dbFile = await recorded()
  writeFileSync(dbFile, Buffer.concat([Buffer.alloc(100, 0x5a), readFileSync(dbFile).subarray(100)]))
  expect(await launch(dbFile)).toMatchObject({ code: 2, stderr: expect.stringMatching(/not a SQLite database.*--db/) })
})

test('a file of a newer Tailrace is refused and left as it is', async () => {
  const dbFile = await recorded()
  const database = new Database(dbFile)
  database.pragma('user_version = 999')
  database.close()
  const before = readFileSync(dbFile)
  expect(await launch(dbFile)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/written by a newer Tailrace \(schema 999.*update Tailrace.*--db/),
  })
  expect(readFileSync(dbFile).equals(before)).toBe(true)
})
