import { ENDPOINT, type Framework } from './framework.ts'

export const llamaindex: Framework = {
  id: 'llamaindex',
  name: 'LlamaIndex',
  reportedAs: ['LlamaIndex'],
  setup: [
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `# pip install arize-phoenix-otel openinference-instrumentation-llama-index
from phoenix.otel import register

register(endpoint="${ENDPOINT}/v1/traces", protocol="http/protobuf", batch=True, auto_instrument=True)`,
    },
  ],
  captured: ['Turns with messages and tokens, calls with arguments and result.'],
  limits: ['Call ids are not on the tool spans: calls are linked to turns by their arguments.'],
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
