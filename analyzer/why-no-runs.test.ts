import { expect, test } from 'vitest'
import { analyze } from './analyze.ts'
import { sketch } from './conventions/test-span.ts'
import { cameIn, whyNoneOf, whyNoRuns } from './why-no-runs.ts'

const agent = sketch({
  id: 'a',
  name: 'invoke_agent travel',
  attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'travel' },
})
const query = sketch({ id: 'b', parent: 'a', name: 'SELECT', attributes: { 'db.system.name': 'sqlite' } })

test('an agent around no model and no tool: says what came and what is missing', () => {
  const spans = [agent, query]
  expect(analyze(spans).runs).toEqual([])
  expect(whyNoRuns({ spans, logs: [] })).toMatch(
    /^No runs: of the 2 spans, 1 is an agent's \(travel\), and no model or tool call is there\. .*turn on the GenAI telemetry/,
  )
})

test('spans that nobody knows, and none at all', () => {
  expect(whyNoRuns({ spans: [query], logs: [] })).toMatch(/^No runs: 1 span came in, and none is a model or tool call/)
  expect(whyNoRuns({ spans: [], logs: [] })).toMatch(/^No runs: there are no spans\. .*OTEL_EXPORTER_OTLP_ENDPOINT/)
})

test('what came in several pieces is said as if it had come together', () => {
  const pieces = [[agent], [query], [agent]].map((spans) => cameIn({ spans, logs: [] }))
  expect(whyNoneOf(pieces)).toBe(whyNoRuns({ spans: [agent, query, agent], logs: [] }))
  expect(whyNoneOf(pieces)).toMatch(/of the 3 spans, 2 are agents' \(travel\)/)
})

test('what is no span is refused by name', () => {
  const given =
    (...spans: unknown[]) =>
    () =>
      analyze(spans as Parameters<typeof analyze>[0])
  expect(given({})).toThrow(new TypeError('spans[0] is no span: its traceId must be a text of 32 hexadecimal digits'))
  expect(given(agent, null)).toThrow(new TypeError('spans[1] is no span: it is null'))
  expect(given({ ...agent, startTimeUnixNano: 5 })).toThrow(
    'its startTimeUnixNano must be a bigint of nanoseconds since 1970',
  )
  expect(given({ ...agent, attributes: {} })).toThrow('its attributes must be a Map from names to values')
  expect(given({ ...agent, parentSpanId: undefined })).toThrow('its parentSpanId must be an id or null')
  const fields = ['traceId', 'spanId', 'name', 'endTimeUnixNano', 'events', 'status', 'scope', 'resource']
  for (const field of fields) expect(given({ ...agent, [field]: null })).toThrow(`its ${field} must be`)
})
