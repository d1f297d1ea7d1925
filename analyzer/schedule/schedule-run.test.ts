import { expect, test } from 'vitest'
import { DEFAULT_OPTIONS } from '../model/options.ts'
import { criticalPath } from './critical-path.ts'
import { KIND, kindOf } from './network.ts'
import { scheduleRun } from './schedule-run.ts'
import { inferenceOf, type RunSpec, testRun } from './test-run.ts'

type Pairs = Parameters<typeof inferenceOf>[1]

function schedulesOf(spec: RunSpec, pairs: Pairs = [], options = {}) {
  const run = testRun(spec)
  return scheduleRun(run, inferenceOf(run, pairs), { ...DEFAULT_OPTIONS, ...options }, () => 0)
}

//             0    100   110     410  420    520  530      730  740   840
// turn 0      |=====|
// a                 .|======|
// turn 1                        .|======|
// b                                     .|========|
// turn 2                                              .|=====|
const twoTurns: RunSpec = {
  durationMs: 850,
  turns: [{ at: [0, 100] }, { at: [420, 520] }, { at: [740, 840] }],
  calls: [
    { tool: 'a', turn: 0, at: [110, 410] },
    { tool: 'b', turn: 1, at: [530, 730] },
  ],
}

test('the actual schedule reproduces the run, gaps and tail included', () => {
  const { actual, replay } = schedulesOf(twoTurns)
  expect(actual.durationMs).toBe(850)
  expect(replay).toMatchObject({ measuredMs: 850, simulatedMs: 850, error: 0, ok: true })
  const path = criticalPath(actual.simulation)
  expect(path.map((part) => part.kind).join(' ')).toBe('turn gap call gap turn gap call gap turn gap')
  expect(path.reduce((sum, part) => sum + part.endMs - part.startMs, 0)).toBe(850)
})

test('batch: an independent call of a later turn is asked for by the first, and its turn goes with its gap', () => {
  const { batch, overlap } = schedulesOf(twoTurns)
  // turn 0 (100), the longer of a (10 + 300) and b (10 + 200), gap 10, turn 2 (100), tail 10
  expect(batch.low.durationMs).toBe(530)
  expect(batch.low.turnsRemoved).toEqual([1])
  expect(batch.low.moved).toEqual([1])
  // each turn has one call: nothing to overlap
  expect(overlap.low.durationMs).toBe(850)
})

test('a dependent pair keeps its turns; an unknown one does so in the sure figure only', () => {
  expect(schedulesOf(twoTurns, [['a', 'b', 'dependent']]).batch.high.durationMs).toBe(850)
  const unknown = schedulesOf(twoTurns, [['a', 'b', 'unknown', 0]])
  expect([unknown.batch.low.durationMs, unknown.batch.high.durationMs]).toEqual([850, 530])
})

test('a verdict below the threshold is not acted on, either way', () => {
  const weak = schedulesOf(twoTurns, [['a', 'b', 'independent', 0.7]])
  expect([weak.batch.low.durationMs, weak.batch.high.durationMs]).toEqual([850, 530])
  const weaklyDependent = schedulesOf(twoTurns, [['a', 'b', 'dependent', 0.7]])
  expect([weaklyDependent.batch.low.durationMs, weaklyDependent.batch.high.durationMs]).toEqual([850, 530])
})

test('a turn that takes a call over takes longer by its tokens, at the speed of the run', () => {
  // 100 ms for 10 tokens, 200 for 20, 300 for 30: 10 ms a token. b's 20 tokens move to turn 0.
  const { batch, latency } = schedulesOf({
    durationMs: 1000,
    turns: [
      { at: [0, 100], inputTokens: 50, outputTokens: 10 },
      { at: [200, 400], inputTokens: 60, outputTokens: 20 },
      { at: [700, 1000], inputTokens: 70, outputTokens: 30 },
    ],
    calls: [
      { tool: 'a', turn: 0, at: [100, 200] },
      { tool: 'b', turn: 1, at: [400, 700] },
    ],
  })
  expect(latency).toEqual([{ model: null, firstTokenMs: 0, msPerToken: 10, from: 'fit' }])
  // turn 0 (100 + 20 * 10), the longer of a and b (300), turn 2 (300)
  expect(batch.low.durationMs).toBe(900)
  // turn 1's 60 in and 20 out go; the 20 out are written by turn 0 instead
  expect(batch.low.tokensRemoved).toBe(60)
})

