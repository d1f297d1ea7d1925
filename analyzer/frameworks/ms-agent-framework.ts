import { ENDPOINT, type Framework } from './framework.ts'

export const msAgentFramework: Framework = {
  id: 'ms-agent-framework',
  name: 'Microsoft Agent Framework',
  reportedAs: ['Microsoft Agent Framework'],
  setup: [
    {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export ENABLE_INSTRUMENTATION=true
export ENABLE_SENSITIVE_DATA=true`,
    },
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `from agent_framework.observability import configure_otel_providers

configure_otel_providers(enable_sensitive_data=True)`,
    },
  ],
  captured: ['Agents, turns with messages and tokens, calls with id, arguments and result.'],
  limits: ['Without sensitive data there are no arguments, results or messages.'],
  content: {
    byDefault: 'off',
    setting: {
      title: 'In the shell that starts the agent; in C# instead `EnableSensitiveData = true` in `UseOpenTelemetry`',
      language: 'sh',
      code: 'export ENABLE_SENSITIVE_DATA=true',
    },
  },
}
