import type { CallEffect, Effect } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Call, Run } from '../model/run.ts'
import { argumentsChange } from './argument-effects.ts'
import { leavesOf } from './leaves.ts'
import { resourcesOf } from './resources.ts'
import { effectOfName, wordsOf } from './tool-lexicon.ts'

/** Names that are arithmetic whenever numbers alone go in and one comes out; `add` is a write only of something else. */
const ARITHMETIC = new Set(['add', 'sum', 'subtract', 'multiply', 'divide', 'power', 'modulo', 'round', 'max', 'min'])

/** What each call does to the world, strongest source first: an override, the configuration, the tool's name. */
export function effectsOf(run: Run, options: AnalyzeOptions): CallEffect[] {
  const overridden = new Map<string, Effect>()
  for (const override of options.overrides) {
    if (override.kind === 'effect') overridden.set(override.tool, { kind: override.effect, from: 'override' })
  }
  return run.calls.map((call) => ({
    effect: overridden.get(call.tool) ?? configured(call.tool, options) ?? named(call),
    resources: resourcesOf(call.tool, call.arguments),
  }))
}

function configured(tool: string, options: AnalyzeOptions): Effect | undefined {
  // Own properties only: a tool may be called `constructor`.
  const effect = Object.hasOwn(options.tools, tool) ? options.tools[tool]?.effect : undefined
  return effect === undefined ? undefined : { kind: effect, from: 'config' }
}

function named(call: Call): Effect {
  // Its name may say `analyze`; what the agent inside does is not told by it.
  if (call.childRunId !== null) return { kind: 'unknown', from: 'default' }
  const kind = effectOfName(call.tool)
  if (kind === 'read') return { kind: argumentsChange(call.tool, call.arguments) ? 'write' : 'read', from: 'name' }
  const name = wordsOf(call.tool)
  const mayCompute = kind === undefined || (name.length === 1 && ARITHMETIC.has(name[0] as string))
  if (mayCompute && isArithmetic(call)) return { kind: 'read', from: 'default' }
  return kind === undefined ? { kind: 'unknown', from: 'default' } : { kind, from: 'name' }
}

/** Numbers in under names that say nothing, a number out: `add(2, 3)` adds to no list, `deposit(100)` changes a balance. */
function isArithmetic(call: Call): boolean {
  if (typeof call.result !== 'number' || call.arguments === undefined) return false
  const leaves = leavesOf(call.arguments as Json)
  return leaves.length > 0 && leaves.every(({ value, key }) => typeof value === 'number' && !/id$/i.test(key))
}
