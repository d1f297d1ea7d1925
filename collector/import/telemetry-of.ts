import type { LogRecord } from '../../analyzer/model/log.ts'
import type { Span } from '../../analyzer/model/span.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { decodeBatch, decodeLogBatch } from '../otlp/decode-rows.ts'
import { readTraces } from './read-traces.ts'
import { rowsOf } from './rows-of.ts'

/** All spans and log records of a file, in its order, as they stand there. Throws UnreadableFile. */
export async function telemetryOf(chunks: AsyncIterable<Uint8Array>): Promise<Telemetry> {
  const spans: Span[] = []
  const logs: LogRecord[] = []
  for await (const imported of readTraces(chunks)) {
    if (imported.kind === 'spans') for (const span of imported.spans) spans.push(span)
    else if (imported.signal === 'logs') for (const log of decodeLogBatch(rowsOf(imported, null))) logs.push(log)
    else for (const span of decodeBatch(rowsOf(imported, null))) spans.push(span)
  }
  return { spans, logs }
}
