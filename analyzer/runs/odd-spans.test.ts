// Spans that contradict one another or lack their end.

import { describe, expect, test } from 'vitest'
import { idOf, sketch } from '../conventions/test-span.ts'
import { CUT_OFF } from '../model/notes.ts'
import type { Span } from '../model/span.ts'
import { buildRuns } from './index.ts'
import { agent, chat, given, tool, user } from './test-agent.ts'

const inAgent = { parent: 'a' }
/** The one run of an agent from 0 to 1000 ms around `spans`. */
function runOf(...spans: readonly Span[]) {
  const runs = buildRuns([agent('a', 'x', [0, 1000]), ...spans])
  expect(runs).toHaveLength(1)
  return runs[0]!
}

describe('clocks that disagree', () => {
  const script = (callAt: readonly [number, number], asks: boolean) =>
    runOf(
      chat('1', [0, 10], { given: [user('Hi')], ...(asks ? { asks: [['c1', 'look', {}]] } : {}) }, inAgent),
      tool('2', 'look', callAt, { callId: 'c1' }, inAgent),
      chat('3', [110, 120], { given: [user('Hi'), given('c1', 'r')] }, inAgent),
    )
  test.each([
    ['late', [130, 230], 120],
    ['early', [-90, 5], 90],
  ] as const)('%s: linked by what the messages hold, with a note', (_name, at, offMs) => {
    const run = script(at, true)
    expect(run.calls[0]).toMatchObject({ turn: 0, turnFrom: 'call-id' })
    expect(run.notes.filter((note) => note.startsWith('The clocks of look '))).toEqual([
      `The clocks of look and of the model's spans disagree by ${offMs} ms or more: by its times a call began before it ` +
        'was asked for, or ended after its result had been read.',
    ])
  })
  test('without the request, the turn before the result', () => {
    expect(script([130, 230], false).calls[0]).toMatchObject({ turn: 0, turnFrom: 'time' })
    expect(script([-90, 5], false).calls[0]).toMatchObject({ turn: 0, turnFrom: 'time' })
  })
  test('a tick is none of it', () => {
    expect(script([9, 111], true).notes).toEqual([])
  })
})

describe('a run whose root has not arrived', () => {
  const asked = { given: [user('Hi')], asks: [['c1', 'look', {}]] } as const
  const start = [chat('1', [0, 10], asked, inAgent), tool('2', 'look', [10, 20], { callId: 'c1' }, inAgent)]
  const notesOf = (...spans: readonly Span[]) => buildRuns(spans)[0]!.notes.filter((note) => note.startsWith(CUT_OFF))
  test('is cut off where no turn has read the last results, or the last calls are missing', () => {
    expect(notesOf(...start)).toHaveLength(1)
    expect(notesOf(start[0]!)).toHaveLength(1)
  })
  test('is all there where an answer follows, or the root has come', () => {
    expect(notesOf(...start, chat('3', [20, 30], { given: [given('c1', 'r')], says: 'Done.' }, inAgent))).toEqual([])
    expect(notesOf(agent('a', 'x', [0, 1000]), ...start)).toEqual([])
  })
})

test('a span without a time is named', () => {
  const timeless = {
    ...tool('2', 'look', [10, 20], { callId: 'c1' }, { ...inAgent, name: 'look' }),
    endTimeUnixNano: 0n,
  }
  expect(runOf(chat('1', [0, 10], {}, inAgent), timeless).notes).toEqual([
    'No time was recorded for the start or the end of 1 span: “look”.',
  ])
})

describe('content that was cut off', () => {
  const cut = '{"rooms":[{"id":"r1"},{"id":"r'
  const script = (result: string) =>
    runOf(
      chat('1', [0, 10], { given: [user('Hi')], asks: [['c1', 'look', {}]] }, inAgent),
      sketch({
        id: '2',
        parent: 'a',
        from: 10,
        to: 20,
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'look',
          'gen_ai.tool.call.id': 'c1',
          'gen_ai.tool.call.result': cut,
        },
      }),
      chat('3', [20, 30], { given: [user('Hi'), given('c1', result)] }, inAgent),
    ).calls[0]
  test('is kept and marked', () => {
    expect(script(cut)).toMatchObject({ result: cut, truncated: true })
  })
  test('is replaced by the whole that the next turn was given', () => {
    expect(script('{"rooms":[]}')).toMatchObject({ result: { rooms: [] }, truncated: false })
  })
})

