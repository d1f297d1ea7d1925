import { existsSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { analyze } from '../../analyzer/index.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import type { Check } from '../doctor/check.ts'
import { checkCollector } from '../doctor/check-collector.ts'
import { checkEnvironment } from '../doctor/check-environment.ts'
import { checkRuns, type RunsCheck } from '../doctor/check-runs.ts'
import { CliError, EXIT } from '../exit.ts'
import { readTelemetry } from '../input/read-telemetry.ts'
import { orInvalid } from '../options/argument.ts'
import { DEFAULT_DATABASE, databaseOption } from '../options/database.ts'
import { baseUrl, DEFAULT_HOST, DEFAULT_PORT, parseEndpoint } from '../options/endpoint.ts'
import { print, printJson } from '../output.ts'
import { type Answer, probe } from '../server/probe.ts'

interface Flags {
  readonly db?: string
  readonly endpoint?: string
  readonly json?: true
}

/** `tailrace doctor`: why no runs arrive, and which of them lack arguments or results. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Say whether runs arrive, which of them lack arguments or results, and the setting that brings them.')
    .argument('[files...]', 'files to look at; none looks at the collector and the database')
    .addOption(databaseOption())
    .addOption(
      new Option(
        '--endpoint <url>',
        'where the collector should be (default: OTEL_EXPORTER_OTLP_ENDPOINT, or port 4318)',
      ).argParser(orInvalid(parseEndpoint)),
    )
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nExample:\n  $ tailrace doctor')
    .showHelpAfterError('(tailrace doctor --help shows the options)')
    .action(run)
}

async function run(files: string[], flags: Flags): Promise<void> {
  const checks: Check[] = []
  let db = flags.db
  if (files.length === 0) {
    const url = flags.endpoint ?? endpointOf(process.env.OTEL_EXPORTER_OTLP_ENDPOINT)
    const answer = await probe(url)
    checks.push(...checkEnvironment(process.env), checkCollector(url, answer))
    db ??= databaseOf(answer)
  }
  const telemetry = await readWhatIsThere(files, db)
  const { runs } = analyze(telemetry.spans, { logs: telemetry.logs })
  const found = checkRuns(runs, telemetry)
  checks.push(...found.checks)
  if (flags.json) printJson({ schema: 'tailrace.doctor/1', checks, frameworks: found.frameworks.map(plain) })
  else for (const check of checks) print(textOf(check))
  if (runs.length === 0) process.exitCode = EXIT.nothingToJudge
}

/** A database that is not there yet holds nothing; that is what this command is there to say. */
async function readWhatIsThere(files: readonly string[], db: string | undefined): Promise<Telemetry> {
  if (files.length === 0 && db === undefined && !existsSync(DEFAULT_DATABASE)) return { spans: [], logs: [] }
  return readTelemetry({ files, db })
}

function endpointOf(variable: string | undefined): string {
  if (variable === undefined || variable === '') return baseUrl(DEFAULT_HOST, DEFAULT_PORT)
  const endpoint = parseEndpoint(variable)
  if (!endpoint.ok) throw new CliError(EXIT.usage, `OTEL_EXPORTER_OTLP_ENDPOINT is ${variable}. ${endpoint.error}`)
  return endpoint.value
}

/** The database of the collector that answered, if this machine has it: it may run in another folder. */
const databaseOf = (answer: Answer): string | undefined =>
  answer.kind === 'tailrace' && existsSync(answer.health.database) ? answer.health.database : undefined

const plain = ({ framework, name, lacking, ...counts }: RunsCheck['frameworks'][number]) => ({
  name,
  ...counts,
  lacking: lacking.map(({ runId, name: runName }) => ({ runId, name: runName })),
  byDefault: framework.content.byDefault,
  setting: framework.content.setting,
  page: `docs/frameworks/${framework.id}.md`,
})

const SIGNS: Readonly<Record<Check['status'], string>> = { ok: 'ok  ', note: 'note', problem: '!   ' }

const textOf = ({ status, says, advice }: Check): string =>
  [`${SIGNS[status]} ${says}`, ...(advice === '' ? [] : advice.split('\n'))]
    .map((line, i) => (i === 0 ? line : `       ${line}`))
    .join('\n')
