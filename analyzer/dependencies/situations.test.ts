import { describe, expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { evidenceOf } from './evidence.ts'
import { PAIR_TABLE } from './pair-table.ts'
import { situationsOf } from './situations.ts'
import { options, type TestCall, type TestTurn, testRun } from './test-run.ts'
import { situationProbability } from './weights.ts'

function nameOf(prompt: string, script: readonly TestTurn[], i = 0, j = 1): string | undefined {
  const run = testRun(prompt, script)
  return situationsOf(run, evidenceOf(run, options())).of(i, j)?.name
}

const read = (city: string, result: Json = 'rain'): TestCall => ({ tool: 'get_weather', args: { city }, result })
const list = (args: Json): TestCall => ({ tool: 'list_tickets', args, result: ['a'] })
const write = (channel: string): TestCall => ({ tool: 'send_message', args: { channel }, result: 'ok' })

describe('the situation of a pair has a name', () => {
  const oslo = 'Weather in Oslo and Bergen, to channel news and channel team, and the tickets of queue ops.'
  test.each<[string | undefined, TestTurn[]]>([
    ['one turn: reads', [[read('Oslo'), read('Bergen')]]],
    ['one turn: write then write, different, one tool', [[write('news'), write('team')]]],
    ['read: all explained', [[read('Oslo')], [read('Bergen')]]],
    ['read: no arguments', [[read('Oslo')], [{ tool: 'get_time', args: {}, result: 3 }]]],
    ['then a deed: read then write, unknown', [[read('Oslo')], [write('news')]]],
    ['hazard: write then read, same', [[write('news')], [{ tool: 'list_messages', args: { channel: 'news' } }]]],
    [
      'by data, 95 up',
      [[read('Oslo', 'st_91fx55k')], [{ tool: 'get_station', args: { id: 'st_91fx55k' }, result: 1 }]],
    ],
    // The first call of a series often leaves its counter out.
    [undefined, [[list({ queue: 'ops' })], [list({ queue: 'ops', pageNum: 2 })]]],
    [undefined, [[list({ queue: 'ops' })], [list({ queue: 'ops', batch: 2 })]]],
    ['read: all explained', [[list({ queue: 'news' })], [list({ queue: 'team' })]]],
    // Nobody gave Hamar: it may be what the first answer led to.
    ['read: made up', [[read('Oslo')], [read('Hamar')]]],
    // The arguments of the second were not captured.
    [undefined, [[read('Oslo')], [{ tool: 'get_time', result: 3 }]]],
  ])('%s', (name, script) => {
    expect(nameOf(oslo, script)).toBe(name)
  })

  test('a number that everyone knows was not worked out', () => {
    const sum = (a: number, b: number, result: number): TestCall => ({ tool: 'multiply', args: { a, b }, result })
    expect(nameOf('26 m in cm, 31 km in m.', [[sum(26, 100, 2600)], [sum(31, 1000, 31000)]])).toBe(
      'read: all explained',
    )
    expect(nameOf('26 m in cm, 31 km in m.', [[sum(26, 100, 2600)], [sum(31, 867, 26877)]])).toBe('read: made up')
  })
})

test.each<[string | undefined, string, TestCall, TestCall]>([
  [
    'hazard: write then write, unknown',
    'one branch',
    { tool: 'mcp__repo__push', args: { branch: 'fix-1' } },
    { tool: 'mcp__forge__create_review', args: { head: 'fix-1', title: 'x' } },
  ],
  [
    'then a deed: write then write, unknown, other service',
    'a date says nothing of things',
    { tool: 'mcp__diary__create_event', args: { day: '2031-05-14' } },
    { tool: 'mcp__tickets__create_order', args: { day: '2031-05-14' } },
  ],
  [
    'then a deed: write then write, unknown, other service',
    'nor does a word of prose',
    { tool: 'mcp__chat__post_message', args: { text: 'weekly report' } },
    { tool: 'mcp__tickets__create_order', args: { about: 'report' } },
  ],
  [
    'hazard: write then read, unknown',
    'one plain word',
    { tool: 'mcp__rollouts__restart', args: { app: 'billing' } },
    { tool: 'mcp__charts__get_latency', args: { filter: 'service:billing quantile:0.99' } },
  ],
  [
    'read: made up',
    'two plain words',
    { tool: 'mcp__rollouts__restart', args: { app: 'billing' } },
    { tool: 'mcp__charts__get_latency', args: { filter: 'service:catalog quantile:0.99' } },
  ],
])('%s: two services, %s', (name, _, first, second) => {
  expect(nameOf('x', [[{ ...first, result: 'ok' }], [{ ...second, result: 'ok' }]])).toBe(name)
})

describe('probability of a situation', () => {
  const table = { seen: [9, 16, 3], clear: [0, 96, 3], lonely: [0, 96, 1] } as const

  test('four pairs of belief are added to what was counted', () => {
    expect(situationProbability({ name: 'seen', prior: 0.25 }, table)).toBe(0.5) // (9 + 1) / (16 + 4)
    expect(situationProbability({ name: 'clear', prior: 0.5 }, table)).toBe(0.02) // (0 + 2) / (96 + 4)
    expect(situationProbability({ name: 'never', prior: 0.3 }, table)).toBe(0.3)
  })

  test('one family of corpora makes nothing independent, and counting makes no hazard unlikely', () => {
    expect(situationProbability({ name: 'lonely', prior: 0.5 }, table)).toBe(0.5)
    expect(situationProbability({ name: 'clear', prior: 0.5, shown: true, hazard: true }, table)).toBe(0.5)
  })

  test('nothing counted is surer than 99 in 100', () => {
    expect(situationProbability({ name: 'one turn: reads', prior: 0.01 }, PAIR_TABLE)).toBeCloseTo(0.01, 10)
  })
})
