import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli, tempFolder } from '../test-cli.ts'

test('analyze, check and serve refuse a wrong configuration, with its line', async () => {
  const cwd = tempFolder()
  writeFileSync(join(cwd, 'tailrace.config.json'), '{\n  "tools": { "save": { "effects": "read" } }\n}')
  writeFileSync(join(cwd, 'empty.json'), '{"resourceSpans":[]}')
  for (const args of [
    ['analyze', 'empty.json'],
    ['check', 'empty.json'],
    ['serve', '--port', '0'],
  ]) {
    const { code, stdout, stderr } = await runCli(args, { cwd })
    expect({ code, stdout }, args[0]).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^tailrace: tailrace\.config\.json:2: there is no setting tools\.save\.effects/)
  }
})

test('a report says what it was configured with; a flag beats the file', async () => {
  const cwd = tempFolder()
  writeFileSync(
    join(cwd, 'tailrace.config.ts'),
    "export default { threshold: 0.7, rung: 'overlap', tools: { a: { pure: true } } }",
  )
  writeFileSync(join(cwd, 'empty.json'), '{"resourceSpans":[]}')
  const optionsOf = async (...flags: string[]) =>
    JSON.parse((await runCli(['analyze', '--json', 'empty.json', ...flags], { cwd })).stdout).options
  expect(await optionsOf('--threshold', '0.9')).toMatchObject({
    threshold: 0.9,
    rung: 'overlap',
    tools: { a: { pure: true } },
  })
  expect(await optionsOf('--no-config')).toMatchObject({ threshold: 0.8, rung: 'batch', tools: {} })
})
