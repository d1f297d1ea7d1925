import { ENDPOINT, type Framework } from './framework.ts'

export const githubCopilot: Framework = {
  id: 'github-copilot',
  name: 'GitHub Copilot',
  reportedAs: ['GitHub Copilot'],
  setup: [
    {
      title: 'In the shell that starts VS Code or copilot',
      language: 'sh',
      code: `export COPILOT_OTEL_ENABLED=true
export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}
export COPILOT_OTEL_CAPTURE_CONTENT=true # VS Code
export OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true # Copilot CLI`,
    },
  ],
  captured: ['Agents and sub-agents, turns with messages and tokens, calls with id, arguments and result.'],
  limits: [
    'Long values are cut at 64,000 characters unless `COPILOT_OTEL_MAX_ATTRIBUTE_LENGTH` says otherwise.',
    'A failed tool has `ERROR: ...` as its result.',
  ],
  content: {
    byDefault: 'off',
    setting: {
      title: 'In the shell that starts VS Code or copilot',
      language: 'sh',
      code: `export COPILOT_OTEL_CAPTURE_CONTENT=true # VS Code
export OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true # Copilot CLI`,
    },
  },
}
