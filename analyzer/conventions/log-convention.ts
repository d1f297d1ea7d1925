import type { LogRecord } from '../model/log.ts'
import type { LogFact } from '../model/log-fact.ts'

/** One coding agent's way of writing log records. Neither function throws, whatever a record holds. */
export interface LogConvention {
  /** Stable id for the report, that of the agent's span convention where it has one. */
  readonly id: string
  /** `name` is `eventNameOf(log)`. */
  recognises(log: LogRecord, name: string): boolean
  /** Only called with a record that `recognises` accepted. Null for one that tells nothing of a run. */
  read(log: LogRecord, name: string): LogFact | null
}
