// What spans, files and their names say reaches the terminal of each command, and is nothing but text there.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli, tempFolder } from './test-cli.ts'

const EVIL = `x\n::error::pwned\r::error::again\u001b[2J\u009b1m ##[error]old \u202e${'y'.repeat(5000)}`

const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }))

const span = (id: number, parent: number, values: Record<string, string>) => ({
  traceId: '1'.padStart(32, '0'),
  spanId: String(id).padStart(16, '0'),
  ...(parent === 0 ? {} : { parentSpanId: String(parent).padStart(16, '0') }),
  name: EVIL,
  kind: 1,
  startTimeUnixNano: String(1_795_248_000_000_000_000n + BigInt(id) * 1_000_000_000n),
  endTimeUnixNano: String(1_795_248_000_000_000_000n + BigInt(parent === 0 ? 9 : id + 1) * 1_000_000_000n),
  attributes: attributes(values),
})

const file = (...spans: object[]) =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: EVIL }, spans }] }] })

const AGENT = span(1, 0, {
  'gen_ai.operation.name': 'invoke_agent',
  'gen_ai.provider.name': 'openai',
  'gen_ai.agent.name': EVIL,
})
const CALLS = [2, 3].flatMap((id) => [
  span(id * 2 - 2, 1, { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai' }),
  span(id * 2 - 1, 1, {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': EVIL,
    'gen_ai.tool.call.arguments': JSON.stringify({ [EVIL]: EVIL }),
    // The second lacks it, so that `doctor` names the run.
    ...(id === 2 ? { 'gen_ai.tool.call.result': EVIL } : {}),
  }),
])

/** All that a command wrote, to either stream. */
async function written(args: readonly string[], input: string): Promise<string> {
  const { stdout, stderr } = await runCli(args, { cwd: tempFolder(), input })
  return stdout + stderr
}

function expectHarmless(text: string) {
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
  expect(text).not.toContain('##[')
  expect(text.split('\n').filter((line) => line.trimStart().startsWith('::error::'))).toEqual([])
}

describe('an agent without a model or a tool', () => {
  test.each([[['doctor', '-']], [['analyze', '-']], [['check', '-']], [['explain', 'last', 'book', '-']]])(
    '%j',
    async (args) => {
      const text = await written(args, file(AGENT))
      expect(text).toContain('x ::error::pwned ::error::again [2J 1m # #[error]old')
      expect(text.length).toBeLessThan(1000)
      expectHarmless(text)
    },
  )
})

describe('a run', () => {
  const run = file(AGENT, ...CALLS)

  test.each([
    ['doctor', ['doctor', '-']],
    ['analyze', ['analyze', '-']],
    ['check', ['check', '-', '--budget', '0ms']],
    ['explain, of a call that is not there', ['explain', 'last', 'book', '-']],
    ['explain', ['explain', 'last', `${EVIL}#2`, '-']],
  ])('%s', async (_, args) => {
    const text = await written(args, run)
    expect(text).toContain('x ::error::pwned')
    expectHarmless(text)
  })

  test('as JSON, which loses nothing by it', async () => {
    const { stdout } = await runCli(['analyze', '-', '--json'], { cwd: tempFolder(), input: run })
    expectHarmless(stdout)
    expect(JSON.parse(stdout).runs[0].calls[0].result).toBe(EVIL)
  })
})

test("a file's name and its content, where it cannot be read", async () => {
  const cwd = tempFolder()
  const [broken, fine] = ['::error::a\n::error::b\u001b[2J.json', '::error::c.json']
  writeFileSync(join(cwd, broken!), JSON.stringify({ [EVIL]: [{ '\u001b[2J': 1 }] }))
  writeFileSync(join(cwd, fine!), file(AGENT, ...CALLS))
  for (const command of ['analyze', 'import']) {
    const { stdout, stderr } = await runCli([command, broken!, fine!], { cwd })
    expect(stderr).toContain('Cannot read ::error::a')
    expectHarmless(stdout + stderr)
  }
})
