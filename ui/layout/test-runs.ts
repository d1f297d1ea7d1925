// Runs for tests: every drawing of `fixtures/drawings` through the real analyzer, and shapes that no agent should make.

import { readdirSync, readFileSync } from 'node:fs'
import { analyze } from '../../analyzer/index.ts'
import type { Report, ReportRun } from '../../analyzer/model/report.ts'
import { draw } from '../../fixtures/draw.ts'

const folder = new URL('../../fixtures/drawings/', import.meta.url)

/** The report of a drawing, named by its file without `.txt`. */
export function drawnReport(name: string): Report {
  const { spans, options } = draw(readFileSync(new URL(`${name}.txt`, folder), 'utf8'))
  return analyze(spans, options)
}

export function drawnRun(name: string): ReportRun {
  const run = drawnReport(name).runs.find((r) => r.parentRunId === null)
  if (run === undefined) throw new Error(`the drawing ${name} has no outer run`)
  return run
}

/** Every outer run that is drawn, and hand-made extremes: empty, no length, reversed, without numbers. */
export function allShapes(): [string, ReportRun][] {
  const names = readdirSync(folder).map((file) => file.replace(/\.txt$/, ''))
  const drawn = names.map((name): [string, ReportRun] => [name, drawnRun(name)])
  const chain = drawnRun('false-linear-chain')
  const nothing = { ...chain.schedules.actual, placements: [], criticalPath: [], slack: [] }
  const empty: ReportRun = {
    ...chain,
    durationMs: 0,
    turns: [],
    calls: [],
    dependencies: [],
    verdicts: [],
    findings: [],
    schedules: { actual: nothing, overlap: nothing, batch: nothing, plan: nothing, bound: nothing },
    stretches: [],
    speedups: [],
  }
  const times = (
    change: (item: { startMs: number; endMs: number }) => { startMs: number; endMs: number },
  ): ReportRun => ({
    ...chain,
    turns: chain.turns.map((turn) => ({ ...turn, ...change(turn) })),
    calls: chain.calls.map((call) => ({ ...call, ...change(call) })),
  })
  return [
    ...drawn,
    ['empty', empty],
    ['of no length', { ...times(() => ({ startMs: 0, endMs: 0 })), durationMs: 0 }],
    ['reversed', times(({ startMs, endMs }) => ({ startMs: endMs, endMs: startMs }))],
    ['without numbers', { ...times(() => ({ startMs: Number.NaN, endMs: Number.NaN })), durationMs: Number.NaN }],
    [
      'a week long',
      { ...times(({ startMs, endMs }) => ({ startMs: startMs * 1e5, endMs: endMs * 1e5 })), durationMs: 6e8 },
    ],
    ['before its start', times(({ startMs, endMs }) => ({ startMs: startMs - 1_000, endMs: endMs - 1_000 }))],
  ]
}

export const WIDTHS = [0, 1, 40, 320, 900, 4_000, Number.NaN] as const
