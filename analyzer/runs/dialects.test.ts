// Dialects of which there is no capture, each spelled by hand; all of them must give the same run (test-scenario.ts).

import { describe, expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import type { TurnRule } from '../model/run.ts'
import { buildRuns } from './index.ts'
import {
  type Ask,
  type Asked,
  answerOf,
  asChat,
  FAILURE,
  inParts,
  play,
  QUESTION,
  type Said,
  type Spelling,
  SYSTEM,
  textOf,
} from './test-scenario.ts'

const json = (value: Json): string => JSON.stringify(value)
const isFailed = ({ result }: Ask): boolean => result === undefined
const failure = (ask: Ask) => (isFailed(ask) ? { failed: FAILURE } : {})
const usage = ({ tokens }: Asked) => ({
  'gen_ai.usage.input_tokens': tokens[0],
  'gen_ai.usage.output_tokens': tokens[1],
})
const chat = (turn: Asked) => ({ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm', ...usage(turn) })
const executes = (ask: Ask) => ({
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': ask.tool,
  'gen_ai.tool.call.id': ask.id,
})
const agent = {
  name: 'invoke_agent travel',
  attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'travel' },
}
/** `PREFIX.0.role`, `PREFIX.0.tool_calls.0.name` and so on, with `between` before each message's field. */
const flattened = (prefix: string, messages: readonly Said[], of: (said: Said) => Record<string, string>) =>
  Object.fromEntries(
    messages.flatMap((said, i) => Object.entries(of(said)).map(([key, value]) => [`${prefix}.${i}.${key}`, value])),
  )
const openinferenceFields = ({ role, text, asks, answers }: Said) => ({
  'message.role': role,
  'message.content': text,
  ...(answers ? { 'message.tool_call_id': answers.id } : {}),
  ...Object.fromEntries(
    asks.flatMap(({ id, tool, args }, k) => [
      [`message.tool_calls.${k}.tool_call.id`, id],
      [`message.tool_calls.${k}.tool_call.function.name`, tool],
      [`message.tool_calls.${k}.tool_call.function.arguments`, json(args)],
    ]),
  ),
})
const openinference = (turn: Asked) => ({
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'm',
  'llm.token_count.prompt': turn.tokens[0],
  'llm.token_count.completion': turn.tokens[1],
  ...flattened('llm.input_messages', turn.given, openinferenceFields),
  ...flattened('llm.output_messages', [answerOf(turn)], openinferenceFields),
})
const openinferenceTool = (ask: Ask, attributes: Record<string, string>) => ({
  name: ask.tool,
  attributes: {
    'openinference.span.kind': 'TOOL',
    'tool.name': ask.tool,
    ...attributes,
    ...(isFailed(ask) ? {} : { 'output.value': json(ask.result!) }),
  },
  ...failure(ask),
})
const openinferenceRoot = (name: string, kind = 'AGENT') => ({
  name,
  attributes: { 'openinference.span.kind': kind, 'agent.name': 'travel' },
})
const python = 'openinference.instrumentation.'

interface Dialect extends Spelling {
  readonly framework: string
  readonly convention: string
  readonly rule: TurnRule
}

const semconv = (turn: Asked, key?: string, role?: string) => ({
  ...chat(turn),
  'gen_ai.input.messages': json(inParts(turn.given, key, role)),
  'gen_ai.output.messages': json(inParts([answerOf(turn)])),
})
const recorded = (ask: Ask) => ({
  'gen_ai.tool.call.arguments': json(ask.args),
  ...(isFailed(ask) ? {} : { 'gen_ai.tool.call.result': json(ask.result!) }),
})
const plainTool = (ask: Ask) => ({
  name: `execute_tool ${ask.tool}`,
  attributes: { ...executes(ask), ...recorded(ask) },
  ...failure(ask),
})

const dialects: Record<string, Dialect> = {
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
  'LlamaIndex by OpenInference': {
    framework: 'LlamaIndex',
    convention: 'openinference',
    rule: 'arguments',
    scope: `${python}llama_index`,
    root: openinferenceRoot('AgentWorkflow.run'),
    model: (turn) => ({ name: 'OpenAI.astream_chat', attributes: openinference(turn) }),
    tool: (ask) =>
      openinferenceTool(ask, {
        'input.value': json({ kwargs: ask.args }),
        'tool.parameters': json({ properties: { city: { type: 'string' } } }),
      }),
  },
  'smolagents by OpenInference': {
    framework: 'smolagents',
    convention: 'openinference',
    rule: 'arguments',
    scope: `${python}smolagents`,
    root: openinferenceRoot('ToolCallingAgent.run'),
    model: (turn) => ({ name: 'OpenAIServerModel.generate', attributes: openinference(turn) }),
    tool: (ask) =>
      openinferenceTool(ask, {
        'input.value': json({ args: [], sanitize_inputs_outputs: true, kwargs: ask.args }),
        'tool.parameters': '{"city":{"type":"string","description":"City"}}',
      }),
  },
  'CrewAI by OpenInference': {
    framework: 'CrewAI',
    convention: 'openinference',
    rule: 'arguments',
    scope: `${python}crewai`,
    root: openinferenceRoot('travel._execute_core'),
    model: (turn) => ({ name: 'completion', attributes: openinference(turn) }),
    tool: (ask) =>
      openinferenceTool(ask, {
        'input.value': json({
          tool_string: `Action: ${ask.tool}\nAction Input: ${json(ask.args)}`,
          calling: 'tool_name=...',
        }),
      }),
  },
  'AutoGen by OpenInference': {
    framework: 'AutoGen',
    convention: 'openinference',
    rule: 'arguments',
    scope: `${python}autogen_agentchat`,
    root: openinferenceRoot('AssistantAgent.run'),
    model: (turn) => ({ name: 'OpenAIChatCompletionClient.create', attributes: openinference(turn) }),
    tool: (ask) => openinferenceTool(ask, { 'tool.parameters': json(ask.args) }),
  },
  'Google ADK by OpenInference': {
    framework: 'Google ADK',
    convention: 'openinference',
    rule: 'call-id',
    scope: `${python}google_adk`,
    root: openinferenceRoot('agent_run [travel]'),
    model: (turn) => ({ name: 'call_llm', attributes: openinference(turn) }),
    tool: (ask) => openinferenceTool(ask, { 'tool.id': ask.id, 'input.value': json(ask.args) }),
  },
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
  'AI SDK 4': {
    framework: 'Vercel AI SDK',
    convention: 'vercel-ai',
    rule: 'call-id',
    scope: 'ai',
    root: {
      name: 'ai.generateText',
      attributes: { 'ai.operationId': 'ai.generateText', 'ai.telemetry.functionId': 'travel' },
    },
    model: (turn) => ({
      name: 'ai.generateText.doGenerate',
      attributes: {
        'ai.operationId': 'ai.generateText.doGenerate',
        'ai.model.id': 'm',
        'ai.usage.promptTokens': turn.tokens[0],
        'ai.usage.completionTokens': turn.tokens[1],
        'ai.response.text': turn.says,
        'ai.response.toolCalls': json(
          turn.asks.map(({ id, tool, args }) => ({
            toolCallType: 'function',
            toolCallId: id,
            toolName: tool,
            args: json(args),
          })),
        ),
        'ai.prompt.messages': json(
          turn.given.map(({ role, text, asks, answers }): Json => {
            if (answers)
              return {
                role,
                content: [{ type: 'tool-result', toolCallId: answers.id, toolName: answers.tool, result: text }],
              }
            if (asks.length > 0)
              return {
                role,
                content: asks.map((ask) => ({
                  type: 'tool-call',
                  toolCallId: ask.id,
                  toolName: ask.tool,
                  args: ask.args,
                })),
              }
            return { role, content: text }
          }),
        ),
      },
    }),
    tool: (ask) => ({
      name: 'ai.toolCall',
      attributes: {
        'ai.operationId': 'ai.toolCall',
        'ai.toolCall.name': ask.tool,
        'ai.toolCall.id': ask.id,
        'ai.toolCall.args': json(ask.args),
        ...(isFailed(ask) ? {} : { 'ai.toolCall.result': json(ask.result!) }),
      },
      ...failure(ask),
    }),
  },
  LangSmith: {
    framework: 'LangSmith SDK',
    convention: 'langsmith',
    rule: 'arguments',
    scope: 'langsmith',
    root: { name: 'travel', attributes: { 'langsmith.span.kind': 'chain', 'gen_ai.operation.name': 'chain' } },
    model: (turn) => ({
      name: 'ChatOpenAI',
      attributes: {
        ...chat(turn),
        'langsmith.span.kind': 'llm',
        'gen_ai.prompt': json({ messages: asChat(turn.given), model: 'm' }),
        'gen_ai.completion': json({ choices: [{ message: asChat([answerOf(turn)])[0]! }] }),
      },
    }),
    // A failed tool has status OK and an exception event.
    tool: (ask) => ({
      name: ask.tool,
      attributes: {
        'langsmith.span.kind': 'tool',
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.prompt': json(ask.args),
        ...(isFailed(ask) ? {} : { 'gen_ai.completion': json({ outputs: ask.result! }) }),
      },
      events: isFailed(ask) ? [{ name: 'exception', attributes: { 'exception.message': FAILURE } }] : [],
    }),
  },
  MLflow: {
    framework: 'MLflow',
    convention: 'mlflow',
    rule: 'arguments',
    scope: 'mlflow',
    root: { name: 'travel', attributes: { 'mlflow.spanType': '"AGENT"' } },
    model: (turn) => ({
      name: 'Completions',
      attributes: {
        'mlflow.spanType': '"CHAT_MODEL"',
        'mlflow.spanInputs': json({ model: 'm', messages: asChat(turn.given) }),
        'mlflow.spanOutputs': json({ choices: [{ message: asChat([answerOf(turn)])[0]! }] }),
        'mlflow.chat.tokenUsage': json({ input_tokens: turn.tokens[0], output_tokens: turn.tokens[1] }),
      },
    }),
    tool: (ask) => ({
      name: ask.tool,
      attributes: {
        'mlflow.spanType': '"TOOL"',
        'mlflow.spanInputs': json(ask.args),
        ...(isFailed(ask) ? {} : { 'mlflow.spanOutputs': json(ask.result!) }),
      },
      ...failure(ask),
    }),
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
  Haystack: {
    framework: 'Haystack',
    convention: 'haystack',
    rule: 'arguments',
    scope: 'haystack',
    root: { name: 'haystack.agent.run', attributes: { 'haystack.agent.name': 'travel' } },
    model: (turn) => {
      const parts = ({ role, text, asks, answers }: Said): Json => ({
        role,
        meta:
          role === 'assistant'
            ? { model: 'm', usage: { prompt_tokens: turn.tokens[0], completion_tokens: turn.tokens[1] } }
            : {},
        content: [
          ...(answers
            ? [
                {
                  tool_call_result: {
                    result: text,
                    origin: { id: answers.id, tool_name: answers.tool, arguments: answers.args },
                    error: false,
                  },
                },
              ]
            : [{ text }]),
          ...asks.map(({ id, tool, args }) => ({ tool_call: { id, tool_name: tool, arguments: args } })),
        ],
      })
      return {
        name: 'haystack.agent.step.llm',
        attributes: {
          'haystack.agent.step.llm.input': json({ messages: turn.given.map(parts) }),
          'haystack.agent.step.llm.output': json({ replies: [parts(answerOf(turn))] }),
        },
      }
    },
    tool: (ask) => ({
      name: 'haystack.agent.step.tool',
      attributes: {
        'haystack.tool.name': ask.tool,
        'haystack.agent.step.tool.input': json(ask.args),
        'haystack.agent.step.tool.output': json(isFailed(ask) ? { error: FAILURE } : ask.result!),
      },
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
}

describe.each(Object.entries(dialects))('%s', (_name, dialect) => {
  const runs = buildRuns(play(dialect))
  const run = runs[0]!

  test('one run of three turns', () => {
    expect(runs).toHaveLength(1)
    expect(run).toMatchObject({
      name: 'travel',
      framework: dialect.framework,
      conventions: [dialect.convention],
      notes: [],
    })
    expect(run).toMatchObject({ durationMs: 430, promptKnown: true, turnsAfterUser: [] })
    expect(
      run.turns.map(({ model, inputTokens, outputTokens, text }) => [model, inputTokens, outputTokens, text]),
    ).toEqual([
      ['m', 101, 21, ''],
      ['m', 102, 22, ''],
      ['m', 103, 23, 'It is sunny in Paris.'],
    ])
    expect(run.messages).toEqual([
      { beforeTurn: 0, role: 'system', text: SYSTEM },
      { beforeTurn: 0, role: 'user', text: QUESTION },
    ])
  })

  test('three calls, each of its turn, with arguments, results and the error', () => {
    expect(
      run.calls.map(({ callId, tool, turn, turnRule, arguments: args, error }) => [
        callId,
        tool,
        turn,
        turnRule,
        args,
        error,
      ]),
    ).toEqual([
      ['call_A1', 'get_weather', 0, dialect.rule, { city: 'Paris' }, null],
      ['call_A2', 'get_weather', 0, dialect.rule, { city: 'London' }, null],
      ['call_B1', 'book_flight', 1, dialect.rule, { from: 'London', to: 'Paris' }, FAILURE],
    ])
    expect(run.calls.slice(0, 2).map(({ result }) => result)).toEqual([
      { city: 'Paris', tempC: 21 },
      { city: 'London', tempC: 21 },
    ])
    // What the span does not say is what the next turn was given.
    expect([`Error: ${FAILURE}`, { error: FAILURE }]).toContainEqual(run.calls[2]!.result)
  })
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
