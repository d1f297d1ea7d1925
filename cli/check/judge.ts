// Which runs are within the budget. Never a pass by silence: a run whose figure cannot be trusted is `not-judged`, with the
// reason, and the caller must name it.

import { whyNotJudged } from '../../analyzer/model/not-judged.ts'
import type { ReportRun } from '../../analyzer/model/report.ts'
import type { Budget } from '../options/budget.ts'
import { type ParentOf, parentLookup } from './parent-run.ts'

export type Outcome = 'within' | 'over' | 'not-judged' | 'with-outer'

export interface Judgement {
  readonly run: ReportRun
  readonly outcome: Outcome
  /** The budget for this run, in milliseconds: a share of the run comes out differently for each. */
  readonly budgetMs: number
  /** Why the run was not judged, or with which run it was; '' otherwise. */
  readonly reason: string
  /** Runs inside this one, at any depth, whose saving is part of this run's figure. Empty unless within or over. */
  readonly nested: readonly ReportRun[]
}

/**
 * Judges every run, in the order given.
 *
 * A nested run is judged with its outer run: its saving is inside that one's figure already, and only as far as it is on the
 * critical path. If the outer run is not there, the nested one stands for itself. If it could not be judged, the nested one can
 * fail but not pass: it is a part of a run of which the rest is not known.
 */
export function judge(runs: readonly ReportRun[], budget: Budget): Judgement[] {
  const parentOf = parentLookup(runs)
  const objections = new Map(runs.map((run) => [run, objectionTo(run, budgetFor(run, budget))]))
  const outer = new Map(runs.map((run) => [run, judgedOuterRun(run, parentOf, objections)]))
  const inside = new Map<ReportRun, ReportRun[]>()
  for (const [run, judgedWith] of outer) {
    if (!judgedWith) continue
    const nested = inside.get(judgedWith)
    if (nested) nested.push(run)
    else inside.set(judgedWith, [run])
  }
  return runs.map((run) => {
    const judgedWith = outer.get(run)
    const reason = objections.get(run) ?? ''
    const budgetMs = budgetFor(run, budget)
    const doubt = whyNotWithin(judgedWith ?? run)
    if (doubt !== '') return { run, outcome: 'not-judged', budgetMs, reason: reason || doubt, nested: [] }
    if (judgedWith) return { run, outcome: 'with-outer', budgetMs, reason: judgedWith.runId, nested: [] }
    if (reason !== '') return { run, outcome: 'not-judged', budgetMs, reason, nested: [] }
    const nested = inside.get(run) ?? []
    return { run, outcome: isOver(run, budgetMs) ? 'over' : 'within', budgetMs, reason: '', nested }
  })

  /** What its outer run says against a pass of this run, '' if nothing, or if the run is over. */
  function whyNotWithin(run: ReportRun): string {
    const parent = parentOf(run)
    if (!parent || objections.get(parent) === '' || isOver(run, budgetFor(run, budget))) return ''
    return `its outer run ${parent.runId} could not be judged`
  }
}

function isOver({ serialized }: ReportRun, budgetMs: number): boolean {
  return serialized.ms > budgetMs
}

function budgetFor(run: ReportRun, budget: Budget): number {
  return budget.kind === 'ms' ? budget.ms : budget.share * run.schedules.actual.durationMs
}

/** Why the run's figure cannot be held against the budget, '' if it can. */
function objectionTo(run: ReportRun, budgetMs: number): string {
  // What is known to be wasted is wasted, whatever else is missing.
  return run.replay.ok && isOver(run, budgetMs) ? '' : whyNotJudged(run)
}

/**
 * The run whose figure holds this one's saving: the outermost that is reached through runs without an objection. Null if the
 * next outer run is unknown or has one. Parents come from spans, so they may go round in a circle; then nobody is outermost.
 */
function judgedOuterRun(
  run: ReportRun,
  parentOf: ParentOf,
  objections: ReadonlyMap<ReportRun, string>,
): ReportRun | null {
  const seen = new Set<ReportRun>([run])
  let outermost: ReportRun | null = null
  for (let parent = parentOf(run); parent && objections.get(parent) === ''; parent = parentOf(parent)) {
    if (seen.has(parent)) return null
    seen.add(parent)
    outermost = parent
  }
  return outermost
}
