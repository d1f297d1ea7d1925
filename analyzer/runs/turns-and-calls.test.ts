import { describe, expect, test } from 'vitest'
import { sketch } from '../conventions/test-span.ts'
import { NO_TURN } from '../model/run.ts'
import type { Span } from '../model/span.ts'
import { buildRuns } from './index.ts'
import { agent, assistant, chat, given, group, system, tool, user } from './test-agent.ts'

const inAgent = { parent: 'a' }
/** The one run of an agent from 0 to 1000 ms around `spans`. */
function runOf(...spans: readonly Span[]) {
  const runs = buildRuns([agent('a', 'x', [0, 1000]), ...spans])
  expect(runs).toHaveLength(1)
  return runs[0]!
}

describe('which turn asked', () => {
  test('the call id beats the tree and time', () => {
    const run = runOf(
      chat('1', [0, 10], { asks: [['c1', 'look', {}]] }, inAgent),
      group('5', [20, 60], inAgent),
      chat('2', [20, 30], { asks: [['c2', 'look', {}]] }, { parent: '5' }),
      tool('3', 'look', [40, 50], { callId: 'c1' }, { parent: '5' }),
    )
    expect(run.calls).toMatchObject([{ turn: 0, turnFrom: 'call-id' }])
  })

  test('turns that a clock of milliseconds does not tell apart: the longer history is the later turn', () => {
    const first = chat('9', [5, 5], { given: [user('go')], says: 'first' }, inAgent)
    const second = chat('1', [5, 5], { given: [user('go'), assistant('first')], says: 'second' }, inAgent)
    const third = chat(
      '5',
      [5, 5],
      { given: [user('go'), assistant('first'), assistant('second')], says: 'third' },
      inAgent,
    )
    for (const spans of [
      [first, second, third],
      [third, first, second],
    ]) {
      expect(runOf(...spans).turns.map(({ text }) => text)).toEqual(['first', 'second', 'third'])
    }
  })

  test('ids that each turn uses anew mean the latest', () => {
    const asks = [['call_0', 'look', {}]] as const
    const run = runOf(
      chat('1', [0, 10], { asks }, inAgent),
      tool('2', 'look', [10, 20], { callId: 'call_0' }, inAgent),
      chat('3', [20, 30], { asks, given: [given('call_0', 'first')] }, inAgent),
      tool('4', 'look', [30, 40], { callId: 'call_0' }, inAgent),
      chat('5', [40, 50], { given: [given('call_0', 'first'), given('call_0', 'second')] }, inAgent),
    )
    expect(run.calls.map(({ turn, result }) => [turn, result])).toEqual([
      [0, 'first'],
      [1, 'second'],
    ])
  })

  test('a model span around its tools: model time is what is left of it', () => {
    const run = runOf(
      chat('1', [0, 100], {}, inAgent),
      tool('2', 'look', [40, 60], {}, { parent: '1' }),
      tool('3', 'see', [60, 90], {}, { parent: '1' }),
    )
    expect(run.turns).toMatchObject([{ startMs: 0, endMs: 40 }])
    expect(run.calls).toMatchObject([
      { turn: 0, turnFrom: 'tree' },
      { turn: 0, turnFrom: 'tree' },
    ])
  })

  test('the step that both are in', () => {
    const run = runOf(
      group('8', [0, 100], inAgent),
      chat('1', [0, 10], {}, { parent: '8' }),
      tool('2', 'look', [20, 90], {}, { parent: '8' }),
      group('9', [30, 50], inAgent),
      chat('3', [30, 50], {}, { parent: '9' }),
      tool('4', 'see', [60, 70], {}, { parent: '8' }),
    )
    // Turn 1 ended before `see` began, but `see` is in the step of turn 0.
    expect(run.calls.map(({ turn, turnFrom }) => [turn, turnFrom])).toEqual([
      [0, 'tree'],
      [0, 'tree'],
    ])
  })

  test('LangGraph’s step numbers', () => {
    const node = (id: string, kind: string, step: number, [from, to]: readonly [number, number]) =>
      sketch({
        id,
        parent: 'a',
        name: 'look',
        from,
        to,
        attributes: { 'openinference.span.kind': kind, metadata: `{"langgraph_step":${step}}` },
      })
    const run = runOf(
      node('1', 'LLM', 1, [0, 10]),
      node('2', 'LLM', 3, [11, 20]),
      node('3', 'TOOL', 2, [30, 40]),
      node('4', 'TOOL', 4, [30, 41]),
    )
    expect(run.calls.map(({ turn, turnFrom }) => [turn, turnFrom])).toEqual([
      [0, 'tree'],
      [1, 'tree'],
    ])
  })

  test('tool and arguments, in any order of keys; duplicates by ordinal', () => {
    const run = runOf(
      chat(
        '1',
        [0, 10],
        {
          asks: [
            [null, 'look', { a: 1, b: 2 }],
            [null, 'look', { a: 1, b: 2 }],
          ],
        },
        inAgent,
      ),
      chat('2', [20, 30], { asks: [[null, 'look', { a: 9 }]] }, inAgent),
      tool('3', 'look', [40, 50], { args: { b: 2, a: 1 } }, inAgent),
      tool('4', 'look', [41, 50], { args: { b: 2, a: 1 } }, inAgent),
      tool('5', 'look', [42, 50], { args: { b: 2, a: 1 } }, inAgent),
    )
    // Both requests of turn 0 are taken when the third call comes: time is all that is left.
    expect(run.calls.map((call) => call.turn)).toEqual([0, 0, 1])
    expect(run.calls.every((call) => call.turnFrom === 'time')).toBe(true)
  })

  test('time: the latest turn that ended, a tie of 2 ms included; before any turn, none', () => {
    const run = runOf(
      tool('1', 'setup', [1, 5], {}, inAgent),
      chat('2', [10, 20], {}, inAgent),
      tool('3', 'look', [18.5, 30], {}, inAgent),
      chat('4', [40, 50], {}, inAgent),
      tool('5', 'see', [47, 60], {}, inAgent),
    )
    expect(run.calls.map(({ tool, turn }) => [tool, turn])).toEqual([
      ['setup', NO_TURN],
      ['look', 0],
      ['see', 0],
    ])
    expect(run.turns[0]).toMatchObject({ startMs: 10, endMs: 18.5 })
    expect(run.turns[1]).toMatchObject({ startMs: 40, endMs: 50 })
  })
})

