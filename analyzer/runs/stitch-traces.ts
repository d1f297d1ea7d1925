// Spans of an instrumentation that knows no parents, where nothing of the user's is around them: each is a trace by itself
// (OpenLLMetry's LangChain callbacks in JavaScript: seventeen spans of one agent are seventeen traces).
//
//   trace 1   |== model ==|
//   trace 2                |= tool =|                    one run, if one process made them, of one session
//   trace 3                          |== model ==|       where they name one, without a long pause

import { sessionOf } from '../conventions/session.ts'
import { LONGEST_PAUSE_NS } from '../model/pieces.ts'
import type { SpanRecord } from '../model/record.ts'
import type { TraceId } from '../model/span.ts'
import { byTime, clockOf, endOf, maxOf, startOf } from './time.ts'

/** `traces` with those of one span each joined under the first of them, where they can only be one agent's. */
export function stitchTraces(
  traces: ReadonlyMap<TraceId, readonly SpanRecord[]>,
): ReadonlyMap<TraceId, readonly SpanRecord[]> {
  const strands = new Map<string, SpanRecord[]>()
  for (const records of traces.values()) {
    if (!isStrand(records)) continue
    const only = records[0]!
    const key = [clockOf(only.span), only.convention, sessionOf(only.span) ?? ''].join('\u0000')
    const others = strands.get(key)
    if (others) others.push(only)
    else strands.set(key, [only])
  }
  const joined = new Map<TraceId, readonly SpanRecord[]>(traces)
  for (const strand of strands.values()) {
    for (const run of split(strand)) {
      if (!isOneAgents(run)) continue
      for (const { span } of run.slice(1)) joined.delete(span.traceId)
      joined.set(run[0]!.span.traceId, run)
    }
  }
  return joined
}

/** Whether a trace is a single model or tool call, which may belong to others. */
export function isStrand(records: readonly SpanRecord[]): boolean {
  const [only] = records
  if (records.length !== 1 || only!.span.parentSpanId !== null) return false
  return only!.kind === 'model' || only!.kind === 'tool'
}

/** In time order, parted at long pauses and where a model is given a new conversation. */
function split(strand: readonly SpanRecord[]): SpanRecord[][] {
  const runs: SpanRecord[][] = []
  let end = 0n
  let hasModel = false
  for (const record of [...strand].sort((a, b) => byTime(a.span, b.span))) {
    const last = runs.at(-1)
    if (!last || startOf(record.span) - end > LONGEST_PAUSE_NS || (hasModel && opens(record))) {
      runs.push([record])
      end = endOf(record.span)
      hasModel = record.kind === 'model'
    } else {
      last.push(record)
      end = maxOf(end, endOf(record.span))
      hasModel ||= record.kind === 'model'
    }
  }
  return runs
}

/** Whether a model was given words of the user's and the system's and nothing else. */
const opens = (record: SpanRecord): boolean =>
  record.kind === 'model' &&
  record.input.length > 0 &&
  record.input.every(({ role }) => role === 'user' || role === 'system')

/**
 * Models and tools by turns. Models that overlap are several agents' at once, unless a session says otherwise; span ids are
 * unique in their own trace only.
 */
function isOneAgents(run: readonly SpanRecord[]): boolean {
  if (!run.some(({ kind }) => kind === 'tool') || !run.some(({ kind }) => kind === 'model')) return false
  if (new Set(run.map(({ span }) => span.spanId)).size < run.length) return false
  if (sessionOf(run[0]!.span) !== null) return true
  const models = run.filter(({ kind }) => kind === 'model')
  return models.every(({ span }, i) => i === 0 || startOf(span) >= endOf(models[i - 1]!.span))
}
