import { describe, expect, test } from 'vitest'
import { idOf } from '../conventions/test-span.ts'
import { NO_TURN } from '../model/run.ts'
import { buildRuns } from './index.ts'
import { agent, chat, group, tool } from './test-agent.ts'

const names = (runs: ReturnType<typeof buildRuns>) => runs.map((run) => run.name)

describe('nested agents', () => {
  test('a tool that is an agent: a call of the outer run and a run of its own', () => {
    const runs = buildRuns([
      agent('a', 'outer', [0, 100]),
      chat('1', [0, 10], {}, { parent: 'a' }),
      tool('2', 'research', [10, 90], {}, { parent: 'a' }),
      agent('b', 'inner', [11, 89], { parent: '2' }),
      chat('3', [12, 20], {}, { parent: 'b' }),
      tool('4', 'look', [20, 30], {}, { parent: 'b' }),
    ])
    expect(names(runs)).toEqual(['outer', 'inner'])
    expect(runs[0]!.turns).toHaveLength(1)
    expect(runs[0]!.calls).toMatchObject([{ tool: 'research', turn: 0, childRunId: idOf('b'), startMs: 10, endMs: 90 }])
    expect(runs[1]).toMatchObject({ parentRunId: idOf('a'), durationMs: 78 })
    expect(runs[1]!.calls).toMatchObject([{ tool: 'look', turn: 0, startMs: 9, endMs: 19, childRunId: null }])
  })

  test('an agent directly inside an agent that has turns: a call named after it', () => {
    const runs = buildRuns([
      agent('a', 'outer', [0, 100]),
      chat('1', [0, 10], {}, { parent: 'a' }),
      agent('b', 'inner', [11, 89], { parent: 'a' }),
      chat('3', [12, 20], {}, { parent: 'b' }),
    ])
    expect(names(runs)).toEqual(['outer', 'inner'])
    expect(runs[0]!.calls).toMatchObject([{ id: idOf('b'), tool: 'inner', turn: 0, childRunId: idOf('b') }])
  })

  test('agents that only wrap one another are one run: outermost id and time, innermost name', () => {
    const runs = buildRuns([
      agent('a', 'workflow', [0, 100]),
      group('9', [1, 99], { parent: 'a' }),
      agent('b', 'Travel', [2, 98], { parent: '9' }),
      chat('1', [3, 10], {}, { parent: 'b' }),
      tool('2', 'look', [10, 20], {}, { parent: 'b' }),
    ])
    expect(runs).toMatchObject([{ runId: idOf('a'), name: 'Travel', durationMs: 100 }])
    expect(runs[0]!.calls).toMatchObject([{ tool: 'look', turn: 0 }])
  })

  test('an agent that hands over to two: a run whose calls are agents', () => {
    const runs = buildRuns([
      agent('a', 'pipeline', [0, 100]),
      agent('b', 'first', [0, 40], { parent: 'a' }),
      chat('1', [0, 10], {}, { parent: 'b' }),
      agent('c', 'second', [50, 100], { parent: 'a' }),
      chat('2', [50, 60], {}, { parent: 'c' }),
    ])
    expect(names(runs)).toEqual(['pipeline', 'first', 'second'])
    expect(runs[0]!.calls).toMatchObject([
      { tool: 'first', turn: NO_TURN, childRunId: idOf('b') },
      { tool: 'second', turn: NO_TURN, childRunId: idOf('c') },
    ])
  })

  test('a tool whose own models ask for calls is a run, though no span says agent', () => {
    const runs = buildRuns([
      agent('a', 'outer', [0, 100]),
      chat('1', [0, 10], {}, { parent: 'a' }),
      tool('2', 'research', [10, 90], {}, { parent: 'a' }),
      chat('3', [12, 20], {}, { parent: '2' }),
      tool('4', 'look', [20, 30], {}, { parent: '2' }),
    ])
    expect(names(runs)).toEqual(['outer', 'research'])
    expect(runs[0]!.calls).toMatchObject([{ tool: 'research', childRunId: idOf('2') }])
    expect(runs[1]!.calls).toMatchObject([{ tool: 'look', turn: 0 }])
  })

  test('calls that a tool’s program makes are not calls of the outer turn', () => {
    const runs = buildRuns([
      agent('a', 'outer', [0, 100]),
      chat('1', [0, 10], {}, { parent: 'a' }),
      tool('2', 'run_code', [10, 90], {}, { parent: 'a' }),
      tool('3', 'look', [20, 30], {}, { parent: '2' }),
      tool('4', 'look', [30, 40], {}, { parent: '2' }),
    ])
    expect(runs[0]!.calls.map((call) => call.tool)).toEqual(['run_code'])
    expect(runs[1]!.calls).toMatchObject([{ turn: NO_TURN }, { turn: NO_TURN }])
  })

  test('a tool that asks a model something is a plain call', () => {
    const runs = buildRuns([
      agent('a', 'outer', [0, 100]),
      tool('2', 'summarize', [10, 90], {}, { parent: 'a' }),
      chat('3', [12, 20], {}, { parent: '2' }),
    ])
    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({ turns: [], calls: [{ tool: 'summarize', childRunId: null }] })
  })
})

