import { ENDPOINT, type Framework } from './framework.ts'

export const langchain: Framework = {
  id: 'langchain',
  name: 'LangChain and LangGraph',
  reportedAs: ['LangChain', 'LangGraph'],
  setup: [
    {
      title: 'First thing in the program (TypeScript)',
      language: 'ts',
      code: `import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain'
import * as callbackManager from '@langchain/core/callbacks/manager'
import { NodeSDK } from '@opentelemetry/sdk-node'
process.env.OTEL_EXPORTER_OTLP_ENDPOINT ??= '${ENDPOINT}'
new NodeSDK().start()
new LangChainInstrumentation().manuallyInstrument(callbackManager)`,
    },
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `# pip install arize-phoenix-otel openinference-instrumentation-langchain
from phoenix.otel import register

register(endpoint="${ENDPOINT}/v1/traces", protocol="http/protobuf", batch=True, auto_instrument=True)`,
    },
  ],
  captured: [
    'Graph nodes, turns with messages and tokens, calls with arguments, result and error. Subgraphs are runs of their own.',
  ],
  limits: [
    "The JavaScript instrumentation unwraps a single text argument: it is taken from the model's request again.",
    'Call ids are only inside of results; calls are linked by those, by `langgraph_step` and by their arguments.',
    'The JavaScript SDK keeps 128 attributes of a span: long chats lose output messages. Set `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT=10000`.',
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
