import { evidenceOf, type RunEvidence } from '../dependencies/evidence.ts'
import type { Learnt, RunLessons } from '../model/learnt.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { learntFor } from './learnt-for.ts'
import { lessonsOf } from './lessons-of.ts'

/** So many of the latest runs before a run are looked at: agents change. Chosen. */
export const MAX_RUNS = 30

/** What a run learns, and what it shows by itself where that had to be found out: `inferDependencies` takes both. */
export type Learning = readonly [learnt?: Learnt | undefined, alone?: RunEvidence]

/** One run of an agent, in the order of their starts. */
interface Placed {
  readonly key: string
  readonly startTimeUnixNano: bigint
  lessons(): RunLessons
}

/**
 * For each of these runs, what the latest runs of the same agent (name and framework) that started before it teach. Those
 * after it do not count: what is said of a run stays the same when others follow.
 * @param lessons of runs that are not among these; where one is, its own count.
 */
export function learningOf(
  runs: readonly Run[],
  lessons: readonly RunLessons[],
  options: AnalyzeOptions,
): (run: Run) => Learning {
  if (!options.history || runs.length + lessons.length < 2) return () => []
  const agents = new Map<string, Map<string, Placed>>()
  const put = (
    one: Pick<RunLessons, 'name' | 'framework' | 'traceId' | 'runId' | 'startTimeUnixNano'>,
    placed: Placed,
  ) => agents.set(agentOf(one), (agents.get(agentOf(one)) ?? new Map<string, Placed>()).set(placed.key, placed))
  for (const one of lessons) {
    put(one, { key: keyOf(one), startTimeUnixNano: one.startTimeUnixNano, lessons: () => one })
  }
  for (const run of runs) {
    const { startTimeUnixNano } = run
    // A run after which none comes teaches nobody.
    const own = once(() => lessonsOf(run, evidenceOf(run, options)))
    put(run, { key: keyOf(run), startTimeUnixNano, lessons: own })
  }
  const inOrder = new Map([...agents].map(([agent, placed]) => [agent, [...placed.values()].sort(byStart)]))
  return (run) => {
    const placed = inOrder.get(agentOf(run)) ?? []
    const at = placed.findIndex(({ key }) => key === keyOf(run))
    if (at <= 0) return []
    const earlier = placed.slice(Math.max(0, at - MAX_RUNS), at).map((one) => one.lessons())
    const alone = evidenceOf(run, options)
    return [learntFor(run, alone, earlier), alone]
  }
}

const agentOf = ({ name, framework }: Pick<Run, 'name' | 'framework'>): string => JSON.stringify([framework, name])

/** Span ids are unique in their trace only. */
const keyOf = ({ traceId, runId }: Pick<Run, 'traceId' | 'runId'>): string => `${traceId} ${runId}`

function byStart(a: Placed, b: Placed): number {
  if (a.startTimeUnixNano !== b.startTimeUnixNano) return a.startTimeUnixNano < b.startTimeUnixNano ? -1 : 1
  return a.key < b.key ? -1 : 1
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
