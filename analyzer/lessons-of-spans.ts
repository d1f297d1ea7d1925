import { evidenceOf } from './dependencies/evidence.ts'
import { lessonsOf } from './learning/lessons-of.ts'
import type { RunLessons } from './model/learnt.ts'
import type { LogRecord } from './model/log.ts'
import { type AnalyzeOptions, DEFAULT_OPTIONS } from './model/options.ts'
import type { Span } from './model/span.ts'
import { buildRuns } from './runs/index.ts'

/**
 * What the runs in these spans and log records teach about later runs of their agents, for `analyze` of spans that come without
 * them. Small, and as long good as the spans and options are the same.
 */
export function lessonsOfSpans(
  spans: readonly Span[],
  { logs = [], ...options }: Partial<AnalyzeOptions> & { readonly logs?: readonly LogRecord[] } = {},
): RunLessons[] {
  const merged = { ...DEFAULT_OPTIONS, ...options }
  return buildRuns(spans, logs).map((run) => lessonsOf(run, evidenceOf(run, merged)))
}
