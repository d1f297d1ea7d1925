import { ENDPOINT, type Framework } from './framework.ts'

export const langfuse: Framework = {
  id: 'langfuse',
  name: 'Langfuse',
  reportedAs: ['Langfuse SDK', 'Langfuse'],
  setup: [
    {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`,
    },
    {
      title: 'First thing in the program (TypeScript)',
      language: 'ts',
      code: `import { LangfuseSpanProcessor } from '@langfuse/otel'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { NodeSDK } from '@opentelemetry/sdk-node'
new NodeSDK({ spanProcessors: [new LangfuseSpanProcessor({ exporter: new OTLPTraceExporter() })] }).start()`,
    },
    {
      title: 'Traces that are in Langfuse already: download one as JSON, and',
      language: 'sh',
      code: 'npx tailrace import trace.json',
    },
  ],
  captured: ['Observations of every type: turns with messages and tokens, calls with arguments and result.'],
  limits: [
    'Its LangChain handler has no call ids on tools; exports of traces do.',
    'A failed observation has a level and no error status; both are read.',
  ],
  content: {
    byDefault: 'on',
    setting: {
      title: 'Where Langfuse is set up (TypeScript)',
      language: 'ts',
      code: `// No \`mask\` that removes inputs and outputs:
new LangfuseSpanProcessor({ exporter })`,
    },
  },
}
