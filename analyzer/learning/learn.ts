import { evidenceOf, type RunEvidence } from '../dependencies/evidence.ts'
import type { Learnt, RunLessons } from '../model/learnt.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { learntFor } from './learnt-for.ts'
import { lessonsOf } from './lessons-of.ts'
import { MAX_RUNS, recentLessons } from './recent-lessons.ts'

/**
 * Evidence that taught is kept until its own run is analysed, of so many calls in all: more than that is found again. Chosen,
 * for thirty runs of some hundred calls.
 */
const MAX_KEPT_CALLS = 20_000

/** What a run learns, and what it shows by itself where that had to be found out: `inferDependencies` takes both. */
export type Learning = readonly [learnt?: Learnt | undefined, alone?: RunEvidence | undefined]

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
  const kept = new Map<Run, RunEvidence>()
  let keptCalls = 0
  const analysed = new Set<Run>()
  for (const run of runs) {
    const { startTimeUnixNano } = run
    // A run after which none comes teaches nobody.
    const own = once(() => {
      const alone = evidenceOf(run, options)
      if (!analysed.has(run) && keptCalls + run.calls.length <= MAX_KEPT_CALLS) {
        kept.set(run, alone)
        keptCalls += run.calls.length
      }
      return lessonsOf(run, alone)
    })
    put(run, { key: keyOf(run), startTimeUnixNano, lessons: own })
  }
  const taken = (run: Run): RunEvidence | undefined => {
    analysed.add(run)
    const alone = kept.get(run)
    if (kept.delete(run)) keptCalls -= run.calls.length
    return alone
  }
  const inOrder = new Map(
    [...agents].map(([agent, byKey]) => {
      const placed = [...byKey.values()].sort(byStart)
      const places = new Map(placed.map(({ key }, at) => [key, at]))
      return [agent, { places, recent: recentLessons((n) => placed[n]!.lessons()) }]
    }),
  )
  return (run) => {
    const agent = inOrder.get(agentOf(run))
    const at = agent?.places.get(keyOf(run)) ?? 0
    const known = taken(run)
    if (agent === undefined || at === 0) return [undefined, known]
    const alone = known ?? evidenceOf(run, options)
    return [learntFor(run, alone, agent.recent(Math.max(0, at - MAX_RUNS), at)), alone]
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
