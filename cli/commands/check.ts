import { type Command, Option } from 'commander'
import type { Result } from '../../analyzer/base/result.ts'
import { analyze, whyNoRuns } from '../../analyzer/index.ts'
import { judge } from '../check/judge.ts'
import { checkResult } from '../check/result.ts'
import { selectRuns } from '../check/select.ts'
import { readConfig } from '../config/read-config.ts'
import { CliError, EXIT } from '../exit.ts'
import { formatAnnotations, formatCheck } from '../format/check.ts'
import { readOverrides } from '../input/read-overrides.ts'
import { readTelemetry } from '../input/read-telemetry.ts'
import { type AnalysisFlags, addAnalysisOptions, analysisOptions, parseCount } from '../options/analysis.ts'
import { orInvalid } from '../options/argument.ts'
import { type Budget, DEFAULT_BUDGET, parseBudget } from '../options/budget.ts'
import { databaseOption } from '../options/database.ts'
import { parseLongDuration } from '../options/duration.ts'
import { print, printCommand, printJson } from '../output.ts'

interface Flags extends AnalysisFlags {
  readonly db?: string
  readonly json?: true
  readonly budget?: Budget
  readonly last?: number
  readonly since?: number
}

/** `tailrace check`: exits 1 when a run lost more to waiting than the budget allows. */
export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .description('Fail when a run lost more time to waiting than the budget allows.')
    .argument('[files...]', 'files; none reads the database')
    .addOption(databaseOption())
    .addOption(
      new Option(
        '--budget <budget>',
        `serialized latency allowed per run: 500ms, 1.5s, 2m, 500 or 10% of the run (default: the configuration's, else ${DEFAULT_BUDGET})`,
      ).argParser(orInvalid(parseBudget)),
    )
    .addOption(new Option('--last <n>', 'judge only the latest n runs').argParser(parseCount).conflicts('since'))
    .addOption(
      new Option('--since <duration>', 'judge only runs that started within this time, e.g. 10m').argParser(
        orInvalid(parseSince),
      ),
    )
    .option('--json', 'print the outcome as JSON')
  addAnalysisOptions(command)
    .addHelpText('after', '\nExample:\n  $ tailrace check --budget 200ms --since 10m')
    .showHelpAfterError('(tailrace check --help shows the options)')
    .action(run)
}

async function run(files: string[], flags: Flags): Promise<void> {
  const sinceUnixMs = flags.since === undefined ? undefined : Date.now() - flags.since
  const config = await readConfig(flags.config)
  const budget = flags.budget ?? budgetOf(config.budget ?? DEFAULT_BUDGET)
  const { spans, logs } = await readTelemetry({ files, db: flags.db, sinceUnixMs })
  const { runs } = analyze(spans, {
    logs,
    ...analysisOptions(flags, config),
    overrides: readOverrides({ files, db: flags.db }),
  })
  const selected = selectRuns(runs, { last: flags.last, sinceUnixMs })
  const judgements = judge(selected, budget)
  const result = checkResult(judgements, budget)
  if (flags.json) printJson(result)
  else if (selected.length > 0) print(formatCheck(judgements, budget))
  // The runner reads both streams; JSON on stdout stays clean.
  if (process.env.GITHUB_ACTIONS) {
    for (const line of formatAnnotations(judgements)) printCommand(line, flags.json ? 'stderr' : 'stdout')
  }
  if (result.exitCode === EXIT.nothingToJudge) throw new CliError(EXIT.nothingToJudge, nothingJudged())
  process.exitCode = result.exitCode

  function nothingJudged(): string {
    if (selected.length > 0) return 'No run could be judged. See the reason of each above, and record what is missing.'
    if (sinceUnixMs !== undefined)
      return 'No runs started within the time given with --since. Run your agent, or widen it.'
    return whyNoRuns({ spans, logs })
  }
}

function budgetOf(text: string): Budget {
  const budget = parseBudget(text)
  if (!budget.ok) throw new Error(`Tailrace bug: the budget ${text} was checked and does not parse`)
  return budget.value
}

/** `--since 5`, meant as minutes, must not judge the runs of 5 ms. */
function parseSince(text: string): Result<number> {
  return parseLongDuration(text, 'Write how far back to go, with a unit: for example 90s, 10m or 2h.')
}
