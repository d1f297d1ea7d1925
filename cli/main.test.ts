import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readVersion } from '../collector/version.ts'
import { CLI, runCli, tempFolder } from './test-cli.ts'

const run = (...args: string[]) => runCli(args, { cwd: tempFolder() })

test('--version prints the version of the package', async () => {
  expect(await run('--version')).toEqual({ code: 0, stdout: `${readVersion()}\n`, stderr: '' })
})

test.each([[''], ['serve'], ['analyze'], ['check'], ['config'], ['explain'], ['demo'], ['prune']])(
  '%s --help has an example',
  async (command) => {
    const { code, stdout, stderr } = await run(...(command === '' ? [] : [command]), '--help')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/Examples?:\n {2}\$ tailrace/)
  },
)

test.each([
  [['trace.json', '--budget', '1'], /no command 'trace.json'.*tailrace analyze FILE/],
  [['--nonsense'], /unknown option '--nonsense'\n.*tailrace serve --help/],
  [['check', '--budget', 'fast'], /'fast' is invalid.*500ms/],
  [['check', '--last', '1', '--since', '5m'], /cannot be used with/],
  [['analyze', '--rung', 'bound'], /overlap, batch, plan/],
  [['analyze', 'a.json', '--db', 'b.db'], /Leave one of them out/],
  [['prune'], /--keep 30d, --max-size 2GB/],
  [['prune', '--keep', '30'], /with a unit: for example 30d/],
  [['prune', '--max-size', '2'], /2GB/],
  [['demo', '--endpoint', 'localhost:4318'], /http:\/\/127.0.0.1:4318/],
])('%j is wrong usage, and stderr says what to do', async (args, message) => {
  const { code, stdout, stderr } = await run(...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/^tailrace: /)
})

test.runIf(existsSync('/dev/full'))(
  'a failure of its own is neither a pass nor over budget: 70, with the stack',
  () => {
    const full = openSync('/dev/full', 'w')
    const { status, stderr } = spawnSync(process.execPath, [...CLI, '--version'], { stdio: ['ignore', full, 'pipe'] })
    closeSync(full)
    expect(status).toBe(70)
    expect(String(stderr)).toMatch(/^tailrace: failed unexpectedly[\s\S]*ENOSPC[\s\S]* at /)
  },
)
