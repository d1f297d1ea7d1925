import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runCli, tempFolder } from '../test-cli.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/imports/${name}`, import.meta.url))

test('stores once what is imported twice, and what was stored can be judged', async () => {
  const cwd = tempFolder()
  const run = (...args: string[]) => runCli(args, { cwd })
  const first = await run('import', fixture('jaeger.json'), fixture('codex-rollout.jsonl'))
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toBe(
    `${fixture('jaeger.json')}: 7 spans in 1 trace.\n${fixture('codex-rollout.jsonl')}: 7 spans in 1 trace.\nLook at them with tailrace.\n`,
  )
  expect((await run('import', fixture('jaeger.json'))).stdout).toContain('0 spans in 0 traces, 7 known already')
  const checked = await run('check', '--budget', '400ms')
  expect(checked.code).toBe(1)
  expect(checked.stdout).toContain('harbour')
  expect(existsSync(join(cwd, '.tailrace', '.gitignore'))).toBe(true)
})

test('a file that cannot be read is named with what was tried; the others are imported; exit code 4', async () => {
  const cwd = tempFolder()
  const { code, stdout, stderr } = await runCli(
    ['import', '--db', 'runs.db', '-', fixture('jaeger.json'), 'gone.json'],
    {
      cwd,
      input: '{"hello":1}',
    },
  )
  expect(code).toBe(4)
  expect(stdout).toContain('7 spans in 1 trace')
  expect(stderr).toMatch(
    /^tailrace: Cannot read stdin: this JSON has "hello", which no known format begins with; tried OTLP JSON/,
  )
  expect(stderr).toContain('Cannot read gone.json: there is no such file')
  expect(stderr).toContain('2 of 3 files could not be imported')
})

test('--json', async () => {
  const { stdout } = await runCli(['import', '--json', '--db', 'runs.db', fixture('phoenix.jsonl')], {
    cwd: tempFolder(),
  })
  expect(JSON.parse(stdout)).toEqual({
    schema: 'tailrace.import/1',
    database: 'runs.db',
    files: [{ file: fixture('phoenix.jsonl'), read: 7, added: 7, traces: 1 }],
  })
})
