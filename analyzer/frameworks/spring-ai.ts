import { ENDPOINT, type Framework } from './framework.ts'

export const springAi: Framework = {
  id: 'spring-ai',
  name: 'Spring AI',
  reportedAs: ['Spring AI'],
  setup: [
    {
      title:
        'application.properties, with spring-boot-starter-actuator, micrometer-tracing-bridge-otel and opentelemetry-exporter-otlp',
      language: 'properties',
      code: `management.tracing.sampling.probability=1.0
management.otlp.tracing.endpoint=${ENDPOINT}/v1/traces
spring.ai.tools.observations.include-content=true`,
    },
  ],
  captured: ['Turns with tokens, calls with id, arguments and result.'],
  limits: [
    'Prompts and completions are only logged, not traced: what was in the prompt is not known, and nothing is claimed for values that may come from there.',
  ],
  content: {
    byDefault: 'off',
    setting: {
      title: 'application.properties',
      language: 'properties',
      code: 'spring.ai.tools.observations.include-content=true',
    },
  },
}
