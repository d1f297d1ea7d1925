import { ENDPOINT, type Framework } from './framework.ts'

export const langsmith: Framework = {
  id: 'langsmith',
  name: 'LangSmith',
  reportedAs: ['LangSmith SDK'],
  setup: [
    {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export LANGSMITH_TRACING=true
export LANGSMITH_TRACING_MODE=otel
export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}`,
    },
    {
      title: 'First thing in the program (TypeScript)',
      language: 'ts',
      code: `import { initializeOTEL } from 'langsmith/experimental/otel/setup'

initializeOTEL()`,
    },
  ],
  captured: [
    'Runs of `traceable` and of wrapped clients: turns with messages and tokens, calls with arguments and result.',
  ],
  limits: [
    "In JavaScript, what LangChain's callbacks trace is not sent: use OpenInference for LangChain and LangGraph.",
    'A failed tool has the status OK and an exception.',
    'Call ids are not on the tool spans: calls are linked to turns by their arguments.',
  ],
  content: {
    byDefault: 'on',
    setting: {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: 'unset LANGSMITH_HIDE_INPUTS LANGSMITH_HIDE_OUTPUTS',
    },
  },
}
