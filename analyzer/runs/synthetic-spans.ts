// Spans that nobody sent: what log records tell, in the form that everything after reads.

import { hexOf } from '../base/hash.ts'
import type { Span, SpanId, TraceId } from '../model/span.ts'
import { TRACE_DIGITS_IN_SPAN_ID as PREFIX } from '../model/synthetic.ts'

/** Scope name of such spans. No instrumentation is called so. */
export const SYNTHETIC_SCOPE = 'tailrace: made from log records'

/** The trace of a conversation that is in no trace. */
export const traceIdOfSession = (convention: string, session: string): TraceId =>
  hexOf(`${convention}\u0000${session}`, 32) as TraceId

export interface SpanMaker {
  /** `key` tells spans of one trace apart; of two with one key the second gets another id. */
  make(key: string, name: string, parent: SpanId | null, start: bigint, end: bigint): Span
}

/** `taken` are the ids of the spans that were received. */
export function createSpanMaker(traceId: TraceId, taken: Iterable<SpanId>): SpanMaker {
  const used = new Set<string>(taken)
  return {
    make(key, name, parent, start, end) {
      let id = ''
      for (let again = 0; id === '' || used.has(id); again++) {
        id = traceId.slice(0, PREFIX) + hexOf(`${key}\u0000${again}`, 16 - PREFIX)
      }
      used.add(id)
      return {
        traceId,
        spanId: id as SpanId,
        parentSpanId: parent,
        name,
        kind: 1,
        startTimeUnixNano: start,
        endTimeUnixNano: end,
        attributes: new Map(),
        droppedAttributesCount: 0,
        events: [],
        links: [],
        status: { code: 0, message: '' },
        scope: { name: SYNTHETIC_SCOPE, version: '' },
        resource: new Map(),
      }
    },
  }
}