const sameTurn: RunSpec = {
  durationMs: 700,
  turns: [{ at: [0, 100] }, { at: [600, 700] }],
  calls: [
    { tool: 'a', turn: 0, at: [100, 300] },
    { tool: 'b', turn: 0, at: [300, 400] },
    { tool: 'c', turn: 0, at: [400, 600] },
  ],
}

test('a call that moves waits as long after its new turn as the first call of that turn did', () => {
  const { batch } = schedulesOf({
    durationMs: 1000,
    turns: [{ at: [0, 100] }, { at: [400, 500] }, { at: [900, 1000] }],
    calls: [
      { tool: 'a', turn: 0, at: [200, 400] },
      { tool: 'b', turn: 1, at: [500, 900] },
    ],
  })
  // turn 0 (100), 100 until a started, b (400) beside a, turn 2 (100)
  expect(batch.low.durationMs).toBe(700)
})

test('overlap: calls of one turn run together, but for those that must keep their order', () => {
  expect(schedulesOf(sameTurn).overlap.low.durationMs).toBe(400)
  // a before c: 100 + 200 + 200 + 100
  expect(schedulesOf(sameTurn, [['a', 'c', 'dependent']]).overlap.low.durationMs).toBe(600)
})

test('a concurrency cap holds in what is achievable', () => {
  // two at a time: a (200) beside b (100), then c (200) in b's slot: ends at 100 + 100 + 200
  expect(schedulesOf(sameTurn, [], { concurrency: 2 }).overlap.low.durationMs).toBe(500)
  expect(schedulesOf(sameTurn, [], { concurrency: 1 }).overlap.low.durationMs).toBe(700)
})

test('calls that overlapped have no order to keep, whatever the verdict', () => {
  const { actual, batch } = schedulesOf(
    {
      durationMs: 400,
      turns: [{ at: [0, 100] }, { at: [300, 400] }],
      calls: [
        { tool: 'a', turn: 0, at: [100, 300] },
        { tool: 'b', turn: 0, at: [110, 290] },
      ],
    },
    [['a', 'b', 'dependent']],
  )
  expect([actual.durationMs, batch.low.durationMs]).toEqual([400, 400])
})

test('nothing moves across a message of the user, and the wait for it is in no sum', () => {
  const { actual, batch } = schedulesOf({
    durationMs: 5800,
    turns: [{ at: [0, 100] }, { at: [300, 400] }, { at: [5400, 5500] }, { at: [5700, 5800] }],
    calls: [
      { tool: 'a', turn: 0, at: [100, 300] },
      { tool: 'b', turn: 2, at: [5500, 5700] },
    ],
    waits: [{ startMs: 400, endMs: 5400 }],
    messages: [{ beforeTurn: 2, role: 'user', text: 'and b' }],
  })
  expect([actual.durationMs, batch.low.durationMs]).toEqual([800, 800])
  expect(actual.simulation.durationMs).toBe(5800)
  expect(criticalPath(actual.simulation).map((part) => part.kind)).toContain('wait')
})

test('a call is not moved where the whole run would wait longer for it', () => {
  // b is long and not needed until the end; c needs a. With b in turn 0, turn 1 would wait 500 for it.
  const { batch } = schedulesOf(
    {
      durationMs: 900,
      turns: [{ at: [0, 100] }, { at: [200, 300] }, { at: [800, 900] }],
      calls: [
        { tool: 'a', turn: 0, at: [100, 200] },
        { tool: 'b', turn: 1, at: [300, 800] },
        { tool: 'c', turn: 1, at: [300, 700] },
      ],
    },
    [['a', 'c', 'dependent']],
  )
  expect(batch.low.durationMs).toBe(900)
})

test('model turns that overlap do not fit the model: nothing is claimed, and the turn is named', () => {
  const { replay, batch } = schedulesOf({
    durationMs: 500,
    turns: [{ at: [0, 300] }, { at: [100, 400] }],
    calls: [{ tool: 'a', turn: 1, at: [400, 500] }],
  })
  expect(replay.ok).toBe(false)
  expect(replay.reason).toMatch(/turn 1 started at 100 ms/)
  expect(batch.high.durationMs).toBe(replay.simulatedMs)
})

