// OpenTelemetry's GenAI conventions and SDKs that write little else, of which there is no capture, each spelled by hand: all must give the same run (test-scenario.ts).

import type { Json } from '../model/json.ts'
import {
  agent,
  chat,
  describeDialects,
  executes,
  failure,
  isFailed,
  json,
  plainTool,
  semconv,
} from './test-dialects.ts'
import { answerOf, asChat, type Said } from './test-scenario.ts'

describeDialects({
  'OTel GenAI 1.27: prompt and completion in span events, tools without content': {
    framework: 'OpenTelemetry GenAI',
    convention: 'otel-genai',
    rule: 'call-id',
    scope: 'app',
    root: agent,
    model: (turn) => ({
      name: 'chat m',
      attributes: {
        'gen_ai.system': 'openai',
        'gen_ai.request.model': 'm',
        'gen_ai.usage.prompt_tokens': turn.tokens[0],
        'gen_ai.usage.completion_tokens': turn.tokens[1],
      },
      events: [
        { name: 'gen_ai.content.prompt', attributes: { 'gen_ai.prompt': json(asChat(turn.given)) } },
        { name: 'gen_ai.content.completion', attributes: { 'gen_ai.completion': json(asChat([answerOf(turn)])) } },
      ],
    }),
    tool: (ask) => ({ name: `execute_tool ${ask.tool}`, attributes: executes(ask), ...failure(ask) }),
  },
  'OTel GenAI 1.36: a span event for each message': {
    framework: 'OpenTelemetry GenAI',
    convention: 'otel-genai',
    rule: 'call-id',
    scope: 'app',
    root: agent,
    model: (turn) => ({
      name: 'chat m',
      attributes: { ...chat(turn), 'gen_ai.system': 'openai' },
      events: [
        ...turn.given.map((said) => ({
          name: `gen_ai.${said.role}.message`,
          attributes: {
            content: said.text,
            ...(said.asks.length > 0
              ? { tool_calls: json((asChat([said])[0] as { tool_calls: Json }).tool_calls) }
              : {}),
            ...(said.answers ? { id: said.answers.id } : {}),
          },
        })),
        { name: 'gen_ai.choice', attributes: { index: 0, message: json(asChat([answerOf(turn)])[0]!) } },
      ],
    }),
    tool: (ask) => ({ name: `execute_tool ${ask.tool}`, attributes: executes(ask), ...failure(ask) }),
  },
  'OTel GenAI 1.41': {
    framework: 'OpenTelemetry GenAI',
    convention: 'otel-genai',
    rule: 'call-id',
    scope: 'app',
    root: agent,
    model: (turn) => ({ name: 'chat m', attributes: semconv(turn) }),
    tool: plainTool,
  },
  'Pydantic AI 2: own names, results as the user’s messages': {
    framework: 'Pydantic AI',
    convention: 'pydantic-ai',
    rule: 'call-id',
    scope: 'pydantic-ai',
    root: { name: 'agent run', attributes: { agent_name: 'travel' } },
    model: (turn) => ({ name: 'chat m', attributes: semconv(turn, 'result', 'user') }),
    tool: (ask) => ({
      name: 'running tool',
      attributes: {
        'gen_ai.tool.name': ask.tool,
        'gen_ai.tool.call.id': ask.id,
        tool_arguments: json(ask.args),
        ...(isFailed(ask) ? {} : { tool_response: json(ask.result!) }),
      },
      ...failure(ask),
    }),
  },
  'Pydantic AI 5': {
    framework: 'Pydantic AI',
    convention: 'pydantic-ai',
    rule: 'call-id',
    scope: 'pydantic-ai',
    root: agent,
    model: (turn) => ({ name: 'chat m', attributes: semconv(turn, 'result', 'user') }),
    tool: plainTool,
  },
  'Strands in Python: content in span events': {
    framework: 'Strands Agents',
    convention: 'strands',
    rule: 'call-id',
    scope: 'strands.telemetry.tracer',
    root: agent,
    model: (turn) => {
      const blocks = ({ text, asks, answers }: Said): Json[] => [
        ...(answers
          ? [{ toolResult: { toolUseId: answers.id, status: 'success', content: [{ text }] } }]
          : text === ''
            ? []
            : [{ text }]),
        ...asks.map(({ id, tool, args }) => ({ toolUse: { toolUseId: id, name: tool, input: args } })),
      ]
      return {
        name: 'chat',
        attributes: chat(turn),
        events: [
          ...turn.given.map((said) => ({
            name: `gen_ai.${said.role}.message`,
            attributes: { content: json(blocks(said)) },
          })),
          { name: 'gen_ai.choice', attributes: { finish_reason: 'tool_use', message: json(blocks(answerOf(turn))) } },
        ],
      }
    },
    tool: (ask) => ({
      name: `execute_tool ${ask.tool}`,
      attributes: { ...executes(ask), 'tool.status': isFailed(ask) ? 'error' : 'success' },
      events: [
        { name: 'gen_ai.tool.message', attributes: { role: 'tool', content: json(ask.args), id: ask.id } },
        ...(isFailed(ask)
          ? []
          : [{ name: 'gen_ai.choice', attributes: { message: json([{ json: ask.result! }]), id: ask.id } }]),
      ],
      ...failure(ask),
    }),
  },
  'Microsoft Agent Framework': {
    framework: 'Microsoft Agent Framework',
    convention: 'microsoft',
    rule: 'call-id',
    scope: 'agent_framework',
    root: agent,
    model: (turn) => ({ name: 'chat m', attributes: semconv(turn) }),
    tool: plainTool,
  },
  'Semantic Kernel: messages in span events': {
    framework: 'Semantic Kernel',
    convention: 'microsoft',
    rule: 'call-id',
    scope: 'Microsoft.SemanticKernel.Diagnostics',
    root: agent,
    model: (turn) => ({
      name: 'chat.completions m',
      attributes: chat(turn),
      events: [
        ...turn.given.map((said) => ({
          name: `gen_ai.${said.role}.message`,
          attributes: { 'gen_ai.event.content': json(asChat([said])[0]!) },
        })),
        {
          name: 'gen_ai.choice',
          attributes: { 'gen_ai.event.content': json({ index: 0, message: asChat([answerOf(turn)])[0]! }) },
        },
      ],
    }),
    tool: plainTool,
  },
})
