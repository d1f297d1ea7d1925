import type { Attributes, AttributeValue, Span } from '../model/span.ts'

/**
 * Each span once: exporters send again after a timeout. Copies of one span that differ (an SDK that exports at the start
 * and at the end) leave the most complete one: latest end, then most attributes and events. The order of `spans` does
 * not matter.
 */
export function deduplicate(spans: readonly Span[]): Span[] {
  const kept = new Map<string, Span>()
  for (const span of spans) {
    const key = `${span.traceId}/${span.spanId}`
    const other = kept.get(key)
    if (other === undefined || (other !== span && moreComplete(span, other))) kept.set(key, span)
  }
  return [...kept.values()]
}

function moreComplete(a: Span, b: Span): boolean {
  if (a.endTimeUnixNano !== b.endTimeUnixNano) return a.endTimeUnixNano > b.endTimeUnixNano
  if (a.attributes.size !== b.attributes.size) return a.attributes.size > b.attributes.size
  if (a.events.length !== b.events.length) return a.events.length > b.events.length
  // Equally complete: any rule will do, as long as it does not depend on which came first.
  return spelled(a) > spelled(b)
}

const spelled = (span: Span): string =>
  [
    span.startTimeUnixNano,
    span.parentSpanId,
    span.name,
    span.kind,
    span.status.code,
    span.status.message,
    span.scope.name,
    spelledAttributes(span.attributes),
    ...span.events.map((event) => `${event.timeUnixNano}${event.name}${spelledAttributes(event.attributes)}`),
  ].join('\u0000')

const spelledAttributes = (attributes: Attributes): string =>
  [...attributes]
    .map(([key, value]) => `${key}=${spelledValue(value)}`)
    .sort()
    .join('\u0000')

/** Depth is bounded by what OTLP decoders let through. */
function spelledValue(value: AttributeValue): string {
  if (value === null || typeof value !== 'object') return `${typeof value} ${value}`
  if (value instanceof Map) return `{${spelledAttributes(value)}}`
  if (Array.isArray(value)) return `[${value.map(spelledValue).join()}]`
  return (value as { base64: string }).base64
}
