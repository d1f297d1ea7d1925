import type { TailraceConfig } from './model/config.ts'
import type { Override, ToolConfig } from './model/options.ts'
import type { ReportRun } from './model/report.ts'

/**
 * A configuration that says of tools what the overrides say of calls, over what `base` says already: a word on two calls
 * becomes one on their tools, and so holds for every run. Words on calls that are in none of the runs are left out, and
 * so are those on two calls of one tool that were called dependent: each of its calls would wait for all before.
 */
export function configOfOverrides(
  overrides: readonly Override[],
  runs: readonly Pick<ReportRun, 'calls'>[],
  base: TailraceConfig = {},
): TailraceConfig {
  const callOf = new Map(runs.flatMap((run) => run.calls.map((call) => [call.id, call] as const)))
  const tools: Record<string, ToolConfig> = { ...base.tools }
  const change = (tool: string, config: ToolConfig) => {
    tools[tool] = { ...(Object.hasOwn(tools, tool) ? tools[tool] : {}), ...config }
  }
  for (const override of overrides) {
    if (override.kind === 'effect') {
      change(override.tool, { effect: override.effect })
      continue
    }
    const [a, b] = [callOf.get(override.from), callOf.get(override.to)]
    if (a === undefined || b === undefined) continue
    const [earlier, later] = a.startMs <= b.startMs ? [a.tool, b.tool] : [b.tool, a.tool]
    if (override.kind === 'dependent' && earlier === later) continue
    const key = override.kind === 'dependent' ? 'dependsOn' : 'independentOf'
    const named = (Object.hasOwn(tools, later) ? tools[later]?.[key] : undefined) ?? []
    if (!named.includes(earlier)) change(later, { [key]: [...named, earlier] })
  }
  return { ...base, ...(Object.keys(tools).length > 0 ? { tools } : {}) }
}
