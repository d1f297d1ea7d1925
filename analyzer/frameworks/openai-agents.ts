import { ENDPOINT, type Framework } from './framework.ts'

export const openaiAgents: Framework = {
  id: 'openai-agents',
  name: 'OpenAI Agents SDK',
  reportedAs: ['OpenAI Agents SDK'],
  setup: [
    {
      title: 'First thing in the program (TypeScript)',
      language: 'ts',
      code: `import * as agents from '@openai/agents'
import { OpenAIAgentsInstrumentation } from '@arizeai/openinference-instrumentation-openai-agents'
import { NodeSDK } from '@opentelemetry/sdk-node'
process.env.OTEL_EXPORTER_OTLP_ENDPOINT ??= '${ENDPOINT}'
new NodeSDK().start()
new OpenAIAgentsInstrumentation().manuallyInstrument(agents)`,
    },
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `# pip install arize-phoenix-otel openinference-instrumentation-openai-agents
from phoenix.otel import register

register(endpoint="${ENDPOINT}/v1/traces", protocol="http/protobuf", batch=True, auto_instrument=True)`,
    },
  ],
  captured: [
    'Agents, turns with messages and tokens, calls with arguments and result. Hand-offs and agents used as tools are runs of their own.',
  ],
  limits: [
    'The SDK itself has no OpenTelemetry: OpenInference, or OpenLLMetry, brings its traces there.',
    'Call ids are not on the tool spans: calls are linked to turns by their arguments.',
    'The text of errors is left out by the SDK.',
  ],
  content: {
    byDefault: 'on',
    setting: {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA=true
unset OPENAI_AGENTS_DISABLE_TRACING
unset OPENINFERENCE_HIDE_INPUTS OPENINFERENCE_HIDE_OUTPUTS`,
    },
  },
}
