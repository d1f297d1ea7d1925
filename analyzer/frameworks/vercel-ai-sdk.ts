import { ENDPOINT, type Framework } from './framework.ts'

export const vercelAiSdk: Framework = {
  id: 'vercel-ai-sdk',
  name: 'Vercel AI SDK',
  reportedAs: ['Vercel AI SDK'],
  setup: [
    {
      title: 'AI SDK 7: first thing in the program (TypeScript)',
      language: 'ts',
      code: `import { registerTelemetry } from 'ai'
import { OpenTelemetry } from '@ai-sdk/otel'
import { NodeSDK } from '@opentelemetry/sdk-node'
process.env.OTEL_EXPORTER_OTLP_ENDPOINT ??= '${ENDPOINT}'
new NodeSDK().start()
registerTelemetry(new OpenTelemetry())`,
    },
    {
      title: 'AI SDK 4 to 6: the same without the lines on telemetry, and in each call (TypeScript)',
      language: 'ts',
      code: "generateText({ ..., experimental_telemetry: { isEnabled: true, functionId: 'my-agent' } })",
    },
  ],
  captured: [
    'Turns with messages and tokens, calls with id, arguments, result and error, as parts of a run for each call of `generateText` or `streamText`.',
  ],
  limits: [
    'AI SDK 4: a tool that throws ends the whole call, and its span holds no result.',
    'In AI SDK 4 to 6, `recordOutputs: false` hides the arguments of tools too.',
  ],
  content: {
    // All versions record both wherever telemetry is on: 7 once registered, 4 to 6 with `isEnabled`.
    byDefault: 'on',
    setting: {
      title: 'In the call (TypeScript)',
      language: 'ts',
      code: `// AI SDK 7
generateText({ ..., telemetry: { recordInputs: true, recordOutputs: true } })
// AI SDK 4 to 6
generateText({ ..., experimental_telemetry: { isEnabled: true, recordInputs: true, recordOutputs: true } })`,
    },
  },
}
