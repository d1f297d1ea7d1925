// Agents inside agents, as each framework writes them: a call of the outer run, and a run of its own.

import { describe, expect, test } from 'vitest'
import { sketchLog } from '../conventions/test-log.ts'
import { sketch } from '../conventions/test-span.ts'
import type { LogRecord } from '../model/log.ts'
import type { AttributeValue, Span } from '../model/span.ts'
import { buildRuns } from './index.ts'
import { agent, chat, tool } from './test-agent.ts'

type Values = Readonly<Record<string, AttributeValue>>

/** Per run: its name, its turns, and its calls with the name of the run inside each. */
function shape(spans: readonly Span[], logs: readonly LogRecord[] = []) {
  const runs = buildRuns(spans, logs)
  const nameOf = (id: string | null) => runs.find((run) => run.runId === id)?.name
  return runs.map((run) => ({
    name: run.name,
    inside: nameOf(run.parentRunId),
    turns: run.turns.length,
    calls: run.calls.map((call) => [
      call.tool,
      call.turn,
      ...(call.childRunId === null ? [] : [nameOf(call.childRunId)]),
    ]),
  }))
}

test('an agent as a tool', () => {
  expect(
    shape([
      agent('a', 'outer', [0, 1000]),
      chat('1', [0, 100], { asks: [['c1', 'research', {}]] }, { parent: 'a' }),
      tool('2', 'research', [100, 900], { callId: 'c1' }, { parent: 'a' }),
      agent('b', 'researcher', [110, 890], { parent: '2' }),
      chat('3', [110, 200], { asks: [['c2', 'search', {}]] }, { parent: 'b' }),
      tool('4', 'search', [200, 800], { callId: 'c2' }, { parent: 'b' }),
      chat('5', [900, 1000], {}, { parent: 'a' }),
    ]),
  ).toEqual([
    { name: 'outer', inside: undefined, turns: 2, calls: [['research', 0, 'researcher']] },
    { name: 'researcher', inside: 'outer', turns: 1, calls: [['search', 0]] },
  ])
})

