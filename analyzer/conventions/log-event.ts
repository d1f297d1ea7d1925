// Log records and span events say the same things: both are an event's name, a time and attributes.

import type { LogRecord } from '../model/log.ts'
import type { AttributeValue, SpanEvent } from '../model/span.ts'

/** The time that the source gave, or the time at which somebody saw the record, where it gave none. */
export const timeOfLog = (log: LogRecord): bigint => log.timeUnixNano || log.observedTimeUnixNano

/** `eventName`; else the attribute that older SDKs write instead; '' for a record that is no event. */
export function eventNameOf(log: LogRecord): string {
  if (log.eventName !== '') return log.eventName
  const name = log.attributes.get('event.name')
  return typeof name === 'string' ? name : ''
}

/**
 * The record as an event of the span that it belongs to. The fields of a structured body become attributes, where
 * attributes do not say the same; any other body is the attribute `body`.
 */
export function eventOfLog(log: LogRecord): SpanEvent {
  const attributes = new Map<string, AttributeValue>()
  if (log.body instanceof Map) for (const [key, value] of log.body) attributes.set(key, value)
  else if (log.body !== null) attributes.set('body', log.body)
  for (const [key, value] of log.attributes) attributes.set(key, value)
  return { name: eventNameOf(log), timeUnixNano: timeOfLog(log), attributes }
}
