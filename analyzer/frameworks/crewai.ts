import { ENDPOINT, type Framework } from './framework.ts'

export const crewai: Framework = {
  id: 'crewai',
  name: 'CrewAI',
  reportedAs: ['CrewAI'],
  setup: [
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `# pip install arize-phoenix-otel openinference-instrumentation-crewai
from phoenix.otel import register

register(endpoint="${ENDPOINT}/v1/traces", protocol="http/protobuf", batch=True, auto_instrument=True)`,
    },
    {
      title: "CrewAI's own telemetry goes to its vendor and holds no content; to turn it off",
      language: 'sh',
      code: 'export CREWAI_DISABLE_TELEMETRY=true',
    },
  ],
  captured: ['Crews, agents and tasks; calls with arguments and result, through OpenInference.'],
  limits: [
    "CrewAI's own telemetry has neither arguments nor results, and no setting adds them: use OpenInference.",
    "OpenLLMetry's instrumentation of CrewAI has no spans of tools.",
    'Call ids are not on the tool spans: calls are linked to turns by their arguments.',
  ],
  content: {
    byDefault: 'never',
    setting: {
      title: 'Use OpenInference instead (Python)',
      language: 'python',
      code: `# pip install arize-phoenix-otel openinference-instrumentation-crewai
from phoenix.otel import register

register(endpoint="${ENDPOINT}/v1/traces", protocol="http/protobuf", batch=True, auto_instrument=True)`,
    },
  },
}
