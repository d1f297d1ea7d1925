// What the threads of the ingest say to each other.
//
//   main ── Submitted ──► reader ── ReadRequest ──► writer
//    ▲                      │ (bad)                    │
//    └────── Finished ◄─────┴──────────────────────────┘

import type { MessagePort } from 'node:worker_threads'
import type { TraceId } from '../../analyzer/model/span.ts'
import type { RedactorOptions } from '../redaction/redactor.ts'
import type { RetentionLimits } from '../retention/limits.ts'
import type { RowBatch } from '../rows/row-batch.ts'
import type { Durability } from '../store/open-writer.ts'
import type { IngestOutcome, IngestRequest } from './ingest.ts'

export interface ReaderData {
  readonly redaction: RedactorOptions | false
  readonly writer: MessagePort
}

export interface WriterData {
  readonly file: string
  readonly durability: Durability
  readonly retention: RetentionLimits
  readonly reader: MessagePort
}

/** Main to reader. */
export interface Submitted extends IngestRequest {
  readonly id: number
}

/** Reader to writer. */
export interface ReadRequest {
  readonly id: number
  readonly batch: RowBatch
}

/** Reader or writer to main. */
export interface Finished {
  readonly outcomes: readonly { readonly id: number; readonly outcome: IngestOutcome }[]
  /** Traces that got something new. */
  readonly traceIds: readonly TraceId[]
  /** A line for the person at the terminal, about the writer itself. */
  readonly warning?: string
}

/** Main to writer: everything has its outcome, close the database and end. */
export const CLOSE = 'close'
