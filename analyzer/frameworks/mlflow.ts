import { ENDPOINT, type Framework } from './framework.ts'

export const mlflow: Framework = {
  id: 'mlflow',
  name: 'MLflow',
  reportedAs: ['MLflow'],
  setup: [
    {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${ENDPOINT}/v1/traces
export OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf`,
    },
    {
      title: 'First thing in the program (Python), for the library that you use',
      language: 'python',
      code: `import mlflow

mlflow.langchain.autolog()`,
    },
  ],
  captured: [
    'Spans of every type that MLflow traces: turns with messages and tokens, calls with arguments and result.',
  ],
  limits: ['Call ids are not on the tool spans: calls are linked to turns by their arguments.'],
  content: {
    byDefault: 'on',
    setting: {
      title: 'Where a span is made by hand (Python)',
      language: 'python',
      code: `@mlflow.trace(span_type="TOOL")  # inputs and outputs are recorded
def get_weather(city: str): ...`,
    },
  },
}
