import type { Command } from 'commander'
import { oneLine } from '../../analyzer/base/one-line.ts'
import { openDatabase } from '../../collector/database.ts'
import { UnreadableFile } from '../../collector/import/format.ts'
import { type ImportCounts, importTraces } from '../../collector/import/import-traces.ts'
import { createRedactor } from '../../collector/redaction/redactor.ts'
import { isWaiting } from '../../collector/store/is-transient.ts'
import type { Connection } from '../../collector/store/store.ts'
import { CliError, EXIT } from '../exit.ts'
import { nameOf, openFile } from '../input/open-file.ts'
import { databaseOption } from '../options/database.ts'
import { type RedactMode, redactionOf, redactKeyOption, redactOption } from '../options/redaction.ts'
import { print, printError, printJson } from '../output.ts'
import { prepareDefaultDatabase } from '../server/prepare-database.ts'

interface Flags {
  readonly db?: string
  readonly json?: true
  readonly redact: RedactMode
  readonly redactKey?: readonly string[]
}

/** What `--json` prints. */
interface Outcome {
  readonly schema: 'tailrace.import/1'
  readonly database: string
  readonly files: readonly ({ readonly file: string } & (ImportCounts | { readonly error: string }))[]
}

/** `tailrace import`: files of any known format into the database, also while a server is writing to it. */
export function addImport(program: Command): void {
  program
    .command('import')
    .description('Read traces and transcripts from files into the database. Importing a file twice stores it once.')
    .argument('<files...>', 'OTLP, Jaeger, Langfuse or Phoenix files, Claude Code or Codex transcripts; - is stdin')
    .addOption(databaseOption())
    .addOption(redactOption())
    .addOption(redactKeyOption())
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nExample:\n  $ tailrace import ~/.claude/projects/*/*.jsonl')
    .showHelpAfterError('(tailrace import --help shows the options)')
    .action(run)
}

async function run(files: string[], flags: Flags): Promise<void> {
  const database = flags.db ?? prepareDefaultDatabase()
  const opened = openDatabase(database)
  if (!opened.ok) throw new CliError(EXIT.unreadable, `Cannot open the database: ${opened.error}.`)
  const store = opened.value
  const redaction = redactionOf(flags.redact, flags.redactKey)
  const secrets = redaction === false ? null : createRedactor(redaction)
  const outcomes: Outcome['files'][number][] = []
  try {
    for (const file of files) {
      const outcome = await importFile(file)
      outcomes.push({ file: nameOf(file), ...outcome })
      if ('error' in outcome) printError(`tailrace: ${oneLine(`Cannot read ${nameOf(file)}: ${outcome.error}.`)}`)
      else if (!flags.json) print(said(oneLine(nameOf(file)), outcome))
    }
  } finally {
    store.close()
  }
  if (flags.json) printJson({ schema: 'tailrace.import/1', database, files: outcomes } satisfies Outcome)
  const failed = outcomes.filter((outcome) => 'error' in outcome).length
  if (failed > 0) {
    throw new CliError(EXIT.unreadable, `${failed} of ${files.length} files could not be imported, see above.`)
  }
  if (!flags.json) print(`Look at them with tailrace${flags.db === undefined ? '' : ` --db ${flags.db}`}.`)

  async function importFile(file: string): Promise<ImportCounts | { error: string }> {
    try {
      return await importTraces(openFile(file), secrets, (transaction) => commit(database, store.writer, transaction))
    } catch (error) {
      if (error instanceof UnreadableFile) return { error: error.message }
      throw error
    }
  }
}

function said(file: string, { read, added, traces }: ImportCounts): string {
  if (read === 0) return `${file}: nothing in it that an agent did.`
  const known = read - added
  return `${file}: ${counted(added, 'span')} in ${counted(traces, 'trace')}${known > 0 ? `, ${known} known already` : ''}.`
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

/** Tries again while another process, a server most likely, holds the file. */
async function commit<T>(file: string, database: Connection, transaction: (database: Connection) => T): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return transaction(database)
    } catch (error) {
      const { code = '', message } = error as { code?: string; message: string }
      if (!code.startsWith('SQLITE_')) throw error
      if (!isWaiting(error) || tries === MAX_TRIES) {
        throw new CliError(
          EXIT.unreadable,
          `Cannot write to ${file}: ${message}. What came before is stored; import again.`,
        )
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

/** With what SQLite itself waits, some ten seconds. */
const MAX_TRIES = 20
const PAUSE_MS = 250
