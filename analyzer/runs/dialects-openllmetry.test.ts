// OpenLLMetry's instrumentations, of which there is no capture, each spelled by hand: all must give the same run (test-scenario.ts).

import { describe, expect, test } from 'vitest'
import { buildRuns } from './index.ts'
import { chat, describeDialects, failure, flattened, isFailed, json, semconv } from './test-dialects.ts'
import { answerOf, play, type Said, textOf } from './test-scenario.ts'

describeDialects({
  'OpenLLMetry, indexed attributes and decorators': {
    framework: 'OpenLLMetry',
    convention: 'traceloop',
    rule: 'arguments',
    scope: 'opentelemetry.instrumentation.openai.v1',
    root: { name: 'travel.agent', attributes: { 'traceloop.span.kind': 'agent', 'traceloop.entity.name': 'travel' } },
    model: (turn) => {
      const fields = ({ role, text, asks, answers }: Said) => ({
        role,
        content: text,
        ...(answers ? { tool_call_id: answers.id } : {}),
        ...Object.fromEntries(
          asks.flatMap(({ id, tool, args }, k) => [
            [`tool_calls.${k}.id`, id],
            [`tool_calls.${k}.name`, tool],
            [`tool_calls.${k}.arguments`, json(args)],
          ]),
        ),
      })
      return {
        name: 'openai.chat',
        attributes: {
          'llm.request.type': 'chat',
          'gen_ai.request.model': 'm',
          'gen_ai.usage.prompt_tokens': turn.tokens[0],
          'gen_ai.usage.completion_tokens': turn.tokens[1],
          ...flattened('gen_ai.prompt', turn.given, fields),
          ...flattened('gen_ai.completion', [answerOf(turn)], fields),
        },
      }
    },
    tool: (ask) => ({
      name: `${ask.tool}.tool`,
      attributes: {
        'traceloop.span.kind': 'tool',
        'traceloop.entity.name': ask.tool,
        'traceloop.entity.input': json({ args: Object.values(ask.args), kwargs: {} }),
        ...(isFailed(ask) ? {} : { 'traceloop.entity.output': json(ask.result!) }),
      },
      ...failure(ask),
    }),
  },
  'LangChain by OpenLLMetry in Python': {
    framework: 'LangChain',
    convention: 'traceloop',
    rule: 'arguments',
    scope: 'opentelemetry.instrumentation.langchain',
    root: {
      name: 'travel.workflow',
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        'traceloop.span.kind': 'workflow',
        'traceloop.entity.name': 'travel',
      },
    },
    model: (turn) => ({ name: 'chat m', attributes: { ...semconv(turn), 'traceloop.workflow.name': 'travel' } }),
    tool: (ask) => ({
      name: `execute_tool ${ask.tool}`,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': ask.tool,
        'traceloop.workflow.name': 'travel',
        'gen_ai.tool.call.arguments': json({
          input_str: 'unparsed',
          tags: [],
          metadata: {},
          inputs: ask.args,
          kwargs: {},
        }),
        ...(isFailed(ask) ? {} : { 'gen_ai.tool.call.result': json({ output: ask.result!, kwargs: {} }) }),
      },
      ...failure(ask),
    }),
  },
})

describe('a trace for each span, and no parents (LangChain by OpenLLMetry in JavaScript)', () => {
  const spans = play({
    scope: '@traceloop/instrumentation-langchain',
    root: null,
    scattered: true,
    model: (turn) => ({
      name: 'chat m',
      attributes: {
        ...chat(turn),
        'gen_ai.provider.name': 'openai',
        'traceloop.association.properties.session_id': 's-1',
        'gen_ai.input.messages': json(
          turn.given.map(({ role, text }) => ({ role, parts: [{ type: 'text', content: text }] })),
        ),
        'gen_ai.output.messages': json([{ role: 'assistant', parts: [{ type: 'text', content: turn.says }] }]),
      },
    }),
    tool: (ask) => ({
      name: 'execute_tool DynamicStructuredTool',
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'DynamicStructuredTool',
        'traceloop.association.properties.session_id': 's-1',
        'gen_ai.tool.call.arguments': json(ask.args),
        'gen_ai.tool.call.result': textOf(ask),
      },
      ...failure(ask),
    }),
  })

  test('is one run, and says so', () => {
    const runs = buildRuns(spans)
    expect(runs).toHaveLength(1)
    expect(runs[0]!.turns).toHaveLength(3)
    expect(runs[0]!.calls.map(({ turn, turnRule }) => [turn, turnRule])).toEqual([
      [0, 'before'],
      [0, 'before'],
      [1, 'before'],
    ])
    expect(runs[0]!.notes[0]).toContain('6 spans of this run have no parents and a trace each')
    expect(runs[0]!.notes[0]).toContain('session “s-1”')
    expect(buildRuns([...spans].reverse())).toEqual(runs)
  })

  test('but not across processes, sessions or long pauses', () => {
    const moved = spans.map((span, i) => (i < 3 ? span : { ...span, resource: new Map([['process.pid', 2]]) }))
    expect(buildRuns(moved)).toHaveLength(2)
    const renamed = spans.map((span, i) =>
      i < 3
        ? span
        : {
            ...span,
            attributes: new Map([...span.attributes, ['traceloop.association.properties.session_id', 's-2']]),
          },
    )
    expect(buildRuns(renamed)).toHaveLength(2)
    const later = spans.map((span, i) =>
      i < 3
        ? span
        : {
            ...span,
            startTimeUnixNano: span.startTimeUnixNano + 60_000_000_000n,
            endTimeUnixNano: span.endTimeUnixNano + 60_000_000_000n,
          },
    )
    expect(buildRuns(later)).toHaveLength(2)
  })
})
