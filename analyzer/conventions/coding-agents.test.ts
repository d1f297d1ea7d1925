// What one span or one log record of a coding agent says. What they are together is tested in analyzer/runs.

import { describe, expect, test } from 'vitest'
import type { AttributeValue } from '../model/span.ts'
import { recordOf } from './index.ts'
import { factOf } from './log-table.ts'
import { type LogSketch, sketchLog } from './test-log.ts'
import { type SpanSketch, sketch } from './test-span.ts'

type Values = Readonly<Record<string, AttributeValue>>

describe('Claude Code', () => {
  const span = (type: string, attributes: Values, more: SpanSketch = {}) =>
    recordOf(sketch({ name: `claude_code.${type}`, attributes: { 'span.type': type, ...attributes }, ...more }))
  const log = (event: string, attributes: Values) =>
    factOf(sketchLog({ at: 0, event, body: `claude_code.${event}`, attributes }))

  test('a span type with or without its prefix', () => {
    expect(span('llm_request', {}).kind).toBe('model')
    expect(span('llm_request', { 'span.type': 'claude_code.llm_request' }).kind).toBe('model')
  })
  test('input tokens are those of the cache, too', () => {
    const tokens = { input_tokens: 3, cache_read_tokens: 90, cache_creation_tokens: 10 }
    expect(span('llm_request', tokens)).toMatchObject({ inputTokens: 103 })
    expect(log('api_request', tokens)).toMatchObject({ inputTokens: 103 })
  })
  test('a tool’s output is in an event, and its arguments are those that have a name: not all of them', () => {
    const edit = span(
      'tool',
      { tool_name: 'Edit', tool_use_id: 't1', file_path: '/a' },
      { events: [{ name: 'tool.output', attributes: { diff: '-a\n+b' } }] },
    )
    expect(edit).toMatchObject({
      tool: 'Edit',
      callId: 't1',
      arguments: { file_path: '/a' },
      result: '-a\n+b',
      isPartial: true,
    })
    expect(span('tool', { tool_name: 'Glob' })).toMatchObject({ arguments: undefined, isPartial: false })
  })
  test('a person is waited for only where a person decided', () => {
    expect(span('tool.blocked_on_user', { decision: 'accept', source: 'user_permanent' })).toMatchObject({
      part: 'wait',
    })
    expect(span('tool.blocked_on_user', { decision: 'accept', source: 'config' })).not.toHaveProperty('part')
    expect(span('tool.blocked_on_user', { decision: 'reject', source: 'user_reject' }).error).toBe(
      'rejected by the user',
    )
  })
  test('an execution says how it failed, and its status does not', () => {
    expect(span('tool.execution', { success: false, error: 'exit 1' })).toMatchObject({
      part: 'execution',
      error: 'exit 1',
    })
    expect(span('tool.execution', { success: true }).error).toBeNull()
  })
  test('a tool of an MCP server is named by the parameters', () => {
    const attributes = {
      tool_name: 'mcp_tool',
      tool_use_id: 't1',
      success: 'true',
      tool_parameters: '{"mcp_server_name":"weather","mcp_tool_name":"get"}',
      tool_input: '{"city":"Oslo"}',
    }
    expect(log('tool_result', attributes)).toMatchObject({
      tool: 'mcp__weather__get',
      arguments: { city: 'Oslo' },
      isPartial: false,
    })
    expect(log('tool_result', { ...attributes, tool_parameters: '' })).toMatchObject({ tool: 'mcp_tool' })
  })
  test('a value as long as the cut, or one inside another, may go on', () => {
    const withInput = (input: unknown) => log('tool_result', { tool_name: 'Write', tool_input: JSON.stringify(input) })
    expect(withInput({ content: 'x'.repeat(511) })).toMatchObject({ isPartial: false })
    expect(withInput({ content: 'x'.repeat(512) })).toMatchObject({ isPartial: true })
    expect(withInput({ edits: [{ old: 'a' }] })).toMatchObject({ isPartial: true })
  })
  test('hidden words are no words', () => {
    expect(log('user_prompt', { prompt: '<REDACTED>', prompt_length: 9 })).toMatchObject({ kind: 'prompt', text: '' })
    expect(span('interaction', { user_prompt: '<REDACTED>' })).toMatchObject({ kind: 'agent', input: [] })
  })
  test('a request body that was cut off, or written to a file, tells nothing', () => {
    expect(log('api_request_body', { body: '{"messages":[{"role":"us' })).toBeNull()
    expect(log('api_request_body', { body_ref: '/var/bodies/1.json' })).toBeNull()
  })
})

