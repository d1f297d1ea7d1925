import { ENDPOINT, type Framework } from './framework.ts'

export const strands: Framework = {
  id: 'strands',
  name: 'AWS Strands',
  reportedAs: ['Strands Agents'],
  setup: [
    {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental`,
    },
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `from strands.telemetry import StrandsTelemetry

StrandsTelemetry().setup_otlp_exporter()`,
    },
    {
      title: 'First thing in the program (TypeScript)',
      language: 'ts',
      code: `import { NodeSDK } from '@opentelemetry/sdk-node'
new NodeSDK().start()`,
    },
  ],
  captured: ['Agents, loop cycles, turns with messages and tokens, calls with id, arguments and result.'],
  limits: [
    'Content is in events of spans, and the JavaScript SDK keeps the last 128 of them: long chats lose their oldest messages. Set `OTEL_SPAN_EVENT_COUNT_LIMIT=10000`.',
  ],
  content: {
    byDefault: 'on',
    setting: {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: 'export OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental',
    },
  },
}