describe('two spans, one thing', () => {
  test('an MCP client’s span around the server’s is one call, with what both know', () => {
    const run = runOf(
      tool('1', 'weather.get', [0, 100], { callId: 'c1' }, inAgent),
      group('2', [1, 99], { parent: '1' }),
      tool('3', 'get', [10, 90], { args: { city: 'Paris' }, result: 21 }, { parent: '2' }),
    )
    expect(run.calls).toMatchObject([
      { tool: 'weather.get', callId: 'c1', startMs: 0, endMs: 100, arguments: { city: 'Paris' }, result: 21 },
    ])
  })

  test('a model span around the provider’s is one turn', () => {
    const run = runOf(
      chat('1', [0, 100], {}, inAgent),
      chat('2', [10, 90], { asks: [['c1', 'look', {}]], given: [user('Hi')] }, { parent: '1' }),
      tool('3', 'look', [110, 120], { callId: 'c1' }, inAgent),
    )
    expect(run.turns).toMatchObject([{ startMs: 0, endMs: 100 }])
    expect(run.calls).toMatchObject([{ turn: 0, turnFrom: 'call-id' }])
    expect(run.promptKnown).toBe(true)
  })

  test('a model span around several is none', () => {
    const run = runOf(
      chat('1', [0, 100], {}, inAgent),
      chat('2', [10, 20], {}, { parent: '1' }),
      tool('3', 'look', [30, 40], {}, { parent: '1' }),
      chat('4', [50, 60], {}, { parent: '1' }),
    )
    expect(run.turns.map((turn) => turn.startMs)).toEqual([10, 50])
    expect(run.calls).toMatchObject([{ turn: 0 }])
  })

  test('later turns nested in earlier ones are turns', () => {
    const run = runOf(
      chat('1', [0, 100], {}, inAgent),
      tool('2', 'look', [10, 20], {}, { parent: '1' }),
      chat('3', [20, 100], {}, { parent: '1' }),
      tool('4', 'see', [30, 40], {}, { parent: '3' }),
      chat('5', [40, 100], {}, { parent: '3' }),
    )
    expect(run.turns.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 10],
      [20, 30],
      [40, 100],
    ])
    expect(run.calls.map((call) => call.turn)).toEqual([0, 1])
  })
})

