import { ENDPOINT, type Framework } from './framework.ts'

export const autogen: Framework = {
  id: 'autogen',
  name: 'AutoGen',
  reportedAs: ['AutoGen'],
  setup: [
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `# pip install arize-phoenix-otel openinference-instrumentation-autogen-agentchat
from phoenix.otel import register

register(endpoint="${ENDPOINT}/v1/traces", protocol="http/protobuf", batch=True, auto_instrument=True)`,
    },
  ],
  captured: ['Agents, turns and calls with arguments and result, through OpenInference.'],
  limits: [
    "AutoGen's own spans (scope `autogen-core`) have neither arguments nor results, and no setting adds them: use OpenInference, and set `AUTOGEN_DISABLE_RUNTIME_TRACING=true` to have each call once.",
  ],
  content: {
    byDefault: 'never',
    setting: {
      title: 'Use OpenInference instead (Python)',
      language: 'python',
      code: `# pip install arize-phoenix-otel openinference-instrumentation-autogen-agentchat
from phoenix.otel import register

register(endpoint="${ENDPOINT}/v1/traces", protocol="http/protobuf", batch=True, auto_instrument=True)`,
    },
  },
}
