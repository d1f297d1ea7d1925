import { ENDPOINT, type Framework } from './framework.ts'

export const haystack: Framework = {
  id: 'haystack',
  name: 'Haystack',
  reportedAs: ['Haystack'],
  setup: [
    {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export HAYSTACK_CONTENT_TRACING_ENABLED=true`,
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
trace.set_tracer_provider(provider)  # before haystack is imported`,
    },
  ],
  captured: ['Agents, steps, turns with messages, calls with arguments and result.'],
  limits: ['Call ids are not on the tool spans: calls are linked to turns by their arguments.'],
  content: {
    byDefault: 'off',
    setting: {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: 'export HAYSTACK_CONTENT_TRACING_ENABLED=true',
    },
  },
}