describe('no agent span', () => {
  test('the root is the run', () => {
    const runs = buildRuns([
      group('a', [0, 100], { name: 'POST /ask' }),
      chat('1', [0, 10], {}, { parent: 'a' }),
      tool('2', 'look', [10, 20], {}, { parent: 'a' }),
    ])
    expect(runs).toMatchObject([{ runId: idOf('a'), name: 'POST /ask', durationMs: 100, notes: [] }])
  })

  test('the missing root is the run, from the first start to the last end', () => {
    const runs = buildRuns([chat('1', [5, 10], {}, { parent: 'a' }), tool('2', 'look', [10, 20], {}, { parent: 'a' })])
    expect(runs).toMatchObject([{ runId: idOf('a'), durationMs: 15, turns: [{ startMs: 0, endMs: 5 }] }])
    expect(runs[0]!.notes[0]).toContain('root span of this run has not arrived')
  })

  test('spans without parents are one run, by the earliest', () => {
    const runs = buildRuns([chat('1', [5, 10]), tool('2', 'look', [10, 20]), chat('3', [20, 30])])
    expect(runs).toMatchObject([{ runId: idOf('1'), durationMs: 25, calls: [{ turn: 0 }] }])
    expect(runs[0]!.notes[0]).toContain('3 trees')
  })

  test('spans of other things are no run', () => {
    expect(buildRuns([group('a', [0, 1]), group('b', [0, 1], { parent: 'a' })])).toEqual([])
    expect(buildRuns([])).toEqual([])
  })
})

describe('beside an agent', () => {
  test('a loop around it is the outer run; a lone model call is nobody’s', () => {
    const spans = [
      group('a', [0, 100], { name: 'job' }),
      chat('1', [0, 10], {}, { parent: 'a' }),
      agent('b', 'inner', [20, 60], { parent: 'a' }),
      chat('2', [20, 30], {}, { parent: 'b' }),
    ]
    expect(names(buildRuns(spans))).toEqual(['inner'])
    const runs = buildRuns([...spans, tool('3', 'save', [70, 80], {}, { parent: 'a' })])
    expect(names(runs)).toEqual(['job', 'inner'])
    expect(runs[0]!.calls.map((call) => call.tool)).toEqual(['inner', 'save'])
  })
})