describe('Codex CLI', () => {
  const log = (event: string, attributes: Values, more: Partial<LogSketch> = {}) =>
    factOf(sketchLog({ at: 1000, event: `codex.${event}`, attributes, ...more }))

  test('only the end of a stream tells of a model call, not its pieces', () => {
    expect(log('sse_event', { 'event.kind': 'response.created', duration_ms: '5' })).toBeNull()
    expect(log('sse_event', { 'event.kind': 'response.completed', input_token_count: '7' })).toMatchObject({
      kind: 'model',
      phase: 'end',
      inputTokens: 7,
    })
  })
  test('an output of which only the beginning was logged is partial', () => {
    const result = (output: string) =>
      log('tool_result', { tool_name: 'shell', call_id: 'c1', success: 'true', output })
    expect(result('a\n[... telemetry preview truncated ...]')).toMatchObject({ isPartial: true })
    expect(result('a')).toMatchObject({ isPartial: false, result: 'a', error: null })
  })
  test('a decision is a person’s only if it says so', () => {
    expect(log('tool_decision', { call_id: 'c1', decision: 'denied', source: 'user' })).toMatchObject({
      isDenied: true,
      isPersons: true,
    })
    expect(log('tool_decision', { call_id: 'c1', decision: 'approved', source: 'config' })).toMatchObject({
      isDenied: false,
      isPersons: false,
    })
  })
  test('a prompt that was hidden', () => {
    expect(log('user_prompt', { prompt: '[REDACTED]' })).toMatchObject({ text: '' })
  })
})

describe('Gemini CLI', () => {
  const tool = (attributes: Values) =>
    recordOf(
      sketch({
        scope: 'gemini-cli',
        name: 'tool_call',
        attributes: { 'gen_ai.operation.name': 'tool_call', ...attributes },
      }),
    )

  test('a tool’s request and answer are in the attributes for messages; a long one is cut off and stays text', () => {
    const cut = '{"callId":"c1","args":{"content":"abc...[TRUNCATED: original length 20000]'
    expect(
      tool({ 'gen_ai.tool.name': 'write_file', 'gen_ai.tool.call_id': 'c1', 'gen_ai.input.messages': cut }),
    ).toMatchObject({
      tool: 'write_file',
      callId: 'c1',
      arguments: cut,
      result: undefined,
    })
  })
  test('a call that a person cancelled failed', () => {
    const answer = { status: 'cancelled', response: { responseParts: [], error: { message: 'by the user' } } }
    expect(tool({ 'gen_ai.output.messages': JSON.stringify(answer) }).error).toBe('by the user')
  })
})

describe('GitHub Copilot', () => {
  const tool = (attributes: Values) =>
    recordOf(
      sketch({
        scope: 'copilot-chat',
        attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'run', ...attributes },
      }),
    )

  test('an error is in the result', () => {
    expect(tool({ 'gen_ai.tool.call.result': 'ERROR: no such file' }).error).toBe('no such file')
  })
  test('the command is known without content, and nothing else', () => {
    expect(tool({ 'github.copilot.tool.parameters.command': 'ls' })).toMatchObject({
      arguments: { command: 'ls' },
      isPartial: true,
    })
    expect(tool({ 'gen_ai.tool.call.arguments': '{"command":"ls","cwd":"/"}' })).toMatchObject({
      arguments: { command: 'ls', cwd: '/' },
      isPartial: false,
    })
  })
})
