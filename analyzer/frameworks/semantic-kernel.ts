import { ENDPOINT, type Framework } from './framework.ts'

export const semanticKernel: Framework = {
  id: 'semantic-kernel',
  name: 'Semantic Kernel',
  reportedAs: ['Semantic Kernel'],
  setup: [
    {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export SEMANTICKERNEL_EXPERIMENTAL_GENAI_ENABLE_OTEL_DIAGNOSTICS_SENSITIVE=true`,
    },
    {
      title: 'In C#, before the kernel is built',
      language: 'csharp',
      code: `AppContext.SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive", true);
using var tracing = Sdk.CreateTracerProviderBuilder()
    .AddSource("Microsoft.SemanticKernel*")
    .AddOtlpExporter()
    .Build();`,
    },
  ],
  captured: ['Functions as calls with arguments and result, turns with tokens.'],
  limits: [
    'Messages of the model come as log records: send logs to the same address.',
    'Names of tools are `plugin-function`.',
  ],
  content: {
    byDefault: 'off',
    setting: {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: 'export SEMANTICKERNEL_EXPERIMENTAL_GENAI_ENABLE_OTEL_DIAGNOSTICS_SENSITIVE=true',
    },
  },
}
