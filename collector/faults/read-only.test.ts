// A place that cannot be written, from the start or all of a sudden.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeReadOnly, READ_ONLY_WAY } from './test-read-only.ts'
import { expectStored, exportBody, launch, send, start, tempFolder } from './test-server.ts'

test(`a read-only folder (${READ_ONLY_WAY}): does not start, and says which file and why`, async () => {
  const folder = tempFolder()
  const { uid } = makeReadOnly(folder, [])
  const ended = await launch(join(folder, 'spans.db'), uid === undefined ? {} : { uid })
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(/^tailrace: Cannot start: .*spans\.db.*\.\n$/) })
})

test(`a read-only file (${READ_ONLY_WAY}): does not start, and says which file and why`, async () => {
  const folder = tempFolder()
  const dbFile = join(folder, 'spans.db')
  const server = await start(dbFile)
  await send(server, exportBody(1))
  await server.stop()
  const { uid, undo } = makeReadOnly(folder, ['spans.db'])
  const ended = await launch(dbFile, uid === undefined ? {} : { uid })
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(/^tailrace: Cannot start: .*spans\.db.*\.\n$/) })
  undo()
  if (uid === undefined) {
    const again = await start(dbFile)
    expect(await again.stop()).toBe(0)
  }
  expectStored(dbFile, [1])
})

// The other ways bind when a file is opened, not when it is written.
test.runIf(READ_ONLY_WAY === 'chattr +i')(
  'a file that becomes read-only under a server (chattr +i): 503, and 200 when it can be written again',
  async () => {
    const folder = tempFolder()
    const dbFile = join(folder, 'spans.db')
    const server = await start(dbFile)
    expect(await send(server, exportBody(1))).toMatchObject({ status: 200 })
    // Not the -shm file: it is shared memory, and Linux ends a process that writes to memory of an immutable file.
    const { undo } = makeReadOnly(folder, ['spans.db', 'spans.db-wal'])
    const refused = await send(server, exportBody(2))
    expect(refused.status).toBe(503)
    expect(Number(refused.retryAfter)).toBeGreaterThanOrEqual(1)
    expect(server.stderr()).toContain('spans.db')
    undo()
    expect(await send(server, exportBody(2))).toMatchObject({ status: 200 })
    expect(await server.stop()).toBe(0)
    expectStored(dbFile, [1, 2])
  },
)
