import { expect, test } from 'vitest'
import { checkEnvironment } from './check-environment.ts'

const AT = 'http://127.0.0.1:4318'

test.each([
  ['nothing set', {}, 'note', 'OTEL_EXPORTER_OTLP_ENDPOINT is not set'],
  ['the endpoint', { OTEL_EXPORTER_OTLP_ENDPOINT: AT }, 'ok', AT],
  ['the SDK off', { OTEL_SDK_DISABLED: 'true' }, 'problem', 'no span is made'],
  ['another exporter', { OTEL_TRACES_EXPORTER: 'console' }, 'problem', 'OTEL_TRACES_EXPORTER is console'],
  ['OTLP among others', { OTEL_TRACES_EXPORTER: 'console, otlp', OTEL_EXPORTER_OTLP_ENDPOINT: AT }, 'ok', AT],
  ['sampling', { OTEL_TRACES_SAMPLER: 'traceidratio' }, 'problem', 'runs are left out'],
  [
    'gRPC to the port of HTTP',
    { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_ENDPOINT: AT },
    'problem',
    'where HTTP is spoken',
  ],
  [
    'HTTP to the port of gRPC',
    { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317' },
    'problem',
    'where gRPC is spoken',
  ],
  ['a traces endpoint without its path', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: AT }, 'problem', 'without a path'],
  ['values cut off', { OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '1000' }, 'problem', 'are cut off'],
])('%s', (_, env, status, says) => {
  const checks = checkEnvironment(env)
  expect(checks).toHaveLength(1)
  expect(checks[0]).toMatchObject({ status, says: expect.stringContaining(says) })
})

test('each problem is said, with what to do', () => {
  const checks = checkEnvironment({ OTEL_SDK_DISABLED: 'TRUE', OTEL_TRACES_SAMPLER: 'always_off' })
  expect(checks.map(({ advice }) => advice)).toEqual([
    'unset OTEL_SDK_DISABLED',
    'export OTEL_TRACES_SAMPLER=parentbased_always_on',
  ])
})
