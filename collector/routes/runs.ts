// GET /api/runs and GET /api/runs/:runId.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from 'hono'
import { whyNoneOf } from '../../analyzer/index.ts'
import type { RunSummary, RunsPage } from '../../analyzer/model/api.ts'
import type { SpanId, TraceId } from '../../analyzer/model/span.ts'
import { findTracesOfSpan } from '../store/find-traces-of-span.ts'
import { findTrace, listTraces } from '../store/list-traces.ts'
import { optionsFromQuery } from './report-query.ts'
import type { RouteContext } from './route-context.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 500

/** Newest first; `limit` and `before` count traces, since a trace is analysed whole. */
export function listRuns({ store, traces, warm, warn }: RouteContext): (c: Context) => Promise<Response> {
  return async (c) => {
    const limit = c.req.query('limit') ?? String(DEFAULT_LIMIT)
    if (!/^[1-9]\d{0,3}$/.test(limit)) return c.json({ message: 'limit must be a whole number from 1' }, 400)
    const before = c.req.query('before')?.toLowerCase() as TraceId | undefined
    if (before !== undefined && findTrace(store, before) === null) {
      return c.json({ message: 'before must be the trace id that an earlier page gave as next' }, 400)
    }
    const wanted = Math.min(Number(limit), MAX_LIMIT)
    // One more than asked for shows whether there is a next page.
    const listed = listTraces(store, wanted + 1, before)
    const page = listed.slice(0, wanted)
    const runs: RunSummary[] = []
    const failed: { traceId: TraceId; message: string }[] = []
    const pending: TraceId[] = []
    // Older pages do not change, and are asked for by a person who waits for all of them.
    const untilMs =
      performance.now() + ((before === undefined ? warm?.look(wanted) : undefined) ?? Number.POSITIVE_INFINITY)
    for (const trace of page) {
      if (!traces.hasSummaries(trace)) {
        const leftMs = untilMs - performance.now()
        if (leftMs > 0) await Promise.race([traces.prepare(trace), ...(leftMs < Infinity ? [sleep(leftMs)] : [])])
        if (untilMs < Infinity && !traces.hasSummaries(trace)) {
          pending.push(trace.traceId)
          continue
        }
      }
      try {
        runs.push(...traces.summaries(trace))
      } catch (error) {
        // One trace that the analyzer cannot take must not hide all others.
        failed.push({ traceId: trace.traceId, message: (error as Error).message })
        warn(`trace ${trace.traceId} could not be analysed: ${(error as Error).message}`)
      }
    }
    // ISO times with the same number of digits sort as text.
    runs.sort((a, b) => (a.startTime < b.startTime ? 1 : a.startTime > b.startTime ? -1 : 0))
    const next = listed.length > wanted ? page.at(-1)!.traceId : null
    const isWhole = before === undefined && next === null && pending.length === 0
    const isEmpty = isWhole && page.length > 0 && runs.length + failed.length === 0
    const left = new Set(pending)
    const covered = new Set(page.filter(({ traceId }) => !left.has(traceId)).map(traces.around))
    const answer: RunsPage = {
      runs,
      traceIds: [...covered].flatMap((shown) => shown.map(({ traceId }) => traceId)),
      next,
      failed,
      ...(pending.length > 0 && { pending: pending.length }),
      ...(isEmpty && { why: whyNoneOf([...new Set(page.flatMap(traces.cameIn))]) }),
    }
    if (pending.length > 0) warm?.leave(pending)
    return c.json(answer)
  }
}

/** A report with the run asked for first, or the run that it has become a part of; the other runs of its trace after it. */
export function getRun({ store, traces }: RouteContext): (c: Context) => Promise<Response> {
  return async (c) => {
    const options = optionsFromQuery(c.req.query())
    if (!options.ok) return c.json({ message: options.error }, 400)
    const runId = (c.req.param('runId') ?? '').toLowerCase() as SpanId
    for (const traceId of findTracesOfSpan(store, runId)) {
      const trace = findTrace(store, traceId)
      const report = trace && (await traces.report(trace, runId, options.value))
      if (report) return c.body(report, 200, { 'Content-Type': 'application/json' })
    }
    const message =
      `there is no run ${runId} in ${store.file}: GET /api/runs lists those that are there. ` +
      'If the agent is still running, its spans may not have been exported yet'
    return c.json({ message }, 404)
  }
}
