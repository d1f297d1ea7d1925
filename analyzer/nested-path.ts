// A critical path through the runs inside: where a call is itself a run, the path goes on inside it. What the call took
// beyond its own run, before and after, is a gap of the framework's.
//
//   outer   plan | research ............... | answer
//   inner          think | search | write
//   path    plan | gap | think | search | write | gap | answer

import { unixNanoOfIso } from './base/time.ts'
import type { PathSegment, ReportRun } from './model/report.ts'
import type { SpanId } from './model/span.ts'

export interface NestedSegment extends PathSegment {
  /** The run that the turn, call or gap belongs to. Times are those of the outermost run. */
  readonly runId: SpanId
}

/** Sums of rounded times may be off by so much, in ms. */
const ROUNDING_MS = 0.01

/**
 * The critical path of one schedule of `run`, in time order and without holes, with calls opened that are runs of `runs`.
 * A call whose own run does not fit into it (clocks of two machines) stays closed.
 */
export function pathThroughRuns(
  run: ReportRun,
  runs: readonly ReportRun[],
  schedule: keyof ReportRun['schedules'],
): NestedSegment[] {
  const runOf = new Map(runs.filter(({ traceId }) => traceId === run.traceId).map((one) => [one.runId, one]))
  const callsOf = new Map<SpanId, Map<SpanId, ReportRun['calls'][number]>>()
  const path: NestedSegment[] = []
  const open: { run: ReportRun; segments: readonly PathSegment[]; at: number; fromMs: number; endMs: number | null }[] =
    [{ run, segments: run.schedules[schedule].criticalPath, at: 0, fromMs: 0, endMs: null }]
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    const { run: within, segments, fromMs } = frame
    const segment = segments[frame.at]
    if (segment === undefined) {
      open.pop()
      const outer = open.at(-1)
      const lastMs = path.at(-1)?.endMs ?? 0
      if (outer && frame.endMs !== null && frame.endMs - lastMs > ROUNDING_MS)
        path.push(gap(within.runId, outer.run.runId, lastMs, frame.endMs))
      continue
    }
    frame.at++
    const startMs = fromMs + segment.startMs
    const calls = callsOf.get(within.runId) ?? new Map(within.calls.map((call) => [call.id, call]))
    callsOf.set(within.runId, calls)
    const call = segment.kind === 'call' ? calls.get(segment.id) : undefined
    const inner = call?.childRunId ? runOf.get(call.childRunId) : undefined
    if (call === undefined || inner === undefined) {
      path.push({ ...segment, startMs, endMs: fromMs + segment.endMs, runId: within.runId })
      continue
    }
    // A wait for a person inside the call is a part of its run's own path.
    const next = segments[frame.at]
    const waits = next?.kind === 'wait' && next.id === segment.id ? next : undefined
    const endMs = fromMs + (waits ?? segment).endMs
    const startedMs = Number(unixNanoOfIso(inner.startTime) - unixNanoOfIso(within.startTime)) / 1e6
    const delayMs = Math.max(0, startedMs - call.startMs)
    const inside = inner.schedules[schedule].criticalPath
    const lengthMs = inside.at(-1)?.endMs ?? 0
    if (lengthMs === 0 || delayMs + lengthMs > endMs - startMs + ROUNDING_MS) {
      path.push({ ...segment, startMs, endMs: fromMs + segment.endMs, runId: within.runId })
      continue
    }
    if (waits) frame.at++
    if (delayMs > 0) path.push(gap(inner.runId, within.runId, startMs, startMs + delayMs))
    open.push({ run: inner, segments: inside, at: 0, fromMs: startMs + delayMs, endMs })
  }
  return path
}

const gap = (id: SpanId, runId: SpanId, startMs: number, endMs: number): NestedSegment => ({
  kind: 'gap',
  id,
  startMs,
  endMs,
  cause: 'framework',
  runId,
})
