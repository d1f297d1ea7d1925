// Telemetry in which something is never captured: the calls are there all the same.

import { describe, expect, test } from 'vitest'
import { buildRuns } from './index.ts'
import {
  agent,
  chat,
  executes,
  failure,
  isFailed,
  json,
  openinferenceRoot,
  openinferenceTool,
} from './test-dialects.ts'
import { play, textOf } from './test-scenario.ts'

describe('telemetry that has neither arguments nor results', () => {
  test('AutoGen’s own, and CrewAI’s own', () => {
    const [autogen] = buildRuns(
      play({
        scope: 'autogen-core',
        root: agent,
        model: (turn) => ({ name: 'chat m', attributes: chat(turn) }),
        tool: (ask) => ({ name: `execute_tool ${ask.tool}`, attributes: executes(ask) }),
      }),
    )
    expect(autogen).toMatchObject({ framework: 'AutoGen' })
    expect(autogen!.calls.map(({ arguments: args, result }) => [args, result])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
    ])

    const [crew] = buildRuns(
      play({
        scope: 'crewai.telemetry',
        root: { name: 'Crew Created', attributes: {} },
        model: () => ({ name: 'Task Execution', attributes: {} }),
        tool: (ask) => ({
          name: isFailed(ask) ? 'Tool Usage Error' : 'Tool Usage',
          attributes: { tool_name: ask.tool, attempts: 1 },
        }),
      }),
    )
    expect(crew!.calls.map(({ tool, status, arguments: args }) => [tool, status, args])).toEqual([
      ['get_weather', 'ok', undefined],
      ['get_weather', 'ok', undefined],
      ['book_flight', 'error', undefined],
    ])
  })

  test('Spring AI and the Claude Agent SDK keep the calls without prompts or turns', () => {
    const [spring] = buildRuns(
      play({
        scope: 'org.springframework.boot',
        root: { name: 'chat_client', attributes: { 'spring.ai.kind': 'chat_client', 'gen_ai.system': 'spring_ai' } },
        model: (turn) => ({ name: 'chat m', attributes: { ...chat(turn), 'gen_ai.system': 'openai' } }),
        tool: (ask) => ({
          name: `tool_call ${ask.tool}`,
          attributes: {
            'gen_ai.operation.name': 'execute_tool',
            'gen_ai.system': 'spring_ai',
            'spring.ai.kind': 'tool_call',
            'spring.ai.tool.definition.name': ask.tool,
            'spring.ai.tool.call.id': ask.id,
            'spring.ai.tool.call.arguments': json(ask.args),
            'spring.ai.tool.call.result': textOf(ask),
          },
          ...failure(ask),
        }),
      }),
    )
    expect(spring!.calls.map(({ callId, turn, turnRule, arguments: args }) => [callId, turn, turnRule, args])).toEqual([
      ['call_A1', 0, 'before', { city: 'Paris' }],
      ['call_A2', 0, 'before', { city: 'London' }],
      ['call_B1', 1, 'before', { from: 'London', to: 'Paris' }],
    ])
    const [claude] = buildRuns(
      play({
        scope: '@arizeai/openinference-instrumentation-claude-agent-sdk',
        root: openinferenceRoot('ClaudeAgent.query'),
        model: () => ({ name: 'ClaudeAgent.turn', attributes: { 'openinference.span.kind': 'CHAIN' } }),
        tool: (ask) => openinferenceTool(ask, { 'tool.id': ask.id, 'tool.parameters': json(ask.args) }),
      }),
    )
    expect(claude).toMatchObject({ framework: 'Claude Agent SDK', turns: [] })
    expect(claude!.calls.map(({ callId, turnRule, arguments: args }) => [callId, turnRule, args])).toEqual([
      ['call_A1', 'none', { city: 'Paris' }],
      ['call_A2', 'none', { city: 'London' }],
      ['call_B1', 'none', { from: 'London', to: 'Paris' }],
    ])
  })
})
