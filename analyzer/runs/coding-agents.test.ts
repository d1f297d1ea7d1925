// Coding agents, one scenario: two files are read one after the other, then the tests are run and fail. Each with spans and
// log records, and with log records alone. fixtures/logs holds what they send.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import type { Telemetry } from '../model/telemetry.ts'
import { buildRuns } from './index.ts'

function fixture(name: string): Telemetry {
  const read = readOtlpFile(readFileSync(new URL(`../../fixtures/logs/${name}.json`, import.meta.url)))
  if (!read.ok) throw new Error(read.error)
  return read.value
}

const prompt = 'What do config.json and README.md say? Then run the tests.'
const system = 'You are a coding agent.'
const answer = 'The port is 8080; one test fails.'

const claude = {
  name: 'Claude Code',
  framework: 'Claude Code',
  convention: 'claude-code',
  tools: ['Read', 'Read', 'Bash'],
  callIds: ['toolu_A1', 'toolu_A2', 'toolu_B1'],
  arguments: [{ file_path: '/repo/config.json' }, { file_path: '/repo/README.md' }, { command: 'npm test' }],
  results: [{ port: 8080 }, '# Repo', '1 test failed'],
  from: 'call-id',
  error: '1 test failed',
  system,
  answer,
}
const codex = {
  ...claude,
  name: 'Codex CLI',
  framework: 'Codex CLI',
  convention: 'codex',
  tools: ['shell', 'shell', 'shell'],
  callIds: ['call_A1', 'call_A2', 'call_B1'],
  arguments: [{ command: ['cat', 'config.json'] }, { command: ['cat', 'README.md'] }, { command: ['npm', 'test'] }],
  from: 'time',
  // What the model was told and what it said are in none of its records.
  system: null,
  answer: '',
}
const gemini = {
  ...claude,
  name: 'Gemini CLI',
  framework: 'Gemini CLI',
  convention: 'gemini-cli',
  tools: ['read_file', 'read_file', 'run_shell_command'],
  callIds: [null, null, null],
  arguments: [{ absolute_path: '/repo/config.json' }, { absolute_path: '/repo/README.md' }, { command: 'npm test' }],
  results: [{ output: '{"port":8080}' }, { output: '# Repo' }, { error: '1 test failed' }],
  from: 'time',
}
const copilot = {
  ...claude,
  name: 'copilot',
  framework: 'GitHub Copilot',
  convention: 'copilot',
  tools: ['readFile', 'readFile', 'runInTerminal'],
  callIds: ['call_A1', 'call_A2', 'call_B1'],
  arguments: [{ filePath: '/repo/config.json' }, { filePath: '/repo/README.md' }, { command: 'npm test' }],
  results: [{ port: 8080 }, '# Repo', 'ERROR: 1 test failed'],
}

const agents = [
  { file: 'claude-code', ...claude, waits: [[2000, 7000]] },
  { file: 'claude-code-logs', ...claude, waits: [[2000, 7000]] },
  // The root's span begins 15 ms after the epoch, the prompt's record is of 10 ms.
  { file: 'codex', ...codex, waits: [[1995, 6985]] },
  { file: 'codex-logs', ...codex, waits: [[2000, 6990]] },
  {
    file: 'gemini-cli',
    ...gemini,
    name: 'gemini-cli',
    callIds: codex.callIds,
    results: ['{"port":8080}', '# Repo', { error: '1 test failed' }],
    waits: [],
  },
  { file: 'gemini-cli-logs', ...gemini, waits: [] },
  { file: 'copilot', ...copilot, waits: [] },
] as const

