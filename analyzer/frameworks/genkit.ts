import { ENDPOINT, type Framework } from './framework.ts'

export const genkit: Framework = {
  id: 'genkit',
  name: 'Genkit',
  reportedAs: ['Genkit'],
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
      code: `import { enableTelemetry } from 'genkit/tracing'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'

enableTelemetry({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] })`,
    },
  ],
  captured: ['Flows, turns with messages and tokens, calls with arguments and result.'],
  limits: [
    'Each turn is nested in the one before. Call ids are not on the tool spans: calls are linked to turns by their arguments.',
  ],
  content: {
    byDefault: 'on',
    setting: {
      title: 'In flows and actions (TypeScript)',
      language: 'ts',
      code: `// Inputs and outputs are always in the spans: send them as they are, with no
// span processor that removes genkit:input and genkit:output.`,
    },
  },
}
