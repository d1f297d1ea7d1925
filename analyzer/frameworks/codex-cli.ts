import { ENDPOINT, type Framework } from './framework.ts'

export const codexCli: Framework = {
  id: 'codex-cli',
  name: 'Codex CLI',
  reportedAs: ['Codex CLI'],
  setup: [
    {
      title: '~/.codex/config.toml',
      language: 'toml',
      code: `[otel]
log_user_prompt = true

[otel.exporter.otlp-http]
endpoint = "${ENDPOINT}/v1/logs"
protocol = "binary"`,
    },
    {
      title: 'Sessions that are on your disk already',
      language: 'sh',
      code: 'npx tailrace import ~/.codex/sessions/*/*/*/rollout-*.jsonl',
    },
  ],
  captured: [
    'From log records: prompts, turns with tokens, calls with id, arguments and the beginning of the output. From rollouts: all of both.',
  ],
  limits: [
    'Spans of Codex hold lengths and no content: logs are what counts.',
    'Rollouts round the time of a tool to a tenth of a second; where there is none, a call is taken to start when it was asked for.',
    'An agent that Codex starts has a rollout of its own, and is a run of its own.',
  ],
  content: {
    byDefault: 'on',
    setting: {
      title: '~/.codex/config.toml',
      language: 'toml',
      code: `[otel]
log_user_prompt = true
# the whole output of tools: npx tailrace import ~/.codex/sessions/*/*/*/rollout-*.jsonl`,
    },
  },
}