describe('lost parents', () => {
  const spans = [
    agent('a', 'outer', [0, 100]),
    chat('1', [0, 10], { asks: [['c1', 'look', {}]] }, { parent: 'a' }),
    tool('2', 'look', [10, 90], { callId: 'c1' }, { parent: 'a' }),
    agent('b', 'inner', [11, 89], { parent: '2' }),
    chat('3', [12, 20], { asks: [['c2', 'see', {}]] }, { parent: 'b' }),
  ]
  test('by call id, whatever the time says', () => {
    const runs = buildRuns([...spans, tool('4', 'see', [120, 130], { callId: 'c2' }, { parent: 'dead' })])
    expect(runs[1]).toMatchObject({ name: 'inner', calls: [{ tool: 'see', turn: 0, turnFrom: 'call-id' }] })
    expect(runs[1]!.durationMs).toBe(119)
    expect(runs[1]!.notes[0]).toContain('1 span began before the root span or ended after it')
  })
  test('by time, with the siblings that name the same parent', () => {
    const runs = buildRuns([
      ...spans,
      tool('4', 'late', [91, 95], {}, { parent: 'dead' }),
      tool('5', 'later', [95, 96], {}, { parent: 'dead' }),
    ])
    expect(runs[0]!.calls.map((call) => call.tool)).toEqual(['look', 'late', 'later'])
  })
  test('what fits no agent is a run by itself', () => {
    const runs = buildRuns([...spans, tool('4', 'other', [500, 510], {}, { parent: 'dead' })])
    expect(runs.at(-1)).toMatchObject({ runId: idOf('dead'), calls: [{ tool: 'other', turn: NO_TURN }] })
  })
})

test('parents in a circle, and a span that is its own parent', () => {
  const runs = buildRuns([
    tool('1', 'a', [0, 10], {}, { parent: '2' }),
    group('2', [0, 20], { parent: '3' }),
    group('3', [0, 30], { parent: '1' }),
    tool('4', 'b', [5, 6], {}, { parent: '4' }),
  ])
  expect(runs.flatMap((run) => run.calls.map((call) => call.tool)).sort()).toEqual(['a', 'b'])
})

test('copies: the complete one counts', () => {
  const early = tool('2', 'look', [10, 10], {}, { parent: 'a' })
  const late = tool('2', 'look', [10, 20], { result: 1 }, { parent: 'a' })
  for (const spans of [
    [early, late],
    [late, early],
  ]) {
    const [run] = buildRuns([agent('a', 'x', [0, 100]), ...spans])
    expect(run!.calls).toMatchObject([{ endMs: 20, result: 1 }])
  }
})

test('the same span id in two traces is two spans', () => {
  const runs = buildRuns([tool('1', 'look', [0, 1], {}, { trace: 'a' }), tool('1', 'look', [5, 6], {}, { trace: 'b' })])
  expect(runs).toHaveLength(2)
})

test('nothing is rounded: a nanosecond is a millionth of a millisecond', () => {
  const [run] = buildRuns([agent('a', 'x', [0, 100]), tool('1', 'look', [1.000001, 2.000002], {}, { parent: 'a' })])
  expect(run!.calls[0]).toMatchObject({ startMs: 1.000001, endMs: 2.000002 })
})

test('dropped attributes are said', () => {
  const [run] = buildRuns([agent('a', 'x', [0, 100]), chat('1', [0, 1], {}, { parent: 'a', dropped: 73 })])
  expect(run!.notes).toEqual([expect.stringContaining('dropped 73 attributes of 1 span')])
})

describe('five thousand levels', () => {
  const deep = (make: (i: number) => ReturnType<typeof group>) => Array.from({ length: 5000 }, (_, i) => make(i + 1))
  const hex = (i: number) => i.toString(16)
  const under = (i: number) => (i === 1 ? {} : { parent: hex(i - 1) })
  test.each([
    ['groups', (i: number) => group(hex(i), [i / 100, 100], under(i)), 1],
    ['agents', (i: number) => agent(hex(i), `agent ${i}`, [i / 100, 100], under(i)), 1],
    ['one tool', (i: number) => tool(hex(i), 'same', [i / 100, 100], {}, under(i)), 1],
    ['tools', (i: number) => tool(hex(i), `tool ${i}`, [i / 100, 100], {}, under(i)), 5000],
    ['models', (i: number) => chat(hex(i), [i / 100, 100], {}, under(i)), 1],
  ])('%s', (kind, make, calls) => {
    const runs = buildRuns([
      ...deep(make),
      tool('ffff', kind === 'one tool' ? 'same' : 'last', [60, 70], {}, { parent: hex(5000) }),
    ])
    const found = runs.flatMap((run) => run.calls).length
    expect(found).toBe(kind === 'tools' ? calls + 1 : calls)
  })
})
