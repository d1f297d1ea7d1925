import { ENDPOINT, type Framework } from './framework.ts'

export const claudeAgentSdk: Framework = {
  id: 'claude-agent-sdk',
  name: 'Claude Agent SDK',
  reportedAs: ['Claude Agent SDK'],
  setup: [
    {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export CLAUDE_CODE_ENABLE_TELEMETRY=1 CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1
export OTEL_TRACES_EXPORTER=otlp OTEL_LOGS_EXPORTER=otlp
export OTEL_LOG_TOOL_DETAILS=1 OTEL_LOG_TOOL_CONTENT=1 OTEL_LOG_USER_PROMPTS=1`,
    },
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `# pip install arize-phoenix-otel openinference-instrumentation-claude-agent-sdk
from phoenix.otel import register

register(endpoint="${ENDPOINT}/v1/traces", protocol="http/protobuf", batch=True, auto_instrument=True)`,
    },
  ],
  captured: [
    'The SDK runs Claude Code, whose telemetry it is: see there. OpenInference adds calls with arguments and result.',
  ],
  limits: [
    'OpenInference has no spans of the model here: calls are there, turns are not.',
    'Use one of the two, or every call comes twice.',
  ],
  content: {
    byDefault: 'off',
    setting: {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: 'export OTEL_LOG_TOOL_DETAILS=1 OTEL_LOG_TOOL_CONTENT=1 OTEL_LOG_USER_PROMPTS=1',
    },
  },
}
