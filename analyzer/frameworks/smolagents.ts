import { ENDPOINT, type Framework } from './framework.ts'

export const smolagents: Framework = {
  id: 'smolagents',
  name: 'smolagents',
  reportedAs: ['smolagents'],
  setup: [
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `# pip install arize-phoenix-otel openinference-instrumentation-smolagents
from phoenix.otel import register

register(endpoint="${ENDPOINT}/v1/traces", protocol="http/protobuf", batch=True, auto_instrument=True)`,
    },
  ],
  captured: ['Steps, turns with messages and tokens, tool calls with arguments and result.'],
  limits: [
    'A `CodeAgent` calls tools from code that it wrote: those calls belong to one request of the model.',
    'Call ids are not on the tool spans: calls are linked to turns by their arguments.',
  ],
  content: {
    byDefault: 'on',
    setting: {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `unset OPENINFERENCE_HIDE_INPUTS OPENINFERENCE_HIDE_OUTPUTS
unset OPENINFERENCE_HIDE_INPUT_MESSAGES OPENINFERENCE_HIDE_OUTPUT_MESSAGES
unset OPENINFERENCE_HIDE_INPUT_TEXT OPENINFERENCE_HIDE_OUTPUT_TEXT`,
    },
  },
}
