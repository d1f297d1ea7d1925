import type { Framework } from './framework.ts'
import { frameworkNamed } from './index.ts'

/** What is asked of a run: how many of its calls came with arguments, and with results or an error. */
export interface RunContent {
  readonly runId: string
  readonly name: string
  /** As reports name it. */
  readonly framework: string
  readonly calls: number
  readonly withArguments: number
  /** Calls that failed count: they may have no result. */
  readonly withResults: number
}

/** The runs of one framework, together. */
export interface FrameworkContent {
  readonly framework: Framework
  /** As the runs name it. */
  readonly name: string
  readonly runs: number
  readonly calls: number
  readonly withArguments: number
  readonly withResults: number
  /** Runs with a call that lacks arguments or a result, in the order given. */
  readonly lacking: readonly RunContent[]
}

export const lacksContent = (run: RunContent): boolean => run.withArguments < run.calls || run.withResults < run.calls

/** By framework, those that lack something first, then by number of runs. */
export function contentByFramework(runs: readonly RunContent[]): FrameworkContent[] {
  const groups = new Map<string, RunContent[]>()
  for (const run of runs) groups.set(run.framework, [...(groups.get(run.framework) ?? []), run])
  const sum = (of: readonly RunContent[], key: 'calls' | 'withArguments' | 'withResults') =>
    of.reduce((total, run) => total + run[key], 0)
  return [...groups]
    .map(([name, of]) => ({
      framework: frameworkNamed(name),
      name,
      runs: of.length,
      calls: sum(of, 'calls'),
      withArguments: sum(of, 'withArguments'),
      withResults: sum(of, 'withResults'),
      lacking: of.filter(lacksContent),
    }))
    .sort((a, b) => b.lacking.length - a.lacking.length || b.runs - a.runs || (a.name < b.name ? -1 : 1))
}
