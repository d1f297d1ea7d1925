// What is verified: scenarios of known height, each with frameworks that can play it both as found and as fixed.

import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import { ADAPTIVE, WRITES } from '../../fixtures/agents/in-order.ts'
import type { Framework } from '../../fixtures/agents/run-agent.ts'
import type { Scenario } from '../../fixtures/agents/scenario.ts'
import { BLAME, DELEGATED, TRIAGE } from '../../fixtures/agents/scenarios.ts'
import {
  DUPLICATES,
  FALSE_FRIENDS,
  FAN_OUT,
  LOOP_IN_SEQUENCE,
  MIXED,
  N_PLUS_ONE,
  RATE_LIMITED,
} from '../../fixtures/agents/waterfalls.ts'

export interface Case {
  readonly name: string
  readonly scenario: Scenario
  readonly framework: Framework
  /** The rung whose fix the fixed run shows. */
  readonly rung: 'overlap' | 'batch'
  /** Nothing may be promised: each step stands where it must. */
  readonly inOrder: boolean
  /** What the agent's user would have to say in a configuration for Tailrace to know. */
  readonly options: Partial<AnalyzeOptions>
}

/** Frameworks that run the calls of one response at the same time. */
const CONCURRENT = ['vercel-ai-sdk', 'langgraph', 'openai-agents', 'genkit', 'hand-written'] as const
/** Loops that their user can write either way. */
const EITHER_WAY = ['hand-written', 'strands', 'openllmetry', 'langsmith'] as const
/** Google ADK for JavaScript runs them one after another whatever its user does: it shows no fix of another kind. */
const ALL = [...CONCURRENT, 'google-adk'] as const

/** The same two agents; only as found, the outer one asks for one thing at a time in both. */
const ONLY_INSIDE: Scenario = { ...DELEGATED, fixed: DELEGATED.found }

export const CASES: readonly Case[] = [
  ...each(FAN_OUT, CONCURRENT),
  ...each(MIXED, CONCURRENT),
  ...each(TRIAGE, ['vercel-ai-sdk', 'langgraph'], { name: 'mixed DAG, a tool fails' }),
  ...each(LOOP_IN_SEQUENCE, EITHER_WAY, { rung: 'overlap' }),
  ...each(N_PLUS_ONE, CONCURRENT),
  ...each(DELEGATED, CONCURRENT, {
    name: 'agent as tool, known to read',
    options: { tools: { investigator: { effect: 'read' } } },
  }),
  ...each(ONLY_INSIDE, ['vercel-ai-sdk', 'langgraph', 'hand-written'], { name: 'agent as tool' }),
  ...each(DUPLICATES, CONCURRENT),
  ...each(FALSE_FRIENDS, CONCURRENT),
  ...each(RATE_LIMITED, CONCURRENT, { options: { tools: { get_reading: { concurrency: 2 } } } }),
  ...each(BLAME, ALL, { name: 'true chain', inOrder: true }),
  ...each(WRITES, ALL, { inOrder: true }),
  ...each(ADAPTIVE, ALL, { inOrder: true }),
]

function each(scenario: Scenario, frameworks: readonly Framework[], more: Partial<Case> = {}): Case[] {
  const same = { name: scenario.name, scenario, rung: 'batch', inOrder: false, options: {}, ...more } as const
  return frameworks.map((framework) => ({ ...same, framework }))
}