describe.each(agents)('$file', (expected) => {
  const { spans, logs } = fixture(expected.file)
  const runs = buildRuns(spans, logs)
  const run = runs[0]!

  test('one run', () => {
    expect(runs).toHaveLength(1)
    const { name, framework, convention } = expected
    expect(run).toMatchObject({ name, framework, conventions: [convention], parentRunId: null, promptKnown: true })
    expect(run.notes.map((note) => note.slice(0, 37))).toEqual(
      spans.length > 0 ? [] : ['The agent sent log records and no spa'],
    )
  })

  test('three turns with their tokens and words', () => {
    expect(run.turns.map(({ inputTokens, outputTokens }) => [inputTokens, outputTokens])).toEqual([
      [101, 21],
      [102, 22],
      [103, 23],
    ])
    expect(run.turns.map(({ text }) => text)).toEqual(['', '', expected.answer])
    expect(run.turns.map(({ calls }) => calls.length)).toEqual([2, 1, 0])
  })

  test('three calls on their turns, with arguments and results, the last one failed', () => {
    expect(run.calls.map(({ tool }) => tool)).toEqual(expected.tools)
    expect(run.calls.map(({ callId }) => callId)).toEqual(expected.callIds)
    expect(run.calls.map((call) => call.arguments)).toEqual(expected.arguments)
    expect(run.calls.map(({ result }) => result)).toEqual(expected.results)
    expect(run.calls.map(({ turn }) => turn)).toEqual([0, 0, 1])
    expect(run.calls.map(({ turnFrom }) => turnFrom)).toEqual(Array(3).fill(expected.from))
    expect(run.calls.map(({ error }) => error)).toEqual([null, null, expected.error])
    expect(run.calls.map(({ truncated }) => truncated)).toEqual([false, false, false])
    expect(run.calls[0]!.endMs - run.calls[0]!.startMs).toBe(100)
  })

  test('the prompt', () => {
    expect(run.messages).toEqual([
      ...(expected.system === null ? [] : [{ beforeTurn: 0, role: 'system', text: expected.system }]),
      { beforeTurn: 0, role: 'user', text: prompt },
    ])
  })

  test('the wait for leave to run the tests', () => {
    expect(run.waits.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(expected.waits)
  })
})

const all = agents.map(({ file }) => fixture(file))
const spans = all.flatMap((one) => one.spans)
const logs = all.flatMap((one) => one.logs)
const shuffled = <T>(items: readonly T[]) =>
  fc.shuffledSubarray([...items, ...items], { minLength: items.length * 2, maxLength: items.length * 2 })

test('all at once, in any order, with repeats: the same runs', () => {
  const runs = buildRuns(spans, logs)
  // The log records of Claude Code and of Gemini CLI are the same in both files: the spans' traces take them.
  expect(runs.map(({ name }) => name).sort()).toEqual([
    'Claude Code',
    'Codex CLI',
    'Codex CLI',
    'copilot',
    'gemini-cli',
  ])
  fc.assert(
    fc.property(shuffled(spans), shuffled(logs), (someSpans, someLogs) => {
      expect(buildRuns(someSpans, someLogs)).toEqual(runs)
    }),
    { numRuns: 20 },
  )
})

test('with any of them missing: nothing throws, ids are unique, every time fits', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(spans), fc.shuffledSubarray(logs), (someSpans, someLogs) => {
      const runs = buildRuns(someSpans, someLogs)
      const calls = runs.flatMap((run) => run.calls.map(({ id }) => `${run.traceId} ${id}`))
      expect(new Set(calls).size).toBe(calls.length)
      for (const { turns, calls: own, durationMs, waits } of runs) {
        for (const { startMs, endMs } of [...turns, ...own, ...waits]) {
          expect(startMs >= 0 && endMs >= startMs && endMs <= durationMs).toBe(true)
        }
      }
    }),
    { numRuns: 200 },
  )
})

test.each(['claude-code-logs', 'codex-logs', 'gemini-cli-logs'])(
  '%s: no call is lost with any record missing',
  (name) => {
    const file = fixture(name)
    const isResult = (log: (typeof file.logs)[number]) =>
      /tool_(?:result|call)$/.test(String(log.attributes.get('event.name')))
    fc.assert(
      fc.property(fc.subarray([...file.logs]), (some) => {
        const calls = buildRuns([], some).flatMap((run) => run.calls)
        expect(calls).toHaveLength(some.filter(isResult).length)
      }),
      { numRuns: 100 },
    )
  },
)
