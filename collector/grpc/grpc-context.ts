import type { Ingest } from '../ingest/ingest.ts'
import type { ByteBudget } from '../transport/byte-budget.ts'
import type { ProgressRule } from '../transport/progress.ts'
import type { TokenCheck } from '../transport/token.ts'

/** What the gRPC server is given. */
export interface GrpcContext {
  readonly ingest: Ingest
  /** Bytes of exports in memory, shared with the other transports. */
  readonly budget: ByteBudget
  /** The largest message, as sent and decompressed. */
  readonly maxBodyBytes: number
  /** How fast a message must come. */
  readonly progress: ProgressRule
  /** Called for each export of metrics. */
  readonly noteDropped: () => void
  /** The token that exporters must show; null for none. */
  readonly token: TokenCheck | null
  /** Takes a line for the person at the terminal. */
  readonly warn: (line: string) => void
}