describe('Claude Code', () => {
  const cc = (
    id: string,
    parent: string | undefined,
    type: string,
    [from, to]: readonly [number, number],
    more: Values = {},
  ) =>
    sketch({
      id,
      ...(parent === undefined ? {} : { parent }),
      name: `claude_code.${type}`,
      from,
      to,
      attributes: { 'span.type': type, 'session.id': 's', ...more },
    })

  test('a sub-agent’s spans are inside the Agent tool’s', () => {
    expect(
      shape([
        cc('a', undefined, 'interaction', [0, 1000]),
        cc('1', 'a', 'llm_request', [0, 100]),
        cc('2', 'a', 'tool', [100, 900], { tool_name: 'Agent', tool_use_id: 't1', subagent_type: 'Explore' }),
        cc('3', '2', 'tool.execution', [100, 900], { success: true }),
        cc('4', '3', 'llm_request', [110, 200], { agent_id: 'x' }),
        cc('5', '3', 'tool', [200, 300], { tool_name: 'Grep', tool_use_id: 't2' }),
        cc('6', '3', 'llm_request', [300, 890], { agent_id: 'x' }),
        cc('7', 'a', 'llm_request', [900, 1000]),
      ]),
    ).toEqual([
      { name: 'Claude Code', inside: undefined, turns: 2, calls: [['Agent', 0, 'Agent']] },
      { name: 'Agent', inside: 'Claude Code', turns: 2, calls: [['Grep', 0]] },
    ])
  })

  const log = (at: number, event: string, attributes: Values) =>
    sketchLog({ at, event, body: `claude_code.${event}`, attributes: { 'session.id': 's', ...attributes } })
  const request = (from: number, to: number, more: Values = {}) =>
    log(to, 'api_request', { duration_ms: to - from, model: 'm', ...more })
  const result = (from: number, to: number, tool_name: string, tool_use_id: string, more: Values = {}) =>
    log(to, 'tool_result', { duration_ms: to - from, tool_name, tool_use_id, success: 'true', ...more })

  test('log records alone: while a tool runs, only its sub-agent calls a model', () => {
    expect(
      shape(
        [],
        [
          log(0, 'user_prompt', { prompt: 'Hi' }),
          request(0, 100),
          request(110, 200),
          result(200, 300, 'Grep', 't2'),
          request(300, 890),
          result(100, 900, 'Task', 't1'),
          request(900, 1000),
        ],
      ),
    ).toEqual([
      { name: 'Claude Code', inside: undefined, turns: 2, calls: [['Task', 0, 'Task']] },
      { name: 'Task', inside: 'Claude Code', turns: 2, calls: [['Grep', 0]] },
    ])
  })
  test('log records alone: two sub-agents side by side are told apart by their ids', () => {
    const [x, y] = [{ agent_id: 'x' }, { agent_id: 'y' }]
    expect(
      shape(
        [],
        [
          request(0, 100),
          request(110, 200, x),
          request(115, 210, y),
          result(200, 300, 'Grep', 't3', x),
          result(210, 310, 'Glob', 't4', y),
          result(100, 400, 'Task', 't1'),
          result(105, 500, 'Task', 't2'),
          request(510, 600),
        ],
      ),
    ).toEqual([
      {
        name: 'Claude Code',
        inside: undefined,
        turns: 2,
        calls: [
          ['Task', 0, 'Task'],
          ['Task', 0, 'Task'],
        ],
      },
      { name: 'Task', inside: 'Claude Code', turns: 1, calls: [['Grep', 0]] },
      { name: 'Task', inside: 'Claude Code', turns: 1, calls: [['Glob', 0]] },
    ])
  })
  test('log records alone: each prompt is a run, and tools that overlap are not inside one another', () => {
    expect(
      shape(
        [],
        [
          log(0, 'user_prompt', { prompt: 'Hi' }),
          request(0, 100),
          result(100, 400, 'Read', 't1'),
          result(110, 200, 'Read', 't2'),
          request(400, 500),
          log(5000, 'user_prompt', { prompt: 'More' }),
          request(5000, 5100),
          result(5100, 5200, 'Bash', 't3'),
        ],
      ),
    ).toEqual([
      {
        name: 'Claude Code',
        inside: undefined,
        turns: 2,
        calls: [
          ['Read', 0],
          ['Read', 0],
        ],
      },
      { name: 'Claude Code', inside: undefined, turns: 1, calls: [['Bash', 0]] },
    ])
  })
})

test('GitHub Copilot: runSubagent', () => {
  const in_ = (parent: string) => ({ parent, scope: 'copilot-chat' })
  expect(
    shape([
      agent('a', 'copilot', [0, 1000], { scope: 'copilot-chat' }),
      chat('1', [0, 100], { asks: [['c1', 'runSubagent', {}]] }, in_('a')),
      tool('2', 'runSubagent', [100, 900], { callId: 'c1' }, in_('a')),
      agent('b', 'Explore', [110, 890], in_('2')),
      chat('3', [110, 200], { asks: [['c2', 'readFile', {}]] }, in_('b')),
      tool('4', 'readFile', [200, 300], { callId: 'c2' }, in_('b')),
      chat('5', [900, 1000], {}, in_('a')),
    ]),
  ).toEqual([
    { name: 'copilot', inside: undefined, turns: 2, calls: [['runSubagent', 0, 'Explore']] },
    { name: 'Explore', inside: 'copilot', turns: 1, calls: [['readFile', 0]] },
  ])
})

const openinference =
  (instrumentation: string) =>
  (
    id: string,
    parent: string | undefined,
    kind: string,
    name: string,
    [from, to]: readonly [number, number],
    more: Values = {},
  ) =>
    sketch({
      id,
      ...(parent === undefined ? {} : { parent }),
      name,
      scope: `@arizeai/openinference-instrumentation-${instrumentation}`,
      from,
      to,
      attributes: { 'openinference.span.kind': kind, ...more },
    })

