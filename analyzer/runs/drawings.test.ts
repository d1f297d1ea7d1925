// Every drawing's rows come back as the runs, turns and calls that were drawn.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { draw } from '../../fixtures/draw.ts'
import { buildRuns } from './index.ts'

const folder = new URL('../../fixtures/drawings/', import.meta.url)

test.each(readdirSync(folder).filter((file) => file.endsWith('.txt')))('%s', (file) => {
  const { spans, rows } = draw(readFileSync(new URL(file, folder), 'utf8'))
  const runs = buildRuns(spans)
  const wanted = new Set(rows.map((row) => row.runId))
  expect(new Set(runs.map((run) => run.runId))).toEqual(wanted)
  const isInside = (runId: string, outer: string): boolean => {
    let at: string | undefined = runId
    while (at !== undefined && at !== outer) at = rows.find((row) => row.childRunId === at)?.runId
    return at === outer
  }
  for (const run of runs) {
    const drawn = rows.filter((row) => row.runId === run.runId)
    const runStart = rows.find((row) => row.childRunId === run.runId)?.startMs ?? 0
    const turns = drawn.filter((row) => row.kind === 'model')
    const calls = drawn.filter((row) => row.kind === 'tool' || row.kind === 'agent')
    const timed = (items: readonly { id: string | null; startMs: number; endMs: number }[], offset: number) =>
      items.map(({ id, startMs, endMs }) => [id, startMs - offset, endMs - offset])
    const spans = run.turns.map((turn) => ({ ...turn, endMs: turn.streamedUntilMs ?? turn.endMs }))
    expect(timed(spans, 0)).toEqual(timed(turns, runStart))
    expect(timed(run.calls, 0).sort()).toEqual(timed(calls, runStart).sort())
    for (const row of calls) {
      const call = run.calls.find((candidate) => candidate.id === row.id)!
      expect(call).toMatchObject({ childRunId: row.childRunId, turnFrom: 'call-id' })
      expect(turns[call.turn]!.name).toBe(row.turn)
    }
    expect(run.waits.length).toBe(rows.filter((row) => row.kind === 'user' && isInside(row.runId, run.runId)).length)
  }
})
