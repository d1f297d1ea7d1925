import { matchesWildcard } from '../base/wildcard.ts'
import type { Json } from '../model/json.ts'
import type { AnalyzeOptions, ToolConfig } from '../model/options.ts'

const NOTHING: ToolConfig = {}

/**
 * What the configuration says of each tool: the fields of every pattern that fits, a later one over an earlier one, and
 * those under the tool's own name over all. Asked once per tool, however many calls it has.
 */
export function toolConfigs(tools: AnalyzeOptions['tools']): (tool: string) => ToolConfig {
  const patterns = Object.keys(tools).filter((name) => name.includes('*'))
  const known = new Map<string, ToolConfig>()
  return (tool) => {
    let config = known.get(tool)
    if (config === undefined) {
      const fitting = patterns.filter((pattern) => matchesWildcard(pattern, tool)).map((pattern) => tools[pattern])
      // Own properties only: a tool may be called `constructor`.
      const own = Object.hasOwn(tools, tool) ? tools[tool] : undefined
      config = fitting.length === 0 && own === undefined ? NOTHING : Object.assign({}, ...fitting, own)
      known.set(tool, config as ToolConfig)
    }
    return config as ToolConfig
  }
}

/**
 * The configured names of what a call touches, `{path}` filled in from its arguments. A name whose argument the call does
 * not have is left out: it touches no such thing. Undefined where the configuration says nothing.
 */
export function configuredResources(config: ToolConfig, args: Json | undefined): string[] | undefined {
  if (config.resources === undefined) return undefined
  const names = new Set<string>()
  for (const template of config.resources) {
    let isComplete = true
    const name = template.replace(/\{([^{}]+)\}/g, (_, key: string) => {
      const value = argumentAt(args, key)
      if (value === undefined) isComplete = false
      return value ?? ''
    })
    if (isComplete) names.add(name.toLowerCase())
  }
  return [...names].sort()
}

/** A text, number or boolean among the arguments, at `name` or at `outer.inner`. */
function argumentAt(args: Json | undefined, path: string): string | undefined {
  let value: Json | undefined = args
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
    value = (value as Readonly<Record<string, Json>>)[key]
  }
  return value === null || typeof value === 'object' || value === undefined ? undefined : String(value)
}
