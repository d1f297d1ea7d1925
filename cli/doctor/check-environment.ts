// What the variables of this shell make exporters do. https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/

import type { Check } from './check.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Pure; one check for each variable that says something wrong, or one that says that all is well. */
export function checkEnvironment(env: Environment): Check[] {
  const problems = RULES.flatMap((rule): Check[] => {
    const found = rule(env)
    return found === null ? [] : [{ id: 'environment', status: 'problem', ...found }]
  })
  if (problems.length > 0) return problems
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT
  return [
    endpoint === undefined
      ? {
          id: 'environment',
          status: 'note',
          says: 'OTEL_EXPORTER_OTLP_ENDPOINT is not set in this shell.',
          advice:
            'Agents started from here send to where their code says, or to http://localhost:4318. Set it to be sure.',
        }
      : { id: 'environment', status: 'ok', says: `OTEL_EXPORTER_OTLP_ENDPOINT is ${endpoint}.`, advice: '' },
  ]
}

type Rule = (env: Environment) => Pick<Check, 'says' | 'advice'> | null

const RULES: readonly Rule[] = [
  ({ OTEL_SDK_DISABLED: value }) =>
    /^true$/i.test(value ?? '')
      ? { says: 'OTEL_SDK_DISABLED is true: no span is made.', advice: 'unset OTEL_SDK_DISABLED' }
      : null,
  ({ OTEL_TRACES_EXPORTER: value }) =>
    value !== undefined && value !== '' && !value.split(',').some((name) => name.trim() === 'otlp')
      ? {
          says: `OTEL_TRACES_EXPORTER is ${value}: spans go elsewhere, or nowhere.`,
          advice: 'export OTEL_TRACES_EXPORTER=otlp',
        }
      : null,
  ({ OTEL_TRACES_SAMPLER: value }) =>
    /always_off|ratio/.test(value ?? '')
      ? {
          says: `OTEL_TRACES_SAMPLER is ${value}: runs are left out, or lose their parts.`,
          advice: 'export OTEL_TRACES_SAMPLER=parentbased_always_on',
        }
      : null,
  (env) => {
    const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? env.OTEL_EXPORTER_OTLP_PROTOCOL
    const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT ?? ''
    if (protocol === 'grpc' && /:4318\b/.test(endpoint)) {
      return {
        says: `The protocol is grpc and the endpoint ${endpoint}, where HTTP is spoken.`,
        advice: `export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf # or the port 4317`,
      }
    }
    if (protocol?.startsWith('http') && /:4317\b/.test(endpoint)) {
      return {
        says: `The protocol is ${protocol} and the endpoint ${endpoint}, where gRPC is spoken.`,
        advice: `export OTEL_EXPORTER_OTLP_PROTOCOL=grpc # or the port 4318`,
      }
    }
    return null
  },
  ({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: value }) =>
    value !== undefined && URL.canParse(value) && new URL(value).pathname === '/'
      ? {
          says: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is ${value}, without a path: exporters take it as it is.`,
          advice: `export OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${value.replace(/\/+$/, '')}/v1/traces`,
        }
      : null,
  (env) => {
    const name = ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT'].find((key) => env[key])
    return name === undefined
      ? null
      : {
          says: `${name} is ${env[name]}: longer arguments and results are cut off, and count as not recorded.`,
          advice: `unset ${name}`,
        }
  },
]
