// What the collector's API says besides the report. The UI reads these; the collector writes them.

import type { SpanId, TraceId } from './span.ts'

/** One line of the runs list. Durations are milliseconds, waits for a person left out. */
export interface RunSummary {
  readonly runId: SpanId
  readonly traceId: TraceId
  /** Null for a run that no other run called. */
  readonly parentRunId: SpanId | null
  readonly name: string
  readonly framework: string
  /** ISO 8601 in UTC with nine digits of fraction. */
  readonly startTime: string
  readonly durationMs: number
  /** Duration of the achievable schedule. */
  readonly achievableMs: number
  /** What the run lost to waiting, trusting only verdicts above the threshold. */
  readonly serializedMs: number
  /** The same with `unknown` counted as independent. serializedUpToMs >= serializedMs. */
  readonly serializedUpToMs: number
  /** What the `plan` rung saves: stretches that only pass values on run as one program. planSavedMs >= serializedMs. */
  readonly planSavedMs: number
  /** serializedMs as a share of the duration, in [0, 1]. */
  readonly share: number
  readonly turns: number
  readonly calls: number
  /** Calls whose arguments were recorded. */
  readonly withArguments: number
  /** Calls whose result was recorded, or that failed. */
  readonly withResults: number
  /** Calls that ended in an error. */
  readonly errors: number
  /** All that the run's page lists, those for information included. */
  readonly findings: number
  /** Spans in the run's tree, runs inside it included. */
  readonly spans: number
  /** True while the run's root span has not arrived: more is to be expected. */
  readonly live: boolean
  /** False if the run's model does not reproduce what was measured, so that nothing is claimed. */
  readonly replayOk: boolean
}

/** Answer of `GET /api/runs`. */
export interface RunsPage {
  /** Newest first. */
  readonly runs: readonly RunSummary[]
  /**
   * Traces that these runs are all runs of, those that give none among them: a line of one of them that was listed before, and
   * is not among `runs`, has joined another run or is gone.
   */
  readonly traceIds: readonly TraceId[]
  /** Give this as `before` for the next, older page; null on the last one. */
  readonly next: TraceId | null
  /** Traces that could not be analysed, and why. Empty unless something is broken. */
  readonly failed: readonly { readonly traceId: TraceId; readonly message: string }[]
  /** Traces of this page that are being analysed; a `runs` event follows. Left out when there is none, as nearly always. */
  readonly pending?: number
  /** Where all that came in makes no run: what came, what is missing and what to do, in sentences. */
  readonly why?: string
}

/** Data of the `runs` event of `GET /api/events`: these traces have new spans. */
export interface RunsEvent {
  readonly traceIds: readonly TraceId[]
}

/** Answer of `GET /api/health`. */
export interface Health {
  readonly version: string
  readonly database: string
  readonly traces: number
  readonly spans: number
}