describe('spans that share an id', () => {
  const spans = [
    agent('a', 'x', [0, 1000]),
    chat(
      '1',
      [0, 10],
      {
        asks: [
          ['c1', 'look', {}],
          ['c2', 'see', {}],
        ],
      },
      inAgent,
    ),
    tool('2', 'look', [10, 20], { callId: 'c1' }, { ...inAgent, name: 'look' }),
    tool('2', 'see', [15, 40], { callId: 'c2' }, { ...inAgent, name: 'see' }),
    tool('3', 'look', [50, 60], {}, { ...inAgent, name: 'look' }),
  ]
  test('and differ in name or start are both kept, with a note; the order of arrival makes no difference', () => {
    const runs = buildRuns(spans)
    expect(runs).toEqual(buildRuns([...spans, ...spans].reverse()))
    expect(runs[0]!.calls.map(({ id, tool, callId }) => [id, tool, callId])).toEqual([
      [idOf('2'), 'look', 'c1'],
      [idOf('4'), 'see', 'c2'],
      [idOf('3'), 'look', null],
    ])
    expect(runs[0]!.notes).toEqual([
      `Two different spans have the id ${idOf('2')}. The later one, “see”, is shown under the id ${idOf('4')}.`,
    ])
  })
  test('and agree in both are one span, sent at its start and at its end', () => {
    const [run] = buildRuns([
      ...spans.slice(0, 2),
      tool('2', 'look', [10, 10], {}, inAgent),
      tool('2', 'look', [10, 20], { callId: 'c1' }, inAgent),
    ])
    expect(run!.calls).toMatchObject([{ callId: 'c1', startMs: 10, endMs: 20 }])
    expect(run!.notes).toEqual([])
  })
})

describe('parents that go round in a circle', () => {
  const prompt = { given: [user('Weather and news of Oslo')] }
  const spans = (parents: { agent?: string; weather?: string; news?: string }) => [
    agent('a', 'x', [0, 1000], parents.agent === undefined ? {} : { parent: parents.agent }),
    chat('1', [0, 100], { ...prompt, asks: [['c1', 'get_weather', { of: 'Oslo' }]] }, inAgent),
    tool('2', 'get_weather', [100, 400], { callId: 'c1' }, { parent: parents.weather ?? 'a' }),
    chat('3', [400, 500], { ...prompt, asks: [['c2', 'get_news', { of: 'Oslo' }]] }, inAgent),
    tool('4', 'get_news', [500, 900], { callId: 'c2' }, { parent: parents.news ?? 'a' }),
    chat('5', [900, 1000], { ...prompt, says: 'Rain.' }, inAgent),
  ]
  test.each([
    ['a call is its own parent', { weather: '2' }, '1 span'],
    ['two calls are each other’s', { weather: '4', news: '2' }, '2 spans'],
    ['the agent is inside its first turn', { agent: '1' }, '1 span'],
    ['the agent is its own parent', { agent: 'a' }, '1 span'],
  ])('%s: one run, no call or turn lost, and a note', (_name, parents, count) => {
    const runs = buildRuns(spans(parents))
    expect(runs).toHaveLength(1)
    const [run] = runs
    expect(run).toMatchObject({ runId: idOf('a'), parentRunId: null })
    expect(run!.turns).toHaveLength(3)
    expect(run!.calls.map(({ tool, turn, turnFrom }) => [tool, turn, turnFrom])).toEqual([
      ['get_weather', 0, 'call-id'],
      ['get_news', 1, 'call-id'],
    ])
    expect(run!.notes).toEqual([
      `${count} of this run (“span”) named as parent itself or a span inside it. Which agent it belongs to is told by call ids and times.`,
    ])
  })
})
