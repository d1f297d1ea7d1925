import { ENDPOINT, type Framework } from './framework.ts'

export const pydanticAi: Framework = {
  id: 'pydantic-ai',
  name: 'Pydantic AI',
  reportedAs: ['Pydantic AI'],
  setup: [
    {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`,
    },
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `import logfire
from pydantic_ai import Agent

logfire.configure(send_to_logfire=False)
logfire.instrument_pydantic_ai()`,
    },
  ],
  captured: ['Runs, turns with messages and tokens, calls with id, arguments and result.'],
  limits: ['Output functions such as `final_result` are calls too.'],
  content: {
    byDefault: 'on',
    setting: {
      title: 'Where instrumentation is set up (Python)',
      language: 'python',
      code: `from pydantic_ai.models.instrumented import InstrumentationSettings

Agent.instrument_all(InstrumentationSettings(include_content=True))`,
    },
  },
}
