// Log records for tests, like the spans of test-span.ts: short ids, milliseconds, plain objects.

import type { LogRecord } from '../model/log.ts'
import type { AttributeValue, TraceId } from '../model/span.ts'
import { EPOCH, idOf } from './test-span.ts'

export interface LogSketch {
  /** Milliseconds after the epoch that spans have, too. */
  readonly at: number
  /** Written as the attribute `event.name`, as most SDKs do. */
  readonly event?: string
  readonly trace?: string
  readonly span?: string
  readonly body?: AttributeValue
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  readonly scope?: string
}

export function sketchLog(of: LogSketch): LogRecord {
  const timeUnixNano = EPOCH + BigInt(Math.round(of.at * 1e6))
  return {
    traceId: of.trace === undefined ? null : (of.trace.padStart(32, '0') as TraceId),
    spanId: of.span === undefined ? null : idOf(of.span),
    timeUnixNano,
    observedTimeUnixNano: timeUnixNano,
    severityNumber: 9,
    severityText: 'INFO',
    eventName: '',
    body: of.body ?? null,
    attributes: new Map(
      Object.entries({ ...(of.event === undefined ? {} : { 'event.name': of.event }), ...of.attributes }),
    ),
    droppedAttributesCount: 0,
    scope: { name: of.scope ?? 'test', version: '' },
    resource: new Map(),
  }
}
