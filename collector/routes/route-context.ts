import type { Ingest } from '../ingest/ingest.ts'
import type { Store } from '../store/store.ts'
import type { ByteBudget } from '../transport/byte-budget.ts'
import type { ProgressRule } from '../transport/progress.ts'
import type { TokenCheck } from '../transport/token.ts'
import type { AnalysedTraces } from './analysed-traces.ts'
import type { TraceEvents } from './trace-events.ts'
import type { WarmSummaries } from './warm-summaries.ts'

/** What the routes are given. */
export interface RouteContext {
  readonly store: Store
  readonly ingest: Ingest
  readonly traces: AnalysedTraces
  readonly events: TraceEvents
  /** Keeps the newest runs analysed; without it each request analyses all that it lists. */
  readonly warm?: WarmSummaries
  /** Bytes of exports in memory, shared with the other transports. */
  readonly budget: ByteBudget
  /** The largest export, as sent and decompressed. */
  readonly maxBodyBytes: number
  /** How fast a body must come. */
  readonly progress: ProgressRule
  /** Called for each export of metrics. */
  readonly noteDropped: () => void
  /** The token that exporters must show, and with a bind other than loopback readers too; null for none. */
  readonly token: TokenCheck | null
  /** Names that a Host or Origin header may hold. With `loopback`, these and the names of this machine's loopback. */
  readonly allowedHosts: readonly string[]
  /** Origins, such as `https://app.example`, whose pages may send exports. They may read nothing. */
  readonly corsOrigins: readonly string[]
  /** Whether the server is bound to loopback, so that a Host header with any other name is an attack. */
  readonly loopback: boolean
  /** Folder of the built page. */
  readonly uiDir: string
  readonly version: string
  /** Takes a line for the person at the terminal. */
  readonly warn: (line: string) => void
}
