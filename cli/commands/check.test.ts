import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Span } from '../../analyzer/model/span.ts'
import { openDatabase } from '../../collector/database.ts'
import { requestToJson } from '../../collector/otlp/span-to-json.ts'
import { insertSpans } from '../../collector/store/insert-spans.ts'
import { draw } from '../../fixtures/draw.ts'
import { runCli, tempFolder } from '../test-cli.ts'

const drawing = (name: string) =>
  draw(readFileSync(new URL(`../../fixtures/drawings/${name}.txt`, import.meta.url), 'utf8')).spans

// Loses 1000 ms of 3300 ms: its hotel search waited for its flight search.
const WASTEFUL = drawing('false-linear-chain')
// Each call needs the last one.
const NEEDFUL = drawing('linear-chain')
const NESTED = drawing('nested-agent')

describe('on a database', () => {
  test('over budget: 1, naming the calls and the milliseconds', async () => {
    const { code, stdout, stderr } = await check(withDatabase(WASTEFUL), '--budget', '200ms')
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/^OVER {2}run /)
    expect(stdout).toContain('1.00 s serialized, 800 ms over the budget of 200 ms')
    expect(stdout).toMatch(/serialized-turns: .*\n {4}saves 1.00 s/)
    expect(stdout).toMatch(/call {2}search_flights .*for 700 ms\n {4}call {2}search_hotels .*for 600 ms/)
    expect(stdout).toMatch(/1 over, 0 within, 0 not judged\n$/)
  })

  test('within budget: 0', async () => {
    const { code, stdout } = await check(withDatabase(NEEDFUL))
    expect(code).toBe(0)
    expect(stdout).toContain('budget for serialized latency 500 ms per run: 0 over, 1 within, 0 not judged')
  })

  test.each([
    ['31%', 0],
    ['30%', 1],
  ])('1000 ms of 3300 ms against %s: %d', async (budget, code) => {
    expect((await check(withDatabase(WASTEFUL), '--budget', budget)).code).toBe(code)
  })

  test('the rung decides what could have been saved: overlap saves nothing over several turns', async () => {
    expect((await check(withDatabase(WASTEFUL), '--rung', 'overlap')).code).toBe(0)
  })

  test('a database without spans: 3, never a pass', async () => {
    const { code, stdout, stderr } = await check(withDatabase([]))
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(/No runs.*OTEL_EXPORTER_OTLP_ENDPOINT/)
  })

  test('no database at all: 3 by default, 4 when it was named; none is made', async () => {
    const cwd = tempFolder()
    expect(await runCli(['check'], { cwd })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Start tailrace'),
    })
    const named = await runCli(['check', '--db', 'none.db'], { cwd })
    expect(named).toMatchObject({ code: 4, stderr: expect.stringContaining('none.db') })
    expect(readdirSync(cwd)).toEqual([])
  })

  test('a file that is no database: 4', async () => {
    const cwd = tempFolder()
    writeFileSync(join(cwd, 'notes.db'), 'not a database, but long enough to be looked at by SQLite'.repeat(50))
    expect((await runCli(['check', '--db', 'notes.db'], { cwd })).code).toBe(4)
  })

  test('a run without content is named as not judged; alone it gives 3', async () => {
    const unknown = drawing('missing-content')
    const alone = await check(withDatabase(unknown))
    expect(alone).toMatchObject({ code: 3, stderr: expect.stringContaining('No run could be judged') })
    expect(alone.stdout).toMatch(/^\? {5}run .*: not judged, /)
  })

  test('a nested run is judged with its outer run, whose findings include its own', async () => {
    const { code, stdout } = await check(withDatabase(NESTED), '--budget', '500ms')
    expect(code).toBe(1)
    expect(stdout).toContain('800 ms serialized, 300 ms over the budget of 500 ms')
    expect(stdout).toMatch(/in nested run .*\n {2}! serialized-turns/)
    expect(stdout).toMatch(/1 over, 0 within, 0 not judged, 1 nested run judged with the outer one\n$/)
  })
})

