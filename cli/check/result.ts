import type { Finding, ReportRun } from '../../analyzer/model/report.ts'
import type { SpanId, TraceId } from '../../analyzer/model/span.ts'
import { EXIT, type ExitCode } from '../exit.ts'
import type { Budget } from '../options/budget.ts'
import type { Judgement, Outcome } from './judge.ts'

/** What `tailrace check --json` prints. Durations are milliseconds. */
export interface CheckResult {
  readonly schema: 'tailrace.check/1'
  readonly budget: Budget
  readonly exitCode: ExitCode
  readonly counts: {
    readonly over: number
    readonly within: number
    readonly notJudged: number
    readonly withOuter: number
  }
  readonly runs: readonly CheckedRun[]
}

export interface CheckedRun {
  readonly traceId: TraceId
  readonly runId: SpanId
  readonly name: string
  readonly outcome: Outcome
  readonly reason: string
  readonly budgetMs: number
  readonly serializedMs: number
  readonly upToMs: number
  readonly share: number
  readonly findings: readonly CostlyFinding[]
}

/** A finding that costs something, with the run that it is in: the judged run itself or one nested in it. */
export interface CostlyFinding extends Finding {
  readonly runId: SpanId
  readonly tools: readonly string[]
}

/** The judgements as one document. */
export function checkResult(judgements: readonly Judgement[], budget: Budget): CheckResult {
  const number = (outcome: Outcome) => judgements.filter((judgement) => judgement.outcome === outcome).length
  return {
    schema: 'tailrace.check/1',
    budget,
    exitCode: exitCodeOf(judgements),
    counts: {
      over: number('over'),
      within: number('within'),
      notJudged: number('not-judged'),
      withOuter: number('with-outer'),
    },
    runs: judgements.map(({ run, outcome, reason, budgetMs, nested }) => ({
      traceId: run.traceId,
      runId: run.runId,
      name: run.name,
      outcome,
      reason,
      budgetMs,
      serializedMs: run.serialized.ms,
      upToMs: run.serialized.upToMs,
      share: run.serialized.share,
      findings: [run, ...nested].flatMap(costlyFindings),
    })),
  }
}

/** Over budget beats everything; without a single judged run there is nothing that could have passed. */
export function exitCodeOf(judgements: readonly Judgement[]): ExitCode {
  if (judgements.some((judgement) => judgement.outcome === 'over')) return EXIT.overBudget
  return judgements.some((judgement) => judgement.outcome === 'within') ? EXIT.fine : EXIT.nothingToJudge
}

/** The run's findings that cost time for sure, dearest first. */
export function costlyFindings(run: ReportRun): CostlyFinding[] {
  const toolOf = new Map(run.calls.map((call) => [call.id, call.tool]))
  return run.findings
    .filter((finding) => finding.savedMs.low > 0)
    .sort((a, b) => b.savedMs.low - a.savedMs.low)
    .map((finding) => ({ ...finding, runId: run.runId, tools: finding.calls.flatMap((id) => toolOf.get(id) ?? []) }))
}
