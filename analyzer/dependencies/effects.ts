import type { CallEffect, Effect } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Call, Run } from '../model/run.ts'
import { leavesOf } from './leaves.ts'
import { resourcesOf } from './resources.ts'
import { effectOfName } from './tool-lexicon.ts'

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
  const kind = effectOfName(call.tool)
  if (kind === 'read') return { kind, from: 'name' }
  if (isArithmetic(call)) return { kind: 'read', from: 'default' }
  return kind === undefined ? { kind: 'unknown', from: 'default' } : { kind, from: 'name' }
}

/** Numbers in under names that say nothing, a number out: `add(2, 3)` adds to no list. */
function isArithmetic(call: Call): boolean {
  if (typeof call.result !== 'number' || call.arguments === undefined) return false
  const leaves = leavesOf(call.arguments as Json)
  return leaves.length > 0 && leaves.every(({ value, key }) => typeof value === 'number' && !/id$/i.test(key))
}
