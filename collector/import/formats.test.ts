// Each format's file in fixtures/imports, through the same analysis. Jaeger, Langfuse and Phoenix tell of one run:
//
//   chat |==|                                    0.5 s each; two reads asked for together, run in turn, then a write
//   list_berths |==|                             that fails
//   list_berths    |==|
//   chat              |==|
//   book_berth           |==|
//   chat                    |==|                 3 s

import { createReadStream } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzer/index.ts'
import type { ReportRun } from '../../analyzer/model/report.ts'
import { telemetryOf } from './telemetry-of.ts'

const spansOf = async (chunks: AsyncIterable<Uint8Array>) => (await telemetryOf(chunks)).spans

const fixture = (name: string) => createReadStream(new URL(`../../fixtures/imports/${name}`, import.meta.url))

const runsIn = async (...names: string[]) =>
  analyze((await Promise.all(names.map((name) => spansOf(fixture(name))))).flat()).runs

const callsOf = (run: ReportRun) =>
  run.calls.map(({ tool, turn, turnFrom, startMs, endMs, status }) => [tool, turn, turnFrom, startMs, endMs, status])

describe('one run in three exports', () => {
  test.each([
    ['jaeger.json', 'OpenTelemetry GenAI'],
    ['langfuse.json', 'Langfuse'],
    ['phoenix.jsonl', 'OpenInference'],
  ])('%s', async (name, framework) => {
    const [run, ...others] = await runsIn(name)
    expect(others).toEqual([])
    expect(run).toMatchObject({
      framework,
      durationMs: 3_000,
      coverage: { turns: 3, calls: 3, withArguments: 3, withResults: 2 },
      serialized: { ms: 500 },
      turns: [{ inputTokens: 100 }, { inputTokens: 200 }, { inputTokens: 300 }],
    })
    expect(callsOf(run!).map((call) => call.filter((_, i) => i !== 2))).toEqual([
      ['list_berths', 0, 500, 1_000, 'ok'],
      ['list_berths', 0, 1_000, 1_500, 'ok'],
      ['book_berth', 1, 2_000, 2_500, 'error'],
    ])
    expect(run!.calls.map((call) => call.arguments)).toEqual([{ port: 'Bergen' }, { port: 'Oslo' }, { berth: 'B-17' }])
    expect(run!.calls[0]!.result).toEqual({ free: ['B-17'] })
    expect(run!.promptKnown).toBe(true)
  })
})

describe('Claude Code', () => {
  test('a session: a run for each prompt, its sub-agent nested, results and errors', async () => {
    const runs = await runsIn('claude-code.jsonl')
    expect(runs.map(({ name, durationMs }) => [name, durationMs])).toEqual([
      ['claude-code', 10_000],
      ['Explore', 2_200],
      ['claude-code', 2_200],
    ])
    const [first, helper, second] = runs
    expect(first!.framework).toBe('Claude Code')
    expect(callsOf(first!)).toEqual([
      ['mcp__harbour__list_berths', 0, 'call-id', 1_400, 2_400, 'ok'],
      // Asked for at 1.5 s; it says that it ran for 1.5 s, so it had waited.
      ['mcp__harbour__list_berths', 0, 'call-id', 2_000, 3_500, 'ok'],
      ['Task', 1, 'call-id', 4_700, 7_200, 'ok'],
      ['Write', 2, 'call-id', 8_200, 8_700, 'error'],
    ])
    // The first call starts while the answer is still being written: the turn's own time is up to there.
    expect(first!.turns.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 1_400],
      [3_500, 4_700],
      [7_200, 8_200],
      [8_700, 9_700],
    ])
    expect(first!.turns[0]).toMatchObject({ model: 'claude-sonnet-5', inputTokens: 100, outputTokens: 20 })
    expect(first!.calls[0]).toMatchObject({ arguments: { port: 'Bergen' }, result: { free: ['B-17'] } })
    expect(first!.messages?.[0]?.text).toBe('Which berths are free in Bergen and Oslo? Write the answer to berths.md.')
    expect(helper!.parentRunId).toBe(first!.runId)
    expect(callsOf(helper!)).toEqual([['Grep', 0, 'call-id', 1_000, 1_200, 'ok']])
    expect(second!.messages?.map(({ text }) => text)).toEqual(['Try notes.md instead.'])
    expect(callsOf(second!)).toEqual([['Write', 0, 'call-id', 1_000, 1_200, 'ok']])
  })

  test("a sub-agent's own file hangs below the call that names it, whichever file is read first", async () => {
    const main = [
      {
        type: 'user',
        uuid: 'u1',
        parentUuid: null,
        at: 19,
        message: { role: 'user', content: 'Which buoys are there?' },
      },
      {
        type: 'assistant',
        uuid: 'u2',
        at: 19.9,
        message: {
          id: 'm1',
          content: [{ type: 'tool_use', id: 't1', name: 'Agent', input: { prompt: 'List the buoys.' } }],
        },
      },
      {
        type: 'user',
        uuid: 'u3',
        at: 23,
        message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: 'One: north.' }] },
        toolUseResult: { agentId: 'a7c3f10' },
      },
    ].map(({ at, ...line }) => ({
      ...line,
      sessionId: '5b0c8f0e-2d0b-4e0e-9c55-0d6f5a1c7e11',
      timestamp: `2027-03-12T10:00:${at}Z`,
    }))
    const outer = await spansOf(chunksOf(main.map((line) => JSON.stringify(line)).join('\n')))
    const inner = await spansOf(fixture('claude-code-agent.jsonl'))
    for (const spans of [
      [...outer, ...inner],
      [...inner, ...outer],
    ]) {
      const { runs } = analyze(spans)
      expect(runs.map(({ name, parentRunId }) => [name, parentRunId === null])).toEqual([
        ['claude-code', true],
        ['claude-code sub-agent', false],
      ])
    }
  })
})

test('Codex: turns by what was given, durations by what the tools say, tokens by response', async () => {
  const [run, ...others] = await runsIn('codex-rollout.jsonl')
  expect(others).toEqual([])
  expect(run).toMatchObject({ name: 'codex', framework: 'Codex CLI', durationMs: 8_600 })
  expect(callsOf(run!)).toEqual([
    ['shell', 0, 'call-id', 1_000, 3_000, 'ok'],
    ['shell', 0, 'call-id', 3_000, 6_000, 'error'],
    ['apply_patch', 1, 'call-id', 7_000, 7_500, 'ok'],
  ])
  expect(run!.turns.map(({ startMs, endMs, model, inputTokens }) => [startMs, endMs, model, inputTokens])).toEqual([
    [0, 1_000, 'gpt-5.5-codex', 100],
    [6_000, 7_000, 'gpt-5.5-codex', 300],
    [7_500, 8_600, 'gpt-5.5-codex', 400],
  ])
  expect(run!.messages?.filter(({ role }) => role === 'user').map(({ text }) => text)).toEqual([
    'Run both test suites, then fix the failing one.',
  ])
})

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
