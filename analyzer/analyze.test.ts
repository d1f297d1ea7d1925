import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readOtlpFile } from '../collector/otlp/read-otlp-file.ts'
import { draw } from '../fixtures/draw.ts'
import { type AnalyzeOptions, analyze, type ReportRun, reanalyze, type Span } from './index.ts'

interface Input {
  readonly name: string
  readonly spans: readonly Span[]
  readonly options: Partial<AnalyzeOptions>
}

const folder = (name: string) => new URL(`../fixtures/${name}/`, import.meta.url)
const inputs: Input[] = [
  ...readdirSync(folder('captures'))
    .filter((name) => name.endsWith('.json'))
    .map((name): Input => {
      const spans = readOtlpFile(readFileSync(new URL(name, folder('captures'))))
      if (!spans.ok) throw new Error(`${name}: ${spans.error}`)
      return { name, spans: spans.value.spans, options: {} }
    }),
  ...readdirSync(folder('drawings'))
    .filter((name) => name.endsWith('.txt'))
    .map((name): Input => {
      const { spans, options } = draw(readFileSync(new URL(name, folder('drawings')), 'utf8'))
      return { name, spans, options }
    }),
]

/** The runs inside one, in the report's order. */
function insideOf(run: ReportRun, runs: readonly ReportRun[]): ReportRun[] {
  const inside = new Set([run.runId])
  return runs.filter((other) => {
    if (other.parentRunId === null || !inside.has(other.parentRunId)) return false
    inside.add(other.runId)
    return true
  })
}

const json = (value: unknown): string =>
  JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}n` : v instanceof Map ? [...v] : v))

describe.each(inputs)('$name', ({ spans, options }) => {
  const report = analyze(spans, options)

  test('the same spans in another order, some twice, give the same bytes', () => {
    const shuffled = [...spans].reverse()
    expect(json(analyze([...shuffled, ...spans.slice(0, 3)], options))).toBe(json(report))
  })

  test('the input is not changed', () => {
    const before = json(spans)
    analyze(spans, options)
    expect(json(spans)).toBe(before)
  })

  test('a run is reproduced from its report alone, also after a trip through JSON', () => {
    const read = JSON.parse(JSON.stringify(report)) as typeof report
    for (const run of read.runs) {
      const inside = insideOf(run, read.runs)
      expect(JSON.parse(JSON.stringify(reanalyze(run, options, inside)))).toEqual(run)
    }
  })

  test.each([
    { threshold: 0.5 },
    { threshold: 0.99 },
    { concurrency: 1 },
    { rung: 'overlap' as const },
    { rung: 'plan' as const },
  ])('under other options too, nested runs included: %o', (change) => {
    const changed = analyze(spans, { ...options, ...change })
    for (const run of report.runs) {
      const expected = changed.runs.find((other) => other.runId === run.runId)
      expect(reanalyze(run, { ...options, ...change }, insideOf(run, report.runs))).toEqual(expected)
    }
  })

  test('the actual schedule reproduces the measured duration within 1 %, and nothing achievable exceeds it', () => {
    for (const { replay, schedules, serialized } of report.runs) {
      expect(replay.error).toBeLessThanOrEqual(0.01)
      expect(schedules.overlap.durationMs).toBeLessThanOrEqual(schedules.actual.durationMs)
      expect(schedules.batch.durationMs).toBeLessThanOrEqual(schedules.overlap.durationMs)
      expect(schedules.plan.durationMs).toBeLessThanOrEqual(schedules.batch.durationMs)
      expect(schedules.bound.durationMs).toBeLessThanOrEqual(schedules.plan.durationMs)
      for (const { durationMs, bestCaseMs } of Object.values(schedules)) {
        expect(bestCaseMs).toBeLessThanOrEqual(durationMs)
      }
      expect(serialized.upToMs).toBeGreaterThanOrEqual(serialized.ms)
    }
  })

  test('each critical path is without holes and as long as its schedule, waits for a person included', () => {
    for (const { schedules, waitingForUserMs } of report.runs) {
      for (const [name, schedule] of Object.entries(schedules)) {
        let atMs = 0
        for (const part of schedule.criticalPath) {
          expect(part.startMs).toBeCloseTo(atMs, 5)
          atMs = part.endMs
        }
        // The bound waits for nobody.
        expect(atMs).toBeCloseTo(schedule.durationMs + (name === 'bound' ? 0 : waitingForUserMs), 5)
      }
    }
  })

  test('a user’s word beats what was inferred, both ways', () => {
    for (const run of report.runs) {
      const [first, second] = run.calls
      if (!first || !second || first.endMs > second.startMs) continue
      const pair = { from: first.id, to: second.id }
      const verdictAfter = (kind: 'independent' | 'dependent'): ReportRun['verdicts'][number] | undefined =>
        reanalyze(run, { ...options, allPairs: true, overrides: [{ kind, ...pair }] }).verdicts.find(
          (verdict) => verdict.a === pair.from && verdict.b === pair.to,
        )
      expect(verdictAfter('independent')).toMatchObject({ verdict: 'independent', confidence: 1 })
      expect(verdictAfter('dependent')).toMatchObject({ verdict: 'dependent', confidence: 1 })
    }
  })
})

test('without content the figures stay, and no captured value is in the report', () => {
  const { spans } = inputs.find((input) => input.name === 'ai-sdk-5.json')!
  const [whole] = analyze(spans).runs
  const report = analyze(spans, { content: false })
  expect(report.runs[0]!.serialized).toEqual(whole!.serialized)
  expect(report.runs[0]!.schedules).toEqual(whole!.schedules)
  expect(JSON.stringify(report)).not.toMatch(/Paris|London/)
})

test('no spans give a report without runs', () => {
  expect(analyze([])).toMatchObject({ schema: 'tailrace.report/1', runs: [], patterns: [] })
})

test('two traces whose spans share ids are two runs, each with its own nested savings', () => {
  const { spans } = inputs.find((input) => input.name === 'nested-agent.txt')!
  const other = spans.map((span) => ({ ...span, traceId: 'f'.repeat(32) as Span['traceId'] }))
  const once = analyze(spans)
  const twice = analyze([...spans, ...other])
  expect(twice.runs).toHaveLength(2 * once.runs.length)
  for (const run of twice.runs) {
    const same = once.runs.find((one) => one.runId === run.runId)!
    expect(run.serialized).toEqual(same.serialized)
  }
})
