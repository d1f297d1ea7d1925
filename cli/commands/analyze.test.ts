import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { analyze } from '../../analyzer/index.ts'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import { requestToJson } from '../../collector/otlp/span-to-json.ts'
import { draw } from '../../fixtures/draw.ts'
import { runCli, startCli, tempFolder } from '../test-cli.ts'

const CAPTURES = fileURLToPath(new URL('../../fixtures/captures/', import.meta.url))
const captures = readdirSync(CAPTURES)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => CAPTURES + name)

const spansOf = (file: string) => {
  const spans = readOtlpFile(readFileSync(file))
  if (!spans.ok) throw new Error(spans.error)
  return spans.value.spans
}

const run = (args: readonly string[], input?: string) =>
  runCli(['analyze', ...args], { cwd: tempFolder(), ...(input === undefined ? {} : { input }) })

test('real exporter output as text: one block per run, durations and counts', async () => {
  const { code, stdout, stderr } = await run(captures)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout.match(/^run .+\n {2}.+ actual -> .+ achievable \(batch\), \d turns?, \d calls?$/gm)).toHaveLength(
    analyze(captures.flatMap(spansOf)).runs.length,
  )
})

test('--json is the analyzer’s report, to the byte', async () => {
  const { code, stdout } = await run(['--json', '--rung', 'overlap', '--all-pairs', ...captures])
  expect(code).toBe(0)
  const report = analyze(captures.flatMap(spansOf), { rung: 'overlap', allPairs: true })
  expect(stdout).toBe(`${JSON.stringify(report, null, 2)}\n`)
})

test('--no-content leaves arguments, results and messages out', async () => {
  const { stdout } = await run(['--json', '--no-content', captures[0]!])
  const [first] = JSON.parse(stdout).runs
  expect(first.calls).toHaveLength(3)
  expect(first).not.toHaveProperty('messages')
  for (const call of first.calls) expect(Object.keys(call)).not.toEqual(expect.arrayContaining(['arguments']))
})

test('a finding as text, from stdin', async () => {
  const { spans } = draw(
    readFileSync(new URL('../../fixtures/drawings/false-linear-chain.txt', import.meta.url), 'utf8'),
  )
  const { code, stdout } = await run(['-'], JSON.stringify(requestToJson(spans)))
  expect(code).toBe(0)
  expect(stdout).toContain('3.30 s actual -> 2.30 s achievable (batch), 4 turns (1 could go), 3 calls')
  expect(stdout).toContain('1.00 s serialized, 30 % of the run')
  expect(stdout).toMatch(/! serialized-turns: .*\n {4}saves 1.00 s.*\n {4}call {2}search_flights/)
})

test('spans without a model or tool call: 3, and --json still prints the empty report', async () => {
  const span = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    name: 'GET /',
    startTimeUnixNano: '1',
    endTimeUnixNano: '2',
  }
  const input = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
  const { code, stdout, stderr } = await run(['--json', '-'], input)
  expect(code).toBe(3)
  expect(JSON.parse(stdout).runs).toEqual([])
  expect(stderr).toContain('1 span came in')
})

test.each([
  ['empty', ''],
  ['not OTLP', '{"name":"x"}'],
  ['cut off', '{"resourceSpans":[{'],
])('stdin that is %s: 4', async (_, input) => {
  const { code, stdout, stderr } = await run(['-'], input)
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
  expect(stderr).toMatch(/^tailrace: Cannot read stdin: /)
})

test('a reader that goes away early is no error', async () => {
  // Far more than a pipe holds, so that the writer meets the closed end.
  const many = Array.from({ length: 60 }, () => captures[0]!)
  const spans = many.flatMap((file, i) => withTraceNumber(spansOf(file), i))
  const cli = startCli(['analyze', '--json', '-'], { cwd: tempFolder(), input: JSON.stringify(requestToJson(spans)) })
  cli.child.stdout.once('data', () => cli.child.stdout.destroy())
  const { code, stderr } = await cli.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('a large report reaches a slow reader whole', async () => {
  const spans = Array.from({ length: 60 }, (_, i) => withTraceNumber(spansOf(captures[0]!), i)).flat()
  const cli = startCli(['analyze', '--json', '-'], { cwd: tempFolder(), input: JSON.stringify(requestToJson(spans)) })
  cli.child.stdout.pause()
  setTimeout(() => cli.child.stdout.resume(), 1_500)
  const { code, stdout } = await cli.ended
  expect(code).toBe(0)
  expect(stdout.length).toBeGreaterThan(300_000)
  expect(JSON.parse(stdout).runs).toHaveLength(60)
})

function withTraceNumber(spans: ReturnType<typeof spansOf>, number: number): ReturnType<typeof spansOf> {
  const traceId = number.toString(16).padStart(32, 'a') as (typeof spans)[number]['traceId']
  return spans.map((span) => ({ ...span, traceId }))
}
