// What the tests of dialects share: how several of them spell the same things, and the one run that all must give.

import { describe, expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import type { TurnRule } from '../model/run.ts'
import { buildRuns } from './index.ts'
import {
  type Ask,
  type Asked,
  answerOf,
  FAILURE,
  inParts,
  play,
  QUESTION,
  type Said,
  type Spelling,
  SYSTEM,
} from './test-scenario.ts'

export const json = (value: Json): string => JSON.stringify(value)
export const isFailed = ({ result }: Ask): boolean => result === undefined
export const failure = (ask: Ask) => (isFailed(ask) ? { failed: FAILURE } : {})
export const usage = ({ tokens }: Asked) => ({
  'gen_ai.usage.input_tokens': tokens[0],
  'gen_ai.usage.output_tokens': tokens[1],
})
export const chat = (turn: Asked) => ({ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm', ...usage(turn) })
export const executes = (ask: Ask) => ({
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': ask.tool,
  'gen_ai.tool.call.id': ask.id,
})
export const agent = {
  name: 'invoke_agent travel',
  attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'travel' },
}
/** `PREFIX.0.role`, `PREFIX.0.tool_calls.0.name` and so on, with `between` before each message's field. */
export const flattened = (prefix: string, messages: readonly Said[], of: (said: Said) => Record<string, string>) =>
  Object.fromEntries(
    messages.flatMap((said, i) => Object.entries(of(said)).map(([key, value]) => [`${prefix}.${i}.${key}`, value])),
  )
export const openinferenceFields = ({ role, text, asks, answers }: Said) => ({
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
export const openinference = (turn: Asked) => ({
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'm',
  'llm.token_count.prompt': turn.tokens[0],
  'llm.token_count.completion': turn.tokens[1],
  ...flattened('llm.input_messages', turn.given, openinferenceFields),
  ...flattened('llm.output_messages', [answerOf(turn)], openinferenceFields),
})
export const openinferenceTool = (ask: Ask, attributes: Record<string, string>) => ({
  name: ask.tool,
  attributes: {
    'openinference.span.kind': 'TOOL',
    'tool.name': ask.tool,
    ...attributes,
    ...(isFailed(ask) ? {} : { 'output.value': json(ask.result!) }),
  },
  ...failure(ask),
})
export const openinferenceRoot = (name: string, kind = 'AGENT') => ({
  name,
  attributes: { 'openinference.span.kind': kind, 'agent.name': 'travel' },
})
export const python = 'openinference.instrumentation.'

export interface Dialect extends Spelling {
  readonly framework: string
  readonly convention: string
  readonly rule: TurnRule
}

export const semconv = (turn: Asked, key?: string, role?: string) => ({
  ...chat(turn),
  'gen_ai.input.messages': json(inParts(turn.given, key, role)),
  'gen_ai.output.messages': json(inParts([answerOf(turn)])),
})
export const recorded = (ask: Ask) => ({
  'gen_ai.tool.call.arguments': json(ask.args),
  ...(isFailed(ask) ? {} : { 'gen_ai.tool.call.result': json(ask.result!) }),
})
export const plainTool = (ask: Ask) => ({
  name: `execute_tool ${ask.tool}`,
  attributes: { ...executes(ask), ...recorded(ask) },
  ...failure(ask),
})

/** All dialects tell the same run. */
export function describeDialects(dialects: Readonly<Record<string, Dialect>>): void {
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
}