test('a run without calls or turns has schedules of its own length', () => {
  const { actual, batch } = schedulesOf({ durationMs: 50, turns: [], calls: [] })
  expect([actual.durationMs, batch.low.durationMs]).toEqual([50, 50])
})

test('calls that no turn asked for keep the order they had', () => {
  const { actual, batch } = schedulesOf({
    durationMs: 300,
    turns: [],
    calls: [
      { tool: 'a', turn: -1, at: [0, 100] },
      { tool: 'b', turn: -1, at: [120, 300] },
    ],
  })
  expect([actual.durationMs, batch.low.durationMs]).toEqual([300, 300])
})

test('without a fit a token costs the default, but never more than the run’s own turns allow', () => {
  const speedOf = (turnMs: number, tokens: number) =>
    schedulesOf({
      durationMs: 2 * turnMs,
      turns: [
        { at: [0, turnMs], outputTokens: tokens },
        { at: [turnMs, 2 * turnMs], outputTokens: tokens },
      ],
      calls: [],
    }).latency[0]
  expect(speedOf(100, 20)).toEqual({ model: null, firstTokenMs: 0, msPerToken: 5, from: 'default' })
  expect(speedOf(1000, 20)).toEqual({ model: null, firstTokenMs: 700, msPerToken: 15, from: 'default' })
})

test('the speed of a run is told by turns that differ by many tokens, not by a token', () => {
  // 10 ms a token, and 10 ms of noise in the first and the third turn: 20 ms a token between the short ones.
  const { latency } = schedulesOf({
    durationMs: 1400,
    turns: [
      { at: [0, 80], outputTokens: 9 },
      { at: [80, 180], outputTokens: 10 },
      { at: [180, 300], outputTokens: 11 },
      { at: [300, 1400], outputTokens: 110 },
    ],
    calls: [],
  })
  expect(latency).toEqual([{ model: null, firstTokenMs: 0, msPerToken: 10, from: 'fit' }])
})

test('no fit makes the time to the first token less than nothing', () => {
  // 90 ms more for 1 token more, 100 ms more for 2; but a turn of 10 tokens in 100 ms took at most 10 ms for each.
  const { latency } = schedulesOf({
    durationMs: 490,
    turns: [
      { at: [0, 100], outputTokens: 10 },
      { at: [100, 290], outputTokens: 11 },
      { at: [290, 490], outputTokens: 12 },
    ],
    calls: [],
  })
  // 10, 17.3 and 16.7 ms a token in the three; the slopes' weighted median is 50.
  expect(latency).toEqual([{ model: null, firstTokenMs: 0, msPerToken: 200 / 12, from: 'fit' }])
})

test('calls one after another that clocks let overlap by a tick still ran one after another', () => {
  const { overlap, replay } = schedulesOf({
    durationMs: 700,
    turns: [{ at: [0, 100] }, { at: [599, 700] }],
    calls: [
      { tool: 'a', turn: 0, at: [100, 300.9] },
      { tool: 'b', turn: 0, at: [300, 400.5] },
      { tool: 'c', turn: 0, at: [400, 600] },
    ],
  })
  expect(replay.error).toBe(0)
  // a (200), b (100) and c (199, until the next turn) together: 100 + 200 + 101
  expect(overlap.low.durationMs).toBe(401)
})

test('short calls that started together are not taken for a sequence', () => {
  const { actual } = schedulesOf({
    durationMs: 200,
    turns: [{ at: [0, 100] }],
    calls: [
      { tool: 'a', turn: 0, at: [100, 101] },
      { tool: 'b', turn: 0, at: [100, 103] },
    ],
  })
  expect(actual.plan.steps[0]!.calls.map((planned) => planned.after)).toEqual([[], []])
})

