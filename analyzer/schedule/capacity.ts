import { matchesWildcard } from '../base/wildcard.ts'
import { toolConfigs } from '../dependencies/tool-config.ts'
import type { CallEffect } from '../model/dependency.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import type { Capacity } from './simulate.ts'

/** The caps of the options as the simulator takes them: one pool per capped tool, one per entry of `resourceCaps`. */
export function capacityOf(
  run: Run,
  effects: readonly CallEffect[],
  { concurrency, resourceCaps, tools }: Pick<AnalyzeOptions, 'concurrency' | 'resourceCaps' | 'tools'>,
): Capacity {
  const configOf = toolConfigs(tools)
  const pools: number[] = []
  const poolOfTool = new Map<string, number>()
  for (const { tool } of run.calls) {
    const cap = configOf(tool).concurrency
    if (cap !== undefined && !poolOfTool.has(tool)) poolOfTool.set(tool, pools.push(cap) - 1)
  }
  const poolOfPattern = Object.keys(resourceCaps)
    .sort()
    .map((pattern) => ({ pattern, pool: pools.push(resourceCaps[pattern]!) - 1 }))
  if (pools.length === 0) return { total: concurrency, pools, poolsOf: [] }

  const shared = new Map<string, readonly number[]>()
  const poolsOf = run.calls.map(({ tool }, c): readonly number[] => {
    const own = poolOfTool.get(tool)
    const touched = poolOfPattern.filter(({ pattern }) =>
      effects[c]!.resources.some((resource) => matchesWildcard(pattern, resource)),
    )
    const drawn = [...(own === undefined ? [] : [own]), ...touched.map(({ pool }) => pool)]
    const same = shared.get(drawn.join()) ?? drawn
    shared.set(drawn.join(), same)
    return same
  })
  return { total: concurrency, pools, poolsOf }
}
