// PUT and DELETE /api/runs/:runId/overrides: what the user says of two calls of a run, or of a tool.

import type { Context } from 'hono'
import { err, ok, type Result } from '../../analyzer/base/result.ts'
import type { Override } from '../../analyzer/model/options.ts'
import type { SpanId, TraceId } from '../../analyzer/model/span.ts'
import { findTracesOfSpan } from '../store/find-traces-of-span.ts'
import { findTrace } from '../store/list-traces.ts'
import type { forgetOverride, saveOverride } from '../store/overrides.ts'
import type { Store } from '../store/store.ts'
import type { RouteContext } from './route-context.ts'

const EFFECTS = ['read', 'write', 'session', 'unknown'] as const
const SPAN_ID = /^[0-9a-f]{16}$/
const MAX_TOOL_LENGTH = 1_000

/** Takes one override as JSON, keeps or forgets it, and tells the pages. Everything of the database is analysed with it from then on. */
export function changeOverride(
  { store, traces, events, warm, warn }: RouteContext,
  change: typeof saveOverride | typeof forgetOverride,
): (c: Context) => Promise<Response> {
  return async (c) => {
    const override = overrideOf(await c.req.json().catch(() => null))
    if (!override.ok) return c.json({ message: override.error }, 400)
    const runId = (c.req.param('runId') ?? '').toLowerCase() as SpanId
    const traceId = await traceOfRun(store, traces, runId)
    if (traceId === null) return c.json({ message: `there is no run ${runId} in ${store.file}` }, 404)
    try {
      change(store, traceId, override.value)
    } catch (error) {
      const message = `the database did not take it: ${(error as Error).message}. Try again`
      warn(message)
      return c.json({ message }, 503)
    }
    events.publish([traceId])
    warm?.changed()
    return c.body(null, 204)
  }
}

async function traceOfRun(store: Store, traces: RouteContext['traces'], runId: SpanId): Promise<TraceId | null> {
  for (const traceId of findTracesOfSpan(store, runId)) {
    const trace = findTrace(store, traceId)
    if (!trace) continue
    await traces.prepare(trace)
    // A report is made only for what the list does not show by itself: a run that has joined another.
    const isListed = traces.summaries(trace).some((run) => run.runId === runId)
    if (isListed || (await traces.report(trace, runId)) !== null) return traceId
  }
  return null
}

function overrideOf(body: unknown): Result<Override> {
  const { kind, from, to, tool, effect } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >
  if (kind === 'effect') {
    const known = EFFECTS.find((one) => one === effect)
    if (known === undefined) return err(`effect must be one of ${EFFECTS.join(', ')}`)
    if (typeof tool !== 'string' || tool === '' || tool.length > MAX_TOOL_LENGTH) return err('tool must be a name')
    return ok({ kind, tool, effect: known })
  }
  if (kind !== 'independent' && kind !== 'dependent') return err('kind must be independent, dependent or effect')
  if (!isSpanId(from) || !isSpanId(to)) return err('from and to must be ids of calls: 16 hexadecimal digits')
  return ok({ kind, from, to })
}

const isSpanId = (value: unknown): value is SpanId => typeof value === 'string' && SPAN_ID.test(value)
