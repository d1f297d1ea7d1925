// Spans for tests: short ids, milliseconds, plain objects.

import { type AttributeValue, type Span, type SpanId, STATUS_ERROR, type TraceId } from '../model/span.ts'

export interface SpanSketch {
  /** A few hex digits. */
  readonly id?: string
  readonly parent?: string
  readonly trace?: string
  readonly name?: string
  readonly scope?: string
  /** Milliseconds after an epoch. */
  readonly from?: number
  readonly to?: number
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  readonly events?: readonly { readonly name: string; readonly attributes: Readonly<Record<string, AttributeValue>> }[]
  /** Status message of a failed span. */
  readonly failed?: string
  readonly dropped?: number
}

export const EPOCH = 1_767_225_600_000_000_000n

export const idOf = (short: string): SpanId => short.padStart(16, '0') as SpanId

export function sketch(of: SpanSketch): Span {
  const at = (ms: number) => EPOCH + BigInt(Math.round(ms * 1e6))
  const map = (attributes: Readonly<Record<string, AttributeValue>> = {}) => new Map(Object.entries(attributes))
  return {
    traceId: (of.trace ?? 'f').padStart(32, '0') as TraceId,
    spanId: idOf(of.id ?? '1'),
    parentSpanId: of.parent === undefined ? null : idOf(of.parent),
    name: of.name ?? 'span',
    kind: 1,
    startTimeUnixNano: at(of.from ?? 0),
    endTimeUnixNano: at(of.to ?? of.from ?? 0),
    attributes: map(of.attributes),
    droppedAttributesCount: of.dropped ?? 0,
    events: (of.events ?? []).map((event) => ({
      name: event.name,
      timeUnixNano: EPOCH,
      attributes: map(event.attributes),
    })),
    links: [],
    status: of.failed === undefined ? { code: 0, message: '' } : { code: STATUS_ERROR, message: of.failed },
    scope: { name: of.scope ?? 'test', version: '' },
    resource: new Map(),
  }
}
