import { oneLine } from '../../analyzer/base/one-line.ts'
import type { Judgement } from '../check/judge.ts'
import { costlyFindings } from '../check/result.ts'
import type { Budget } from '../options/budget.ts'
import { formatDuration, formatShare } from './duration.ts'
import { formatFinding } from './finding.ts'
import { githubError } from './github.ts'
import { runTitle } from './report.ts'
import { count } from './text.ts'

/** The outcome as text: what failed first, with its findings, then the rest by name, then one line of summary. */
export function formatCheck(judgements: readonly Judgement[], budget: Budget): string {
  const failed = worstFirst(judgements)
  const rest = judgements.filter((judgement) => judgement.outcome !== 'over')
  const blocks = [
    ...failed.map((judgement) => formatFailed(judgement).join('\n')),
    rest.map(formatOther).join('\n'),
    formatSummary(judgements, budget),
  ]
  return blocks.filter((block) => block !== '').join('\n\n')
}

/** One annotation per failed run, worst first: GitHub shows ten of a step and drops the others. */
export function formatAnnotations(judgements: readonly Judgement[]): string[] {
  return worstFirst(judgements).map((judgement) => {
    const { run, budgetMs, nested } = judgement
    const findings = [run, ...nested].flatMap(costlyFindings)
    const causes = findings.map(
      (finding) => `${finding.rule} ${[...new Set(finding.tools)].join(', ')}: ${formatDuration(finding.savedMs.low)}`,
    )
    const title = `Tailrace: ${oneLine(run.name)} is over budget`
    return githubError(title, [`${overBy(run.serialized.ms, budgetMs)}.`, ...causes.map(oneLine)].join('\n'))
  })
}

/** `500 ms per run` or `10 % of each run`. */
function formatBudget(budget: Budget): string {
  return budget.kind === 'ms' ? `${formatDuration(budget.ms)} per run` : `${formatShare(budget.share)} of each run`
}

function worstFirst(judgements: readonly Judgement[]): Judgement[] {
  return judgements
    .filter((judgement) => judgement.outcome === 'over')
    .sort((a, b) => b.run.serialized.ms - a.run.serialized.ms)
}

function formatFailed({ run, budgetMs, nested }: Judgement): string[] {
  const inner = nested.filter((other) => costlyFindings(other).length > 0)
  return [
    `OVER  run ${runTitle(run)}`,
    `  ${overBy(run.serialized.ms, budgetMs)}`,
    ...costlyFindings(run).flatMap((finding) => formatFinding(finding, run)),
    ...inner.flatMap((other) => [
      `  in nested run ${runTitle(other)}`,
      ...costlyFindings(other).flatMap((finding) => formatFinding(finding, other)),
    ]),
  ]
}

function formatOther({ run, outcome, budgetMs, reason }: Judgement): string {
  const title = runTitle(run)
  switch (outcome) {
    case 'within':
      return `ok    run ${title}: ${formatDuration(run.serialized.ms)} serialized of ${formatDuration(budgetMs)} allowed`
    case 'with-outer':
      return `-     run ${title}: judged with its outer run ${reason}`
    case 'not-judged':
      return `?     run ${title}: not judged, ${oneLine(reason)}`
    case 'over':
      return ''
  }
}

function formatSummary(judgements: readonly Judgement[], budget: Budget): string {
  const number = (outcome: Judgement['outcome']) => judgements.filter((one) => one.outcome === outcome).length
  const nested = number('with-outer')
  const parts = [
    `${number('over')} over`,
    `${number('within')} within`,
    `${number('not-judged')} not judged`,
    ...(nested > 0 ? [`${count(nested, 'nested run')} judged with the outer one`] : []),
  ]
  return `budget for serialized latency ${formatBudget(budget)}: ${parts.join(', ')}`
}

const overBy = (ms: number, budgetMs: number): string =>
  `${formatDuration(ms)} serialized, ${formatDuration(ms - budgetMs)} over the budget of ${formatDuration(budgetMs)}`
