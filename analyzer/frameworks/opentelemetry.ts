import { ENDPOINT, type Framework } from './framework.ts'

export const opentelemetry: Framework = {
  id: 'opentelemetry',
  name: 'OpenTelemetry GenAI (any other, or your own)',
  reportedAs: ['OpenTelemetry GenAI', 'OpenInference', 'OpenAI SDK', 'Anthropic SDK'],
  setup: [
    {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental
export OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=SPAN_ONLY`,
    },
    {
      title: 'A tool in an agent loop of your own (TypeScript)',
      language: 'ts',
      code: `tracer.startActiveSpan(\`execute_tool \${name}\`, async (span) => {
  span.setAttributes({ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': name, 'gen_ai.tool.call.id': id })
  span.setAttribute('gen_ai.tool.call.arguments', JSON.stringify(args))
  const result = await run(args)
  span.setAttribute('gen_ai.tool.call.result', JSON.stringify(result))
  span.end()
})`,
    },
  ],
  captured: [
    'What the conventions name: `invoke_agent`, `chat` and `execute_tool` spans, with messages, tokens, arguments and results; MCP spans.',
  ],
  limits: [
    'Instrumentations of model providers make spans of the model only: the tools that you run need spans of their own.',
    'The JavaScript SDK keeps 128 attributes and 128 events of a span.',
  ],
  content: {
    byDefault: 'off',
    setting: {
      title:
        'In the shell that starts the agent; spans written by hand set `gen_ai.tool.call.arguments` and `gen_ai.tool.call.result`',
      language: 'sh',
      code: `export OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true
# with OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental: =SPAN_ONLY`,
    },
  },
}
