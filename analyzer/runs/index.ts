import { assert } from '../base/assert.ts'
import { compare } from '../base/compare.ts'
import { HistoryMemory } from '../conventions/history-memory.ts'
import { recordOf } from '../conventions/index.ts'
import { holdsLogs } from '../conventions/log-table.ts'
import type { LogRecord } from '../model/log.ts'
import type { SpanRecord } from '../model/record.ts'
import type { Run } from '../model/run.ts'
import type { Span, SpanId, TraceId } from '../model/span.ts'
import { adoptOrphans } from './adopt-orphans.ts'
import { alignClocks } from './align-clocks.ts'
import { assembleRun } from './assemble-run.ts'
import { attachLogs } from './attach-logs.ts'
import { deduplicate, uniqueLogs } from './deduplicate.ts'
import { foldWrappers } from './fold-wrappers.ts'
import { withLogFacts } from './log-facts.ts'
import { personWaits } from './person-waits.ts'
import { planRuns } from './plan-runs.ts'
import { isStrand, stitchTraces } from './stitch-traces.ts'
import { toolsOfTrace } from './tools-of-trace.ts'
import { growTree } from './trace-tree.ts'
import { askersByTree } from './tree-askers.ts'
import { withWaits } from './waits.ts'

/**
 * The runs in `spans` and `logs`, of any number of traces: by start, then by id, an outer run before those nested in it. The
 * order of `spans` and copies make no difference. What is of no agent gives no run; nothing throws.
 */
export function buildRuns(spans: readonly Span[], logs: readonly LogRecord[] = []): Run[] {
  const { spans: unique, renamed } = deduplicate(spans)
  const records = uniqueLogs(logs)
  const runs: Run[] = []
  const others = new Map<TraceId, readonly SpanRecord[]>()
  const areAlone = records.length === 0 && !unique.some(holdsLogs)
  for (const trace of readTraces(attachLogs(unique, records))) {
    // At once where nothing else can bear on it: what was read of a trace is thrown away before the next is read.
    if (!areAlone || isStrand(trace)) others.set(trace[0]!.span.traceId, trace)
    else for (const run of runsOfTrace(trace, renamed)) runs.push(run)
  }
  for (const trace of stitchTraces(withLogFacts(others, records)).values()) {
    for (const run of runsOfTrace(trace, renamed)) runs.push(run)
  }
  return inOrder(runs)
}

/** The records of each trace. The spans of one stand together, as `deduplicate` leaves them. */
function* readTraces(spans: readonly Span[]): Generator<readonly SpanRecord[]> {
  for (let first = 0, end = 0; first < spans.length; first = end) {
    const { traceId } = spans[first]!
    const records: SpanRecord[] = []
    const memory = new HistoryMemory()
    for (; end < spans.length && spans[end]!.traceId === traceId; end++) records.push(recordOf(spans[end]!, memory))
    yield records
  }
}

function runsOfTrace(records: readonly SpanRecord[], renamed: ReadonlyMap<string, SpanId>): Run[] {
  const aligned = alignClocks(records)
  const tree = foldWrappers(adoptOrphans(growTree(aligned.records)))
  const askers = askersByTree(tree)
  const said = personWaits(tree)
  const tools = toolsOfTrace(tree)
  const runs = withWaits(
    planRuns(tree).map((plan) => assembleRun(tree, plan, askers, renamed, said, tools)),
    said,
  )
  return aligned.notes.length === 0 ? runs : runs.map((run) => ({ ...run, notes: [...run.notes, ...aligned.notes] }))
}

/** A nested run counts from its outer run's start, should a clock say that it began earlier. */
function inOrder(runs: readonly Run[]): Run[] {
  const keyed = new Map<string, { run: Run; start: bigint; depth: number }>()
  // Within a trace outer runs come before nested ones, so the outer's key is there when it is needed.
  for (const run of runs) {
    assert(!keyed.has(`${run.traceId}/${run.runId}`), `two runs have the id ${run.runId}`)
    const outer = run.parentRunId === null ? undefined : keyed.get(`${run.traceId}/${run.parentRunId}`)
    const own = run.startTimeUnixNano
    const start = outer && outer.start > own ? outer.start : own
    keyed.set(`${run.traceId}/${run.runId}`, { run, start, depth: outer ? outer.depth + 1 : 0 })
  }
  const sorted = [...keyed.values()].sort((a, b) => {
    const byStart = compare(a.start, b.start) || a.depth - b.depth
    return byStart || compare(a.run.runId, b.run.runId) || compare(a.run.traceId, b.run.traceId)
  })
  return sorted.map(({ run }) => run)
}
