// What the runs of one agent teach about a later run of it. All counts are of runs: a run counts once, whatever the number of
// its calls.

import type { Json } from './json.ts'
import type { SpanId, TraceId } from './span.ts'

/**
 * How one run had the tools `earlier` and `later`. `needed`: a call of the later tool needed one of the earlier tool's, directly
 * or through others. `free`: one was made before or beside them, so it had seen no result of theirs, and none of them failed.
 * `free, made up`: the same, with arguments that the model made up. `after`: it came after them only, with such arguments.
 */
export type PairSeen = 'needed' | 'free' | 'free, made up' | 'after'

/** What one run teaches about others of its agent. Small: names and paths, and the short values that its model made up. */
export interface RunLessons {
  readonly traceId: TraceId
  readonly runId: SpanId
  readonly name: string
  readonly framework: string
  readonly startTimeUnixNano: bigint
  readonly tools: readonly string[]
  /** Tools of which a call went well with nothing made up and nothing unseen in its arguments. */
  readonly explained: readonly string[]
  /** By `pairKey`. */
  readonly pairs: ReadonlyMap<string, PairSeen>
  /** Ways that values went, by `pathKey`. */
  readonly paths: ReadonlySet<string>
  /** Arguments that no result and no person had given, by `valueKey`. */
  readonly values: ReadonlySet<string>
}

/** Two different tools, in this order. The counts are of earlier runs; see `PairSeen`. */
export interface LearntPair {
  readonly earlier: string
  readonly later: string
  readonly needed: number
  readonly free: number
  readonly freeMadeUp: number
  readonly after: number
  /** Runs without the earlier tool in which the later one was called with nothing made up. */
  readonly without: number
}

/** A way that a value went. `of`: earlier runs with both tools. Places in lists are `[*]`. */
export interface LearntPath {
  readonly from: string
  readonly fromPath: string
  readonly to: string
  readonly toPath: string
  readonly seen: number
  readonly of: number
}

/** A value that the model writes by itself. `of`: earlier runs with the tool. */
export interface LearntValue {
  readonly tool: string
  readonly path: string
  readonly value: Json
  readonly seen: number
  readonly of: number
}

/** What earlier runs of the agent say that bears on one run. The report holds it, so that a run can be analysed again alone. */
export interface Learnt {
  /** Earlier runs that were looked at. */
  readonly runs: number
  readonly pairs: readonly LearntPair[]
  readonly paths: readonly LearntPath[]
  /** Empty with `--no-content`. */
  readonly values: readonly LearntValue[]
}
