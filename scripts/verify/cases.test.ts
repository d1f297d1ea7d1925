// Each scenario with an agent that has no framework, as found: what `npm run verify` measures, without its durations, which a busy machine blurs.

import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzer/index.ts'
import { runAgent } from '../../fixtures/agents/run-agent.ts'
import { CASES } from './cases.ts'

const ONE_EACH = CASES.filter(({ framework }) => framework === 'hand-written')

describe.concurrent.each(ONE_EACH)('$name', (subject) => {
  const { framework, scenario, rung, inOrder, options } = subject

  // As in `npm run verify`, a run that the machine disturbed is made again: an agent process held up for long has other turns.
  test('the achievable schedule has the turns of the fixed agent, and saves only where order is not right', {
    retry: 2,
  }, async () => {
    const { spans } = await runAgent(framework, scenario, 'found')
    const runs = analyze(spans, options).runs
    const outer = runs.find(({ parentRunId }) => parentRunId === null)!
    for (const { replay } of runs) expect(replay.ok, replay.reason).toBe(true)
    const achievable = outer.schedules[rung]
    expect(outer.turns).toHaveLength(scenario.found.turns.length + 1)
    expect(outer.turns.length - achievable.turnsRemoved).toBe(scenario.fixed.turns.length + 1)
    const saved = (outer.durationMs - achievable.durationMs) / outer.durationMs
    if (inOrder) expect(saved).toBeLessThan(0.01)
    // The smallest is the agent as a tool that saves one turn inside it and 300 ms of tools.
    else expect(saved).toBeGreaterThan(0.1)
  })
})