test('OpenAI Agents: an agent that is handed over to is beside the one that did, inside the workflow', () => {
  const oi = openinference('openai-agents')
  const asks = (name: string) => ({ 'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': name })
  expect(
    shape([
      oi('w', undefined, 'AGENT', 'Travel workflow', [0, 1000]),
      oi('g', 'w', 'CHAIN', 'Agent workflow', [0, 1000]),
      oi('a', 'g', 'AGENT', 'Triage', [0, 300]),
      oi('1', 'a', 'LLM', 'response', [0, 200], asks('transfer_to_booking')),
      oi('2', 'a', 'TOOL', 'handoff to Booking', [200, 210], { 'tool.name': 'transfer_to_booking' }),
      oi('b', 'g', 'AGENT', 'Booking', [300, 1000]),
      oi('3', 'b', 'LLM', 'response', [300, 400], asks('book')),
      oi('4', 'b', 'TOOL', 'book', [400, 900], { 'tool.name': 'book' }),
    ]),
  ).toEqual([
    {
      name: 'Travel workflow',
      inside: undefined,
      turns: 0,
      calls: [
        ['Triage', -1, 'Triage'],
        ['Booking', -1, 'Booking'],
      ],
    },
    { name: 'Triage', inside: 'Travel workflow', turns: 1, calls: [['transfer_to_booking', 0]] },
    { name: 'Booking', inside: 'Travel workflow', turns: 1, calls: [['book', 0]] },
  ])
})

test('LangGraph: a graph inside a node of another', () => {
  const oi = openinference('langchain')
  const at = (langgraph_step: number, node: string) => ({
    metadata: JSON.stringify({ thread_id: 't', langgraph_step, langgraph_node: node }),
  })
  expect(
    shape([
      oi('a', undefined, 'CHAIN', 'LangGraph', [0, 1000], { metadata: '{"thread_id":"t"}' }),
      oi('1', 'a', 'CHAIN', 'plan', [0, 100], at(1, 'plan')),
      oi('2', '1', 'LLM', 'ChatOpenAI', [0, 100], at(1, 'plan')),
      oi('3', 'a', 'CHAIN', 'research', [100, 900], at(2, 'research')),
      oi('b', '3', 'CHAIN', 'LangGraph', [100, 900], at(2, 'research')),
      oi('4', 'b', 'CHAIN', 'agent', [100, 200], at(1, 'agent')),
      oi('5', '4', 'LLM', 'ChatOpenAI', [100, 200], at(1, 'agent')),
      oi('6', 'b', 'CHAIN', 'tools', [200, 800], at(2, 'tools')),
      oi('7', '6', 'TOOL', 'search', [200, 800], { 'tool.name': 'search', ...at(2, 'tools') }),
    ]),
  ).toEqual([
    { name: 'LangGraph', inside: undefined, turns: 1, calls: [['LangGraph', 0, 'LangGraph']] },
    { name: 'LangGraph', inside: 'LangGraph', turns: 1, calls: [['search', 0]] },
  ])
})

test('Google ADK: an agent that is transferred to runs inside the model call of the one that did', () => {
  const adk = (
    id: string,
    parent: string | undefined,
    name: string,
    [from, to]: readonly [number, number],
    more: Values = {},
  ) =>
    sketch({
      id,
      ...(parent === undefined ? {} : { parent }),
      name,
      scope: 'gcp.vertex.agent',
      from,
      to,
      attributes: more,
    })
  const invoke = (name: string) => ({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': name })
  const model = { 'gen_ai.system': 'gcp.vertex.agent', 'gen_ai.request.model': 'gemini-3-pro' }
  const execute = (name: string, id: string) => ({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': name,
    'gen_ai.tool.call.id': id,
  })
  expect(
    shape([
      adk('r', undefined, 'invocation', [0, 1000]),
      adk('a', 'r', 'invoke_agent root', [0, 1000], invoke('root')),
      adk('1', 'a', 'call_llm', [0, 1000], model),
      adk('2', '1', 'execute_tool transfer_to_agent', [200, 210], execute('transfer_to_agent', 'c1')),
      adk('b', '1', 'invoke_agent booker', [220, 990], invoke('booker')),
      adk('3', 'b', 'call_llm', [220, 900], model),
      adk('4', '3', 'execute_tool book', [400, 900], execute('book', 'c2')),
    ]),
  ).toEqual([
    {
      name: 'root',
      inside: undefined,
      turns: 1,
      calls: [
        ['transfer_to_agent', 0],
        ['booker', 0, 'booker'],
      ],
    },
    { name: 'booker', inside: 'root', turns: 1, calls: [['book', 0]] },
  ])
})
