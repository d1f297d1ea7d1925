// The crash test in short: `node scripts/crash-test.mjs` does a hundred kills.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../scripts/crash-test.mjs', import.meta.url))

test('6 kills under concurrent HTTP and gRPC senders: nothing acknowledged is missing, nothing doubled', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, '--kills', '6', '--source'], {
    encoding: 'utf8',
  })
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/senders http protobuf, http json, http protobuf\+gzip, grpc\n/)
  expect(stdout).toMatch(/6 kills: [1-9]\d* spans acknowledged, \d+ stored, integrity ok\npassed: /)
})
