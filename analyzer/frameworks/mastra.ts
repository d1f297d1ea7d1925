import { ENDPOINT, type Framework } from './framework.ts'

export const mastra: Framework = {
  id: 'mastra',
  name: 'Mastra',
  reportedAs: ['Mastra'],
  setup: [
    {
      title: 'Where Mastra is made (TypeScript)',
      language: 'ts',
      code: `import { Observability } from '@mastra/observability'
import { OtelExporter } from '@mastra/otel-exporter'

const exporter = new OtelExporter({ provider: { custom: { endpoint: '${ENDPOINT}/v1/traces', protocol: 'http/json' } } })
new Mastra({ ..., observability: new Observability({ configs: { otel: { serviceName: 'agent', exporters: [exporter] } } }) })`,
    },
  ],
  captured: ['Agent runs, steps, turns, calls with id, arguments and result.'],
  limits: [
    'The span of a model call stays open until its tools are done: the time of the model is what they do not cover.',
    'Results inside messages are abbreviated after the first turn.',
  ],
  content: {
    byDefault: 'on',
    setting: {
      title: 'Where Mastra is made (TypeScript): leave the inputs and outputs of spans in',
      language: 'ts',
      code: `// In the observability configuration: no span processor that removes \`input\` and \`output\`,
// and no hideInput or hideOutput in tracingOptions.`,
    },
  },
}
