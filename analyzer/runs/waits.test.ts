import { describe, expect, test } from 'vitest'
import { sketch } from '../conventions/test-span.ts'
import type { Json } from '../model/json.ts'
import type { Span } from '../model/span.ts'
import { buildRuns } from './index.ts'
import { agent, assistant, chat, given, tool, user } from './test-agent.ts'

const inAgent = { parent: 'a' }
/** The one run of an agent from 0 to 1000 ms around `spans`. */
function runOf(...spans: readonly Span[]) {
  const runs = buildRuns([agent('a', 'x', [0, 1000]), ...spans])
  expect(runs).toHaveLength(1)
  return runs[0]!
}

describe('waits for a person', () => {
  const first = chat('1', [0, 10], { given: [user('Hi')], says: 'Which day?' }, inAgent)
  const answer = [user('Hi'), assistant('Which day?'), user('Friday')]

  test('between a turn that asked for nothing and one that was given new words', () => {
    expect(runOf(first, chat('2', [500, 510], { given: answer }, inAgent)).waits).toEqual([{ startMs: 10, endMs: 500 }])
  })
  test('hidden words count by number', () => {
    const hide = (count: number) => Array.from({ length: count }, () => user('[REDACTED]'))
    const run = runOf(
      chat('1', [0, 10], { given: hide(1), says: 'Which day?' }, inAgent),
      chat('2', [500, 510], { given: hide(2) }, inAgent),
    )
    expect(run.waits).toEqual([{ startMs: 10, endMs: 500 }])
  })
  test('no new words, no wait', () => {
    expect(runOf(first, chat('2', [500, 510], { given: [user('Hi')] }, inAgent)).waits).toEqual([])
  })
  test('after calls: from the end of the last one', () => {
    const run = runOf(
      chat('1', [0, 10], { given: [user('Hi')], asks: [['c1', 'look', {}]] }, inAgent),
      tool('9', 'look', [10, 100], { callId: 'c1' }, inAgent),
      chat('2', [500, 510], { given: [user('Hi'), given('c1', 'r'), user('Go on')] }, inAgent),
    )
    expect(run.waits).toEqual([{ startMs: 100, endMs: 500 }])
  })
  test('a call that was asked for and has no span may be what took the time', () => {
    const run = runOf(
      chat('1', [0, 10], { given: [user('Hi')], asks: [['c1', 'look', {}]] }, inAgent),
      chat('2', [500, 510], { given: answer }, inAgent),
    )
    expect(run.waits).toEqual([])
  })
  test('a call in the background is not a wait', () => {
    const run = runOf(
      chat('0', [0, 1], { asks: [['c1', 'look', {}]] }, inAgent),
      tool('9', 'look', [1, 300], { callId: 'c1' }, inAgent),
      chat('1', [5, 10], { given: [user('Hi')], says: 'Which day?' }, inAgent),
      chat('2', [500, 510], { given: answer }, inAgent),
    )
    expect(run.waits).toEqual([{ startMs: 300, endMs: 500 }])
  })
  test('a call whose tool asks a person, while no other call was at work', () => {
    const run = runOf(
      chat(
        '1',
        [0, 10],
        {
          asks: [
            ['c1', 'ask_user', {}],
            ['c2', 'look', {}],
          ],
        },
        inAgent,
      ),
      tool('2', 'ask_user', [10, 400], { callId: 'c1' }, inAgent),
      tool('3', 'look', [10, 60], { callId: 'c2' }, inAgent),
      chat('4', [400, 410], {}, inAgent),
    )
    expect(run.waits).toEqual([{ startMs: 60, endMs: 400 }])
  })
  test('what a run two runs down waited, in the outer run’s time and once', () => {
    const runs = buildRuns([
      agent('a', 'outer', [0, 1000]),
      chat('1', [0, 10], {}, { parent: 'a' }),
      tool('2', 'delegate', [100, 900], {}, { parent: 'a' }),
      agent('b', 'middle', [110, 890], { parent: '2' }),
      chat('3', [110, 120], {}, { parent: 'b' }),
      tool('4', 'delegate', [120, 880], {}, { parent: 'b' }),
      agent('c', 'inner', [130, 870], { parent: '4' }),
      chat('5', [130, 140], { given: [user('Hi')], says: 'Which day?' }, { parent: 'c' }),
      chat('6', [640, 650], { given: [user('Hi'), assistant('Which day?'), user('Friday')] }, { parent: 'c' }),
    ])
    expect(runs.map((run) => [run.name, run.waits])).toEqual([
      ['outer', [{ startMs: 140, endMs: 640 }]],
      ['middle', [{ startMs: 30, endMs: 530 }]],
      ['inner', [{ startMs: 10, endMs: 510 }]],
    ])
  })
  test('a nested wait is no longer than the call, whatever its clock says', () => {
    const runs = buildRuns([
      agent('a', 'outer', [0, 1000]),
      chat('1', [0, 10], {}, { parent: 'a' }),
      tool('2', 'delegate', [100, 400], {}, { parent: 'a' }),
      agent('b', 'inner', [130, 870], { parent: '2' }),
      chat('3', [130, 140], { given: [user('Hi')], says: 'Which day?' }, { parent: 'b' }),
      chat('4', [640, 650], { given: [user('Hi'), assistant('Which day?'), user('Friday')] }, { parent: 'b' }),
    ])
    expect(runs[0]!.waits).toEqual([{ startMs: 140, endMs: 400 }])
  })
})

