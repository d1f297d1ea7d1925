import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { draw } from '../fixtures/draw.ts'
import { analyze } from './analyze.ts'
import { pathThroughRuns } from './nested-path.ts'

const drawing = draw(readFileSync(new URL('../fixtures/drawings/nested-agent.txt', import.meta.url), 'utf8'))
const report = analyze(drawing.spans, drawing.options)
const outer = report.runs.find((run) => run.parentRunId === null)!

test.each(['actual', 'overlap', 'batch', 'plan', 'bound'] as const)(
  'in %s the path goes on inside a call that is a run, without holes, to the same end',
  (schedule) => {
    const path = pathThroughRuns(outer, report.runs, schedule)
    path.forEach((part, at) => {
      expect(part.startMs).toBeCloseTo(at === 0 ? 0 : path[at - 1]!.endMs, 5)
    })
    expect(path.at(-1)!.endMs).toBeCloseTo(outer.schedules[schedule].durationMs, 5)
    expect(new Set(path.map(({ runId }) => runId)).size).toBe(2)
  },
)

test('the inner steps stand in the place of the call', () => {
  const nameOf = (id: string) => drawing.rows.find((row) => row.id === id)?.name
  const path = pathThroughRuns(outer, report.runs, 'actual').filter(({ kind }) => kind !== 'gap')
  expect(path.map(({ id, startMs }) => `${nameOf(id)} ${startMs}`)).toEqual([
    'plan 0',
    // research starts at 400: its own times come on top
    'think 400',
    'search_history 700',
    'think#2 1200',
    'search_geology 1500',
    'write 2100',
    'decide 2500',
    'save_note 2800',
    'answer 3200',
  ])
})

test('without the inner run the call stays closed', () => {
  const path = pathThroughRuns(outer, [outer], 'actual')
  expect(path.map(({ id }) => id)).toEqual(outer.schedules.actual.criticalPath.map(({ id }) => id))
})
