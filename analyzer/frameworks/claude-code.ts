import { ENDPOINT, type Framework } from './framework.ts'

export const claudeCode: Framework = {
  id: 'claude-code',
  name: 'Claude Code',
  reportedAs: ['Claude Code'],
  setup: [
    {
      title: 'In the shell that starts claude',
      language: 'sh',
      code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export CLAUDE_CODE_ENABLE_TELEMETRY=1 CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1
export OTEL_TRACES_EXPORTER=otlp OTEL_LOGS_EXPORTER=otlp
export OTEL_LOG_TOOL_DETAILS=1 OTEL_LOG_TOOL_CONTENT=1 OTEL_LOG_USER_PROMPTS=1`,
    },
    {
      title: 'Sessions that are on your disk already',
      language: 'sh',
      code: 'npx tailrace import ~/.claude/projects/*/*.jsonl',
    },
  ],
  captured: [
    'From telemetry: prompts, turns with tokens, calls with id, time and the wait for your permission; with the settings above arguments and results, cut at some length. From transcripts: all arguments and results.',
  ],
  limits: [
    'In telemetry, values of arguments are cut at 512 characters and results at 60 KB; turns do not say which calls they asked for, so calls are linked by time.',
    'In transcripts a message has the time at which it was complete: a call is taken to start when it was asked for, and a wait for permission is part of it.',
    'Sub-agents in files of their own: import those too (`~/.claude/projects/*/*/subagents/*.jsonl`).',
  ],
  content: {
    byDefault: 'off',
    setting: {
      title: 'In the shell that starts claude',
      language: 'sh',
      code: `export OTEL_LOG_TOOL_DETAILS=1 OTEL_LOG_TOOL_CONTENT=1 OTEL_LOG_USER_PROMPTS=1
# or, with everything: npx tailrace import ~/.claude/projects/*/*.jsonl`,
    },
  },
}
