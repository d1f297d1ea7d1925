import type { Command } from 'commander'
import { shortName } from '../../analyzer/base/one-line.ts'
import { analyze, explain, type ReportCall, type ReportRun, whyNoRuns } from '../../analyzer/index.ts'
import { readConfig } from '../config/read-config.ts'
import { CliError, EXIT } from '../exit.ts'
import { formatExplanation } from '../format/explanation.ts'
import { readOverrides } from '../input/read-overrides.ts'
import { readTelemetry } from '../input/read-telemetry.ts'
import { type AnalysisFlags, addAnalysisOptions, analysisOptions } from '../options/analysis.ts'
import { databaseOption } from '../options/database.ts'
import { print, printJson } from '../output.ts'

interface Flags extends AnalysisFlags {
  readonly db?: string
  readonly json?: true
}

/** `tailrace explain`: for each part of a call's arguments where it came from, and what was rejected and why. */
export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .description('Say where each argument of a call came from, what was rejected and why.')
    .argument('<run>', 'id of the run, its beginning, or `last`')
    .argument('<call>', 'the tool, `tool#2` for its second call, or an id of the call or its beginning')
    .argument('[files...]', 'files to read; none reads the database')
    .addOption(databaseOption())
    .option('--json', 'print the explanation as JSON')
  addAnalysisOptions(command)
    .addHelpText('after', '\nExample:\n  $ tailrace explain last book_hotel')
    .showHelpAfterError('(tailrace explain --help shows the options)')
    .action(run)
}

async function run(runName: string, callName: string, files: string[], flags: Flags): Promise<void> {
  const config = await readConfig(flags.config)
  const { spans, logs } = await readTelemetry({ files, db: flags.db })
  const options = { ...analysisOptions(flags, config), overrides: readOverrides({ files, db: flags.db }) }
  const { runs } = analyze(spans, { logs, ...options })
  if (runs.length === 0) throw new CliError(EXIT.nothingToJudge, whyNoRuns({ spans, logs }))
  const found = runNamed(runs, runName)
  const call = callNamed(found, callName)
  const explanation = explain(found, call.id, options)
  if (flags.json) printJson({ run: found.runId, call: call.id, tool: call.tool, ...explanation })
  else print(formatExplanation(found, call, explanation))
}

function runNamed(runs: readonly ReportRun[], name: string): ReportRun {
  if (name === 'last') return runs.reduce((latest, next) => (next.startTime > latest.startTime ? next : latest))
  const fitting = runs.filter(({ runId, traceId }) => runId.startsWith(name.toLowerCase()) || traceId === name)
  if (fitting.length === 1) return fitting[0]!
  const list = (fitting.length > 1 ? fitting : runs).slice(0, 10).map((one) => `  ${one.runId}  ${shortName(one.name)}`)
  const problem = fitting.length > 1 ? `Several runs are called ${name}` : `There is no run ${name}`
  throw new CliError(EXIT.usage, `${problem}. Write one of these, or last:\n${list.join('\n')}`)
}

function callNamed({ calls }: ReportRun, name: string): ReportCall {
  const [, tool, nth] = /^(.*?)(?:#(\d+))?$/s.exec(name) ?? []
  const ofTool = calls.filter((call) => call.tool === tool)
  const counted = ofTool[Number(nth ?? 1) - 1]
  if (counted !== undefined && (nth !== undefined || ofTool.length === 1)) return counted
  const byId = calls.filter((call) => call.id.startsWith(name.toLowerCase()) || call.callId === name)
  if (byId.length === 1) return byId[0]!
  const seen = new Map<string, number>()
  const names = calls.map((call) => {
    const count = (seen.get(call.tool) ?? 0) + 1
    seen.set(call.tool, count)
    return `  ${call.id}  ${shortName(call.tool)}${count > 1 || calls.filter((one) => one.tool === call.tool).length > 1 ? `#${count}` : ''}`
  })
  const problem = ofTool.length > 1 ? `${tool} was called ${ofTool.length} times` : `The run has no call ${name}`
  throw new CliError(EXIT.usage, `${problem}. Write one of these:\n${names.slice(0, 40).join('\n')}`)
}