describe('choosing runs', () => {
  test('--last takes the latest', async () => {
    const db = withDatabase([...WASTEFUL, ...later(NEEDFUL)])
    expect((await check(db)).code).toBe(1)
    expect((await check(db, '--last', '1')).code).toBe(0)
    expect((await check(db, '--last', '2')).code).toBe(1)
  })

  test('--since needs its unit: 5 would be 5 ms', async () => {
    for (const since of ['5', '0m']) {
      const { code, stderr } = await runCli(['check', '--since', since], { cwd: tempFolder() })
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('with a unit: for example 90s') })
    }
  })

  test('--since leaves out what started earlier; if that is all, 3', async () => {
    const db = withDatabase(startingAt(WASTEFUL, Date.now() - 3_600_000))
    expect((await check(db, '--since', '2h')).code).toBe(1)
    const none = await check(db, '--since', '10m')
    expect(none).toMatchObject({ code: 3, stderr: expect.stringContaining('--since') })
  })
})

describe('on files', () => {
  test('over budget in one of two: 1', async () => {
    const cwd = tempFolder()
    writeFileSync(join(cwd, 'a.json'), otlp(NEEDFUL))
    writeFileSync(join(cwd, 'b.json'), otlp(WASTEFUL))
    const { code, stdout } = await runCli(['check', 'a.json', 'b.json'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('1 over, 1 within')
  })

  test('a missing file, a folder, a database: 4, naming each', async () => {
    const cwd = withDatabase(NEEDFUL)
    const { code, stderr } = await runCli(['check', 'gone.json', '.', 'runs.db'], { cwd })
    expect(code).toBe(4)
    expect(stderr).toMatch(/gone.json: there is no such file.*\n.*Cannot read \.: it is a folder.*\n.*--db runs.db/)
  })
})

describe('for programs', () => {
  test('--json prints the outcome and the same exit code', async () => {
    const { code, stdout } = await check(withDatabase(WASTEFUL), '--json', '--budget', '200ms')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'tailrace.check/1',
      budget: { kind: 'ms', ms: 200 },
      exitCode: 1,
      counts: { over: 1, within: 0, notJudged: 0, withOuter: 0 },
      runs: [{ outcome: 'over', budgetMs: 200, serializedMs: 1_000, findings: [{ rule: 'serialized-turns' }] }],
    })
  })

  test('in GitHub Actions a failed run is an annotation, which --json keeps off stdout', async () => {
    const env = { GITHUB_ACTIONS: 'true' }
    const cwd = withDatabase(WASTEFUL)
    const text = await runCli(['check', '--db', 'runs.db'], { cwd, env })
    expect(text.stdout).toMatch(
      /^::error title=Tailrace%3A .* is over budget::1\.00 s serialized.*%0Aserialized-turns /m,
    )
    const json = await runCli(['check', '--db', 'runs.db', '--json'], { cwd, env })
    expect(JSON.parse(json.stdout).exitCode).toBe(1)
    expect(json.stderr).toMatch(/^::error /)
  })
})

/** A folder with the spans in `runs.db`. */
function withDatabase(spans: readonly Span[]): string {
  const folder = tempFolder()
  const store = openDatabase(join(folder, 'runs.db'))
  if (!store.ok) throw new Error(store.error)
  insertSpans(store.value, spans)
  store.value.close()
  return folder
}

const check = (cwd: string, ...args: string[]) => runCli(['check', '--db', 'runs.db', ...args], { cwd })
const otlp = (spans: readonly Span[]): string => JSON.stringify(requestToJson(spans))
const later = (spans: readonly Span[]): Span[] => shifted(spans, 60_000_000_000n)

function startingAt(spans: readonly Span[], unixMs: number): Span[] {
  const first = spans.map((span) => span.startTimeUnixNano).sort((a, b) => Number(a - b))[0]!
  return shifted(spans, BigInt(unixMs) * 1_000_000n - first)
}

const shifted = (spans: readonly Span[], byNano: bigint): Span[] =>
  spans.map((span) => ({
    ...span,
    startTimeUnixNano: span.startTimeUnixNano + byNano,
    endTimeUnixNano: span.endTimeUnixNano + byNano,
  }))
