import { ENDPOINT, type Framework } from './framework.ts'

export const geminiCli: Framework = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  reportedAs: ['Gemini CLI'],
  setup: [
    {
      title: 'In the shell that starts gemini',
      language: 'sh',
      code: `export GEMINI_TELEMETRY_ENABLED=true GEMINI_TELEMETRY_TARGET=local
export GEMINI_TELEMETRY_OTLP_ENDPOINT=${ENDPOINT}
export GEMINI_TELEMETRY_OTLP_PROTOCOL=http
export GEMINI_TELEMETRY_TRACES_ENABLED=true GEMINI_TELEMETRY_LOG_PROMPTS=true`,
    },
  ],
  captured: ['Prompts, turns with tokens, calls with id, arguments and result.'],
  limits: ['Arguments and results are cut at 10,000 characters: what was cut off is not known.'],
  content: {
    byDefault: 'off',
    setting: {
      title: 'In the shell that starts gemini',
      language: 'sh',
      code: 'export GEMINI_TELEMETRY_TRACES_ENABLED=true GEMINI_TELEMETRY_LOG_PROMPTS=true',
    },
  },
}
