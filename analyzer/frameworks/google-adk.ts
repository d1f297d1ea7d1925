import { ENDPOINT, type Framework } from './framework.ts'

export const googleAdk: Framework = {
  id: 'google-adk',
  name: 'Google ADK',
  reportedAs: ['Google ADK'],
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
      code: `import { NodeSDK } from '@opentelemetry/sdk-node'
new NodeSDK().start() // before @google/adk is imported`,
    },
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter("${ENDPOINT}/v1/traces")))
trace.set_tracer_provider(provider)`,
    },
  ],
  captured: [
    'Invocations, agents and sub-agents, turns with requests and tokens, calls with id, arguments and result.',
  ],
  limits: [
    'The span of a model call contains its tools: the time of the model is what they do not cover.',
    'In ADK for JavaScript the span of a failed tool has no attribute at all: only its name tells it.',
    'ADK for JavaScript runs the calls of one response one after another.',
  ],
  content: {
    byDefault: 'on',
    setting: {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: 'export ADK_CAPTURE_MESSAGE_CONTENT_IN_SPANS=true',
    },
  },
}
