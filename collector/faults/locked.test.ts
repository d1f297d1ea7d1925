// Another process holds the database.

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { expectStored, exportBody, send, start, tempFolder } from './test-server.ts'

test.each(['IMMEDIATE', 'EXCLUSIVE'])(
  'a lock by BEGIN %s: 503 and when to come back, and 200 when it has gone',
  async (mode) => {
    const dbFile = join(tempFolder(), 'spans.db')
    const server = await start(dbFile)
    expect(await send(server, exportBody(1))).toMatchObject({ status: 200 })

    const other = new Database(dbFile)
    other.exec(`BEGIN ${mode}`)
    const refused = await Promise.all([send(server, exportBody(2)), send(server, exportBody(3))])
    for (const answer of refused) {
      expect(answer).toMatchObject({ status: 503, message: expect.stringMatching(/database.*locked/) })
      expect(Number(answer.retryAfter)).toBeGreaterThanOrEqual(1)
    }
    // What is stored can be read meanwhile.
    expect((await fetch(`${server.url}/api/runs`)).status).toBe(200)
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
    expect(server.stderr()).toMatch(/database.*locked.*spans\.db|spans\.db.*locked/)

    other.exec('ROLLBACK')
    other.close()
    expect(await send(server, exportBody(2))).toMatchObject({ status: 200 })
    expect(await server.stop()).toBe(0)
    expectStored(dbFile, [1, 2])
  },
)
