// No space is left on the device.

import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Answer, expectStored, exportBody, send, start, tempFolder } from './test-server.ts'
import { CAN_MOUNT, mountSmallDisk } from './test-small-disk.ts'

const SPANS = 20
const TEXT = 10_000

/** Sends exports of 200 kB until one is refused; gives it and those that were acknowledged before. */
async function fill(server: Awaited<ReturnType<typeof start>>): Promise<{ refused: Answer; acknowledged: number[] }> {
  const acknowledged: number[] = []
  for (let n = 1; n <= 1000; n++) {
    const answer = await send(server, exportBody(n, SPANS, TEXT))
    if (answer.status !== 200) return { refused: answer, acknowledged }
    acknowledged.push(n)
  }
  throw new Error('1000 exports of 200 kB fit')
}

test.runIf(CAN_MOUNT)('F02 a full disk (a tmpfs of 16 MiB): 503, and 200 as soon as there is room', async () => {
  const disk = mountSmallDisk(16)
  const dbFile = join(disk.folder, 'spans.db')
  const server = await start(dbFile)
  const { refused, acknowledged } = await fill(server)
  expect(acknowledged.length).toBeGreaterThan(5)
  expect(refused).toMatchObject({ status: 503, message: expect.stringMatching(/disk.*full|full.*disk/) })
  expect(Number(refused.retryAfter)).toBeGreaterThanOrEqual(1)
  expect(server.stderr()).toMatch(/full.*spans\.db|spans\.db.*full/)
  // What is stored can be read meanwhile.
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
  expect(await send(server, exportBody(2000, SPANS, TEXT))).toMatchObject({ status: 503 })

  disk.makeRoom()
  expect(await send(server, exportBody(2001, SPANS, TEXT))).toMatchObject({ status: 200 })
  expect(await server.stop()).toBe(0)
  expectStored(dbFile, [...acknowledged, 2001], SPANS)
})

test.runIf(CAN_MOUNT)('a server that is killed on a full disk loses nothing it acknowledged', async () => {
  const disk = mountSmallDisk(16)
  const dbFile = join(disk.folder, 'spans.db')
  const server = await start(dbFile)
  const { acknowledged } = await fill(server)
  await server.stop('SIGKILL')
  disk.makeRoom()
  const again = await start(dbFile)
  expect(await send(again, exportBody(2000, SPANS, TEXT))).toMatchObject({ status: 200 })
  expect(await again.stop()).toBe(0)
  expectStored(dbFile, [...acknowledged, 2000], SPANS)
})

// A limit of the kernel on the size of a file, which needs no rights: writes past it fail as on a bad disk.
test.runIf(process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0)(
  'files that may not grow (RLIMIT_FSIZE): 503, and 200 when they may again',
  async () => {
    const dbFile = join(tempFolder(), 'spans.db')
    const server = await start(dbFile)
    expect(await send(server, exportBody(1, SPANS, TEXT))).toMatchObject({ status: 200 })
    const limit = (value: string) =>
      expect(spawnSync('prlimit', [`--fsize=${value}:unlimited`, '--pid', String(server.pid)]).status).toBe(0)
    limit(String(statSync(`${dbFile}-wal`).size + 1_000_000))
    const { refused, acknowledged } = await fill(server)
    expect(refused.status).toBe(503)
    expect(Number(refused.retryAfter)).toBeGreaterThanOrEqual(1)
    limit('unlimited')
    await sleep(50)
    expect(await send(server, exportBody(2000, SPANS, TEXT))).toMatchObject({ status: 200 })
    expect(await server.stop()).toBe(0)
    expectStored(dbFile, [...acknowledged, 2000], SPANS)
  },
)