describe('waits that spans say', () => {
  const claude = (id: string, parent: string, type: string, from: number, to: number, attributes = {}) =>
    sketch({ id, parent, name: `claude_code.${type}`, from, to, attributes: { 'span.type': type, ...attributes } })
  const interaction = sketch({ id: 'a', name: 'claude_code.interaction', from: 0, to: 1000 })
  const asked = { decision: 'accept', source: 'user_temporary' }

  test('leave to run a tool, inside its call', () => {
    const [run] = buildRuns([
      interaction,
      claude('1', 'a', 'llm_request', 0, 100),
      claude('2', 'a', 'tool', 100, 700, { tool_name: 'Bash' }),
      claude('3', '2', 'tool.blocked_on_user', 110, 600, asked),
      claude('4', '2', 'tool.execution', 600, 700, { success: true }),
    ])
    expect(run!.waits).toEqual([{ startMs: 110, endMs: 600 }])
    expect(run!.calls).toMatchObject([{ startMs: 100, endMs: 700, status: 'ok' }])
  })
  test('not while another call was at work', () => {
    const [run] = buildRuns([
      interaction,
      claude('1', 'a', 'llm_request', 0, 100),
      claude('2', 'a', 'tool', 100, 700, { tool_name: 'Bash' }),
      claude('3', '2', 'tool.blocked_on_user', 110, 600, asked),
      claude('5', 'a', 'tool', 100, 400, { tool_name: 'Read' }),
    ])
    expect(run!.waits).toEqual([{ startMs: 400, endMs: 600 }])
  })
  test('a call that was refused, or whose execution failed, failed', () => {
    const [run] = buildRuns([
      interaction,
      claude('2', 'a', 'tool', 100, 200, { tool_name: 'Bash' }),
      claude('3', '2', 'tool.blocked_on_user', 100, 200, { decision: 'reject', source: 'user_reject' }),
      claude('5', 'a', 'tool', 300, 400, { tool_name: 'Read' }),
      claude('6', '5', 'tool.execution', 300, 400, { success: false, error: 'ENOENT' }),
    ])
    expect(run!.calls.map(({ error }) => error)).toEqual(['rejected by the user', 'ENOENT'])
  })
  test('inside a nested run it is one of the outer run’s, too', () => {
    const runs = buildRuns([
      interaction,
      claude('1', 'a', 'llm_request', 0, 100),
      claude('2', 'a', 'tool', 100, 900, { tool_name: 'Agent' }),
      claude('3', '2', 'llm_request', 100, 200),
      claude('4', '2', 'tool', 200, 800, { tool_name: 'Bash' }),
      claude('5', '4', 'tool.blocked_on_user', 200, 700, asked),
    ])
    expect(runs.map(({ name, waits }) => [name, waits])).toEqual([
      ['Claude Code', [{ startMs: 200, endMs: 700 }]],
      ['Agent', [{ startMs: 100, endMs: 600 }]],
    ])
  })
  test('an interrupted call, which is made again when a person has answered, did not fail', () => {
    const inGraph = (id: string, from: number, to: number, more = {}) =>
      tool(id, 'book', [from, to], { callId: 'c1' }, { parent: 'a', ...more })
    const [run] = buildRuns([
      agent('a', 'x', [0, 1000]),
      inGraph('1', 0, 10, { failed: 'GraphInterrupt: [{"value":"Book it?"}]\n    at interrupt (graph.js:1)' }),
      inGraph('2', 900, 950),
    ])
    expect(run!.calls.map(({ status }) => status)).toEqual(['ok', 'ok'])
  })
})

describe('turns after a message of the user’s', () => {
  const ask = (id: string) => ({ asks: [[id, 'look', {}]] as const })
  const afterUser = (...inputs: readonly (readonly Json[])[]) =>
    runOf(
      ...inputs.map((messages, t) =>
        chat(`${t + 1}`, [t * 10, t * 10 + 5], { given: messages, ...ask(`c${t}`) }, inAgent),
      ),
    ).turnsAfterUser

  test('the same words again, where each input repeats the history', () => {
    const once = [user('Hi'), assistant('Hm.'), user('continue')]
    const twice = [...once, given('c1', 'r'), user('continue')]
    expect(afterUser([user('Hi')], once, [...once, given('c1', 'r')], twice)).toEqual([1, 3])
  })
  test('the same words again, where each input is only what is new', () => {
    expect(
      afterUser([user('Hi')], [given('c0', 'r')], [user('continue')], [given('c2', 'r')], [user('continue')]),
    ).toEqual([2, 4])
  })
  test('a result of another conversation is not the user’s', () => {
    const run = runOf(
      chat('1', [0, 10], { given: [user('Hi')], ...ask('c1') }, inAgent),
      tool('2', 'look', [10, 20], { callId: 'c1' }, inAgent),
      chat('3', [20, 30], { given: [user('Hi'), given('c1', 'r'), given('elsewhere', 'news')] }, inAgent),
    )
    expect(run.messages.map(({ role, text }) => [role, text])).toEqual([
      ['user', 'Hi'],
      ['user', 'news'],
    ])
    expect(run.turnsAfterUser).toEqual([])
  })
})