test('a turn did not wait for a call that started after it, though the call ends within a tick of it', () => {
  // Turn 1 at 0.5 ms, then its call until 1; the call of turn 0 runs from 1 to 2, then nothing until 8.
  const { actual, replay } = schedulesOf({
    durationMs: 8,
    turns: [{ at: [0, 0] }, { at: [0.5, 0.5] }],
    calls: [
      { tool: 'later', turn: 1, at: [0.5, 1] },
      { tool: 'earlier', turn: 0, at: [1, 2] },
    ],
  })
  expect(replay).toMatchObject({ simulatedMs: 8, error: 0, ok: true })
  expect(actual.durationMs).toBe(8)
})

test('a call in the background is waited for by what needs it, in every schedule', () => {
  // deep runs from turn 0 past turn 1; turn 2 asks for ref, which needs it. other is independent of all.
  const spec: RunSpec = {
    durationMs: 2600,
    turns: [{ at: [0, 100] }, { at: [300, 400] }, { at: [2100, 2200] }, { at: [2500, 2600] }],
    calls: [
      { tool: 'quick', turn: 0, at: [100, 300] },
      { tool: 'deep', turn: 0, at: [100, 2000] },
      { tool: 'other', turn: 1, at: [400, 600] },
      { tool: 'ref', turn: 2, at: [2200, 2500] },
    ],
  }
  const { replay, batch } = schedulesOf(spec, [['deep', 'ref', 'dependent']])
  expect(replay.error).toBe(0)
  // turn 0 (100), deep (1900), gap of turn 2 (100), turn 2 (100), ref (300), turn 3 (100); turn 1 is gone, and frees nothing
  expect(batch.low.durationMs).toBe(2600)
  const { network } = batch.low.simulation
  const at = (call: number) =>
    network.refs.findIndex((ref, activity) => kindOf(network, activity) === 'call' && ref === call)
  expect(batch.low.simulation.startMs[at(3)]!).toBeGreaterThanOrEqual(batch.low.simulation.endMs[at(1)]!)
})

//             0    100  200   300 320  420  430  500 510   610
// turn 0      |=====|
// turn 1                |=====|
// a                             .|===|
// late                                    .|===|                 asked for by turn 0, and held up
// turn 2                                             .|=====|
test('a call that started after one of a later turn, and needs it, is in every plan', () => {
  const { replay, batch, plan } = schedulesOf(
    {
      durationMs: 610,
      turns: [{ at: [0, 100] }, { at: [200, 300] }, { at: [510, 610] }],
      calls: [
        { tool: 'a', turn: 1, at: [320, 420] },
        { tool: 'late', turn: 0, at: [430, 500] },
      ],
    },
    [['a', 'late', 'dependent']],
  )
  expect(replay.ok).toBe(true)
  for (const { low, high } of [batch, plan]) {
    for (const { simulation } of [low, high]) {
      const { kinds, refs } = simulation.network
      expect([...refs].filter((_, at) => kinds[at] === KIND.call).sort()).toEqual([0, 1])
    }
  }
})

test('a turn that wrote words for the user stays in the sure figure, and may go in the best case', () => {
  const spoken = schedulesOf({
    ...twoTurns,
    turns: twoTurns.turns.map((turn, i) => (i === 1 ? { ...turn, text: 'In Oslo it rains.' } : turn)),
  })
  // turn 0 (100), a beside b (10 + 300), gap 10, turn 1 (100) with nothing to ask for, gap 10 of turn 2, turn 2 (100), tail 10
  expect(spoken.batch.low.turnsRemoved).toEqual([])
  expect(spoken.batch.low.durationMs).toBe(850 - 210 + 0)
  expect(spoken.batch.high.durationMs).toBe(530)
})

test('a wait for a person inside a call is in no sum, and is not filled to look like a saving', () => {
  const { replay, actual, batch } = schedulesOf({
    durationMs: 3000,
    turns: [{ at: [0, 100] }, { at: [2200, 2300] }, { at: [2900, 3000] }],
    calls: [
      { tool: 'agent', turn: 0, at: [100, 2200] },
      { tool: 'b', turn: 1, at: [2300, 2900] },
    ],
    // 100 ms of the agent's own work, then 2000 ms of a person's
    waits: [{ startMs: 200, endMs: 2200 }],
  })
  expect([replay.measuredMs, actual.durationMs]).toEqual([1000, 1000])
  // b (600) beside the agent: 100 + 100 + the 500 of b that lie in the wait + turn 2 (100)
  expect(batch.low.durationMs).toBe(800)
})
