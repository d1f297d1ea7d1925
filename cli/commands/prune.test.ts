import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { openDatabase } from '../../collector/database.ts'
import { insertSpans } from '../../collector/store/insert-spans.ts'
import { runCli, tempFolder } from '../test-cli.ts'

const DAY_MS = 86_400_000

/** A folder with `runs.db`: traces 1 to 10, trace n ended n days ago; each has 10 spans of 10 kB. */
function recorded(file = 'runs.db'): string {
  const cwd = tempFolder()
  const opened = openDatabase(join(cwd, file))
  if (!opened.ok) throw new Error(opened.error)
  for (let day = 1; day <= 10; day++) insertSpans(opened.value, traceOf(day))
  opened.value.close()
  return cwd
}

function traceOf(daysAgo: number): Span[] {
  const endNano = BigInt(Date.now() - daysAgo * DAY_MS) * 1_000_000n
  return Array.from({ length: 10 }, (_, i) => ({
    traceId: daysAgo.toString(16).padStart(32, '0') as TraceId,
    spanId: (daysAgo * 100 + i).toString(16).padStart(16, '0') as SpanId,
    parentSpanId: null,
    name: 'step',
    kind: 1,
    startTimeUnixNano: endNano - 1n,
    endTimeUnixNano: endNano,
    attributes: new Map([['text', 'x'.repeat(10_000)]]),
    droppedAttributesCount: 0,
    events: [],
    links: [],
    status: { code: 0, message: '' },
    scope: { name: 'ai', version: '1' },
    resource: new Map([['service.name', 'agent']]),
  }))
}

/** Ages in days of the traces that are left. */
function left(cwd: string): number[] {
  const database = new Database(join(cwd, 'runs.db'), { readonly: true })
  const ids = database.prepare('SELECT trace_id FROM traces ORDER BY start_unix_nano DESC').pluck().all()
  database.close()
  return ids.map((id) => Number.parseInt(Buffer.isBuffer(id) ? id.toString('hex') : String(id), 16))
}

const prune = (cwd: string, ...args: string[]) => runCli(['prune', '--db', 'runs.db', ...args], { cwd })

describe('prune', () => {
  test('by age: deletes what is older, says so, and the file shrinks', async () => {
    const cwd = recorded()
    const before = statSync(join(cwd, 'runs.db')).size
    const { code, stdout, stderr } = await prune(cwd, '--keep', '3.5d')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Deleted 7 traces with 70 spans; runs\.db went from \d\.\d\d MB to \d\d\d kB\.\n$/)
    expect(left(cwd)).toEqual([1, 2, 3])
    expect(statSync(join(cwd, 'runs.db')).size).toBeLessThan(before / 2)
  })

  test('by size: the oldest go until it fits', async () => {
    const cwd = recorded()
    const halfKb = Math.round(statSync(join(cwd, 'runs.db')).size / 2000)
    expect((await prune(cwd, '--max-size', `${halfKb}kB`)).code).toBe(0)
    expect(statSync(join(cwd, 'runs.db')).size).toBeLessThanOrEqual(halfKb * 1000)
    const kept = left(cwd)
    expect(kept.length).toBeGreaterThanOrEqual(3)
    expect(kept.length).toBeLessThanOrEqual(5)
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => i + 1))
  })

  test('--dry-run says what would go, and nothing does', async () => {
    const cwd = recorded()
    const { code, stdout } = await prune(cwd, '--keep', '8.5d', '--dry-run')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Would delete 2 traces with 20 spans; runs\.db would go from .* to about .*\.\n$/)
    expect(left(cwd)).toHaveLength(10)
  })

  test('--dry-run comes close to what the file has then, though tables stay when all traces go', async () => {
    const cwd = recorded()
    const bytes = async (...args: string[]) =>
      JSON.parse((await prune(cwd, '--json', ...args)).stdout).bytesAfter as number
    for (const keep of ['5.5d', '1h']) {
      const [said, done] = [await bytes('--keep', keep, '--dry-run'), await bytes('--keep', keep)]
      expect(Math.abs(said - done) / done, `${said} for ${done}`).toBeLessThan(0.1)
    }
  })

  test('a size that not even empty tables fit in is said not to be met', async () => {
    const { code, stdout } = await prune(recorded(), '--max-size', '1kB')
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^Deleted 10 traces .* to 393 kB\.\nThat is more than --max-size 1\.00 kB: tables without a trace in them take as much\.\n$/,
      ),
    })
  })

  test('--json', async () => {
    const cwd = recorded()
    const { stdout } = await prune(cwd, '--keep', '9.5d', '--json')
    const outcome = JSON.parse(stdout)
    expect(outcome).toMatchObject({
      schema: 'tailrace.prune/1',
      database: 'runs.db',
      dryRun: false,
      traces: 1,
      spans: 10,
      bytesOnlyVacuumFrees: 0,
    })
    expect(outcome.bytesAfter).toBeLessThan(outcome.bytesBefore)
  })

  test('nothing that old is fine', async () => {
    const { code, stdout } = await prune(recorded(), '--keep', '365d')
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Deleted 0 traces with 0 spans/) })
  })

  test('a file that cannot shrink in steps is said to need --vacuum, and shrinks by it once and for good', async () => {
    const cwd = recorded()
    const file = join(cwd, 'runs.db')
    const old = new Database(file)
    old.pragma('auto_vacuum = NONE')
    old.exec('VACUUM')
    old.close()
    const before = statSync(file).size
    const { stdout } = await prune(cwd, '--keep', '5.5d')
    expect(stdout).toMatch(
      /went from (\d\.\d\d MB) to \1\.\n\d\d\d kB of it is free for new spans.*prune --vacuum once\.\n$/,
    )
    const vacuumed = await prune(cwd, '--vacuum')
    expect(vacuumed).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^Deleted 0 traces/) })
    const size = statSync(file).size
    expect(size).toBeLessThan(0.75 * before)
    await prune(cwd, '--keep', '1.5d')
    expect(statSync(file).size).toBeLessThan(size / 2)
    expect(left(cwd)).toEqual([1])
  })

  test('no such file: 4 if it was named, 3 if it is the default one, and none is made', async () => {
    const cwd = tempFolder()
    expect(await prune(cwd, '--keep', '1d')).toMatchObject({
      code: 4,
      stderr: 'tailrace: There is no database runs.db.\n',
    })
    expect(await runCli(['prune', '--keep', '1d'], { cwd })).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/no database \.tailrace.*--db FILE/),
    })
    expect(existsSync(join(cwd, 'runs.db'))).toBe(false)
  })

  test('a file that is no database: 4', async () => {
    const cwd = tempFolder()
    writeFileSync(join(cwd, 'runs.db'), 'not a database, but long enough to be taken for the header of one'.repeat(20))
    expect(await prune(cwd, '--keep', '1d')).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/is not a SQLite database/),
    })
  })

  test('a file that stays locked: 4, and says that another process holds it', { timeout: 60_000 }, async () => {
    const cwd = recorded()
    const other = new Database(join(cwd, 'runs.db'))
    other.exec('BEGIN IMMEDIATE')
    const { code, stderr } = await prune(cwd, '--keep', '1d')
    other.close()
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringMatching(/locked; another process holds it/) })
    expect(left(cwd)).toHaveLength(10)
  })
})
