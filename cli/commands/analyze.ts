import type { Command } from 'commander'
import { analyze, whyNoRuns } from '../../analyzer/index.ts'
import { readConfig } from '../config/read-config.ts'
import { CliError, EXIT } from '../exit.ts'
import { formatReport } from '../format/report.ts'
import { readOverrides } from '../input/read-overrides.ts'
import { readTelemetry } from '../input/read-telemetry.ts'
import { type AnalysisFlags, addAnalysisOptions, analysisOptions } from '../options/analysis.ts'
import { databaseOption } from '../options/database.ts'
import { print, printJson } from '../output.ts'

interface Flags extends AnalysisFlags {
  readonly db?: string
  readonly json?: true
  readonly allPairs?: true
  readonly content: boolean
}

/** `tailrace analyze`: the report of files or of the database, as text or as JSON. */
export function addAnalyze(program: Command): void {
  const command = program
    .command('analyze')
    .description(
      'Report on files (OTLP, Jaeger, Langfuse, Phoenix, Claude Code, Codex; - is stdin), or on the database.',
    )
    .argument('[files...]', 'files; none reads the database')
    .addOption(databaseOption())
    .option('--json', 'print the report as JSON')
    .option('--all-pairs', 'with --json: a verdict for every pair of calls')
    .option('--no-content', 'with --json: leave out arguments, results and messages')
  addAnalysisOptions(command)
    .addHelpText('after', '\nExample:\n  $ tailrace analyze trace.json --rung overlap')
    .showHelpAfterError('(tailrace analyze --help shows the options)')
    .action(run)
}

async function run(files: string[], flags: Flags): Promise<void> {
  const config = await readConfig(flags.config)
  const { spans, logs } = await readTelemetry({ files, db: flags.db })
  const report = analyze(spans, {
    logs,
    ...analysisOptions(flags, config),
    overrides: readOverrides({ files, db: flags.db }),
    allPairs: flags.allPairs ?? false,
    content: flags.content,
  })
  if (flags.json) printJson(report)
  else if (report.runs.length > 0) print(formatReport(report))
  if (report.runs.length === 0) throw new CliError(EXIT.nothingToJudge, whyNoRuns({ spans, logs }))
}
