import type { LogRecord } from './log.ts'
import type { Span } from './span.ts'

/** What an agent's exporters sent, of any number of traces. Log records may stand outside of any trace. */
export interface Telemetry {
  readonly spans: readonly Span[]
  readonly logs: readonly LogRecord[]
}