describe('content that the tool’s span lacks', () => {
  test('arguments from the request, the result from what the next turn was given', () => {
    const run = runOf(
      chat(
        '1',
        [0, 10],
        {
          asks: [
            ['c1', 'look', { a: 1 }],
            ['c2', 'look', { a: 2 }],
          ],
        },
        inAgent,
      ),
      tool('2', 'look', [10, 20], { callId: 'c2' }, inAgent),
      tool('3', 'look', [11, 20], { callId: 'c1' }, inAgent),
      chat('4', [30, 40], { given: [given('c1', 'one'), given('c2', 'two')] }, inAgent),
    )
    expect(run.calls.map((call) => [call.callId, call.arguments, call.result])).toEqual([
      ['c2', { a: 2 }, 'two'],
      ['c1', { a: 1 }, 'one'],
    ])
  })

  test('without ids: by tool and order', () => {
    const run = runOf(
      chat(
        '1',
        [0, 10],
        {
          given: [user('Hi')],
          asks: [
            [null, 'look', { a: 1 }],
            [null, 'see', { a: 2 }],
          ],
        },
        inAgent,
      ),
      tool('2', 'see', [10, 20], {}, inAgent),
      tool('3', 'look', [11, 20], {}, inAgent),
      chat(
        '4',
        [30, 40],
        { given: [user('Hi'), given(null, 'one'), given(null, 'two')], asks: [[null, 'look', { a: 3 }]] },
        inAgent,
      ),
      tool('5', 'look', [40, 50], {}, inAgent),
      chat(
        '6',
        [60, 70],
        { given: [user('Hi'), given(null, 'one'), given(null, 'two'), given(null, 'three')] },
        inAgent,
      ),
    )
    expect(run.calls.map((call) => [call.tool, call.arguments, call.result])).toEqual([
      ['see', { a: 2 }, 'two'],
      ['look', { a: 1 }, 'one'],
      ['look', { a: 3 }, 'three'],
    ])
  })

  test('an only argument that was unwrapped is wrapped again', () => {
    const run = runOf(
      chat(
        '1',
        [0, 10],
        {
          asks: [
            [null, 'look', { city: 'Oslo' }],
            [null, 'look', { city: 'Paris' }],
          ],
        },
        inAgent,
      ),
      tool('2', 'look', [10, 20], { args: 'Paris' }, inAgent),
    )
    expect(run.calls[0]!.arguments).toEqual({ city: 'Paris' })
  })

  test('as many results as requests, or none is matched', () => {
    const run = runOf(
      chat('1', [0, 10], { asks: [[null, 'look', { a: 1 }]] }, inAgent),
      tool('2', 'look', [10, 20], {}, inAgent),
      chat('4', [30, 40], { given: [given(null, 'one'), given(null, 'two')] }, inAgent),
    )
    expect(run.calls[0]!.result).toBeUndefined()
  })

  test('what nobody captured stays unknown', () => {
    const run = runOf(chat('1', [0, 10], {}, inAgent), tool('2', 'look', [10, 20], {}, inAgent))
    expect(run.calls).toMatchObject([{ arguments: undefined, result: undefined, callId: null }])
    expect(run).toMatchObject({ promptKnown: false, messages: [] })
  })
})

describe('what was visible', () => {
  test('each text once, at its first turn, whether inputs repeat the history or not', () => {
    const first = [system('Be kind.'), user('Hi')]
    const later = [given('c1', 'r'), assistant('Let me see.'), user('And now?')]
    for (const second of [[...first, ...later], later]) {
      const run = runOf(
        chat('1', [0, 10], { given: first, says: 'Let me see.', asks: [['c1', 'look', {}]] }, inAgent),
        tool('2', 'look', [10, 20], { callId: 'c1' }, inAgent),
        chat('3', [30, 40], { given: second }, inAgent),
      )
      expect(run.messages).toEqual([
        { beforeTurn: 0, role: 'system', text: 'Be kind.' },
        { beforeTurn: 0, role: 'user', text: 'Hi' },
        { beforeTurn: 1, role: 'user', text: 'And now?' },
      ])
      expect(run.turns[0]!.text).toBe('Let me see.')
    }
  })

  test('an earlier conversation, results included, was there from the start', () => {
    const run = runOf(
      chat(
        '1',
        [0, 10],
        { given: [user('Hi'), given('old', { id: 7 }), assistant('Seven.'), user('Thanks')] },
        inAgent,
      ),
    )
    expect(run.messages.map(({ text }) => text)).toEqual(['Hi', '{"id":7}', 'Seven.', 'Thanks'])
  })

  test('results of the run’s own calls are not, even if the turn that asked is lost', () => {
    const run = runOf(
      tool('1', 'look', [0, 10], { callId: 'c1', result: 'r' }, inAgent),
      chat('2', [20, 30], { given: [user('Hi'), given('c1', 'r')] }, inAgent),
    )
    expect(run.messages.map(({ text }) => text)).toEqual(['Hi'])
  })

  test('the agent’s own input, where no turn’s was captured', () => {
    const root = sketch({
      id: 'a',
      to: 100,
      attributes: { 'ai.operationId': 'ai.generateText', 'ai.prompt': '{"prompt":"Hi"}' },
    })
    const [run] = buildRuns([root, chat('1', [0, 10], {}, inAgent)])
    expect(run).toMatchObject({ promptKnown: true, messages: [{ beforeTurn: 0, role: 'user', text: 'Hi' }] })
  })

  test('a hidden user message is not a known prompt', () => {
    const run = runOf(chat('1', [0, 10], { given: [system('Be kind.'), user('__REDACTED__')] }, inAgent))
    expect(run.promptKnown).toBe(false)
  })
})
