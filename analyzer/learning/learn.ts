import { evidenceOf, type RunEvidence } from '../dependencies/evidence.ts'
import type { Learnt, RunLessons } from '../model/learnt.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { learntFor } from './learnt-for.ts'
import { lessonsOf } from './lessons-of.ts'
import { MAX_RUNS, recentLessons } from './recent-lessons.ts'

/**
 * Evidence that taught before its own run was analysed is kept until then, of so many calls in all: more than that is found
 * again. Chosen, for thirty runs of some hundred calls.
 */
const MAX_KEPT_CALLS = 20_000

/** What a run learns, and what it shows by itself where that had to be found out: `inferDependencies` takes both. */
export type Learning = readonly [learnt?: Learnt | undefined, alone?: RunEvidence | undefined]

/** One run of an agent, in the order of their starts. */
interface Placed {
  readonly key: string
  readonly startTimeUnixNano: bigint
  /** @param alone what the run shows by itself, if the caller has it. Worked out once. */
  lessons(alone?: RunEvidence): RunLessons
}

/**
 * For each of these runs, what the latest runs of the same agent (name and framework) that started before it teach. Those
 * after it do not count: what is said of a run stays the same when others follow. To ask in the order of their starts is
 * fastest: what a run shows then teaches when it is asked for, and need not be kept.
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
    const found = (): RunEvidence => {
      const alone = evidenceOf(run, options)
      if (!analysed.has(run) && keptCalls + run.calls.length <= MAX_KEPT_CALLS) {
        kept.set(run, alone)
        keptCalls += run.calls.length
      }
      return alone
    }
    let own: RunLessons | undefined
    const lessons = (alone?: RunEvidence): RunLessons => {
      own ??= lessonsOf(run, alone ?? found())
      return own
    }
    put(run, { key: keyOf(run), startTimeUnixNano, lessons })
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
      return [agent, { placed, places, recent: recentLessons((n) => placed[n]!.lessons()) }]
    }),
  )
  return (run) => {
    const { placed, places, recent } = inOrder.get(agentOf(run))!
    const at = places.get(keyOf(run))!
    const known = taken(run)
    if (placed.length === 1) return [undefined, known]
    const alone = known ?? evidenceOf(run, options)
    // A run after which none comes teaches nobody.
    if (at < placed.length - 1) placed[at]!.lessons(alone)
    return [at === 0 ? undefined : learntFor(run, alone, recent(Math.max(0, at - MAX_RUNS), at)), alone]
  }
}

const agentOf = ({ name, framework }: Pick<Run, 'name' | 'framework'>): string => JSON.stringify([framework, name])

/** Span ids are unique in their trace only. */
const keyOf = ({ traceId, runId }: Pick<Run, 'traceId' | 'runId'>): string => `${traceId} ${runId}`

function byStart(a: Placed, b: Placed): number {
  if (a.startTimeUnixNano !== b.startTimeUnixNano) return a.startTimeUnixNano < b.startTimeUnixNano ? -1 : 1
  return a.key < b.key ? -1 : 1
}
