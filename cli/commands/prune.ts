import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { openDatabase } from '../../collector/database.ts'
import { type FileSize, fileSize } from '../../collector/retention/file-size.ts'
import { previewPrune } from '../../collector/retention/preview.ts'
import { pruneStore, vacuum } from '../../collector/retention/prune-store.ts'
import { canShrink } from '../../collector/retention/shrink.ts'
import type { Store } from '../../collector/store/store.ts'
import { CliError, EXIT } from '../exit.ts'
import { formatSize } from '../format/size.ts'
import { DEFAULT_DATABASE, databaseOption } from '../options/database.ts'
import { keepOption, maxSizeOption } from '../options/retention.ts'
import { print, printJson } from '../output.ts'

interface Flags {
  readonly keep?: number
  readonly maxSize?: number
  readonly db?: string
  readonly dryRun?: true
  readonly vacuum?: true
  readonly json?: true
}

/** What `--json` prints. Sizes are of the file, in bytes. */
interface Outcome {
  readonly schema: 'tailrace.prune/1'
  readonly database: string
  readonly dryRun: boolean
  /** Deleted, or with `dryRun` what would be. */
  readonly traces: number
  readonly spans: number
  readonly logs: number
  readonly bytesBefore: number
  /** With `dryRun` an estimate. */
  readonly bytesAfter: number
  /** Free bytes in the file that only --vacuum gives back; 0 for a file made by this version. */
  readonly bytesOnlyVacuumFrees: number
}

/** `tailrace prune`: deletes old traces, also while a server is writing to the same file. */
export function addPrune(program: Command): void {
  program
    .command('prune')
    .description('Delete old traces from the database, whole and oldest first, and shrink the file.')
    .addOption(keepOption())
    .addOption(maxSizeOption())
    .addOption(databaseOption())
    .option('--dry-run', 'only say what would be deleted')
    .option('--vacuum', 'write the whole file anew without free space; needs its size again on the disk meanwhile')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nExample:\n  $ tailrace prune --keep 30d --max-size 2GB --dry-run')
    .showHelpAfterError('(tailrace prune --help shows the options)')
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  if (flags.keep === undefined && flags.maxSize === undefined && !flags.vacuum) {
    throw new CliError(EXIT.usage, 'Say what may go: --keep 30d, --max-size 2GB or both, or --vacuum alone.')
  }
  const file = flags.db ?? DEFAULT_DATABASE
  const store = open(file, flags.db === undefined)
  try {
    const outcome = await prune(store, file, flags)
    if (flags.json) printJson(outcome)
    else for (const line of lines(outcome, flags.maxSize)) print(line)
  } catch (error) {
    throw explained(error, file)
  } finally {
    store.close()
  }
}

/** Opens a file that exists: a misspelt name must not make an empty database. */
function open(file: string, isDefault: boolean): Store {
  if (!existsSync(file)) {
    throw isDefault
      ? new CliError(EXIT.nothingToJudge, `There is no database ${file} here. Name it with --db FILE.`)
      : new CliError(EXIT.unreadable, `There is no database ${file}.`)
  }
  const opened = openDatabase(file)
  if (!opened.ok) throw new CliError(EXIT.unreadable, `Cannot open the database: ${opened.error}.`)
  return opened.value
}

async function prune(store: Store, file: string, flags: Flags): Promise<Outcome> {
  const database = store.writer
  const limits = { keepMs: flags.keep, maxBytes: flags.maxSize }
  const before = fileSize(database)
  if (flags.dryRun) {
    const { bytes, ...gone } = previewPrune(database, limits, Date.now())
    const usedBytes = before.usedBytes - bytes
    const shrinks = flags.vacuum || canShrink(database)
    return outcome(before, { bytes: shrinks ? usedBytes : before.bytes, usedBytes }, gone)
  }
  const { traces, spans, logs } = await pruneStore(database, limits, Date.now())
  if (flags.vacuum) vacuum(database)
  return outcome(before, fileSize(database), { traces, spans, logs })

  function outcome(from: FileSize, to: FileSize, gone: Pick<Outcome, 'traces' | 'spans' | 'logs'>): Outcome {
    return {
      schema: 'tailrace.prune/1',
      database: file,
      dryRun: flags.dryRun ?? false,
      ...gone,
      bytesBefore: from.bytes,
      bytesAfter: to.bytes,
      bytesOnlyVacuumFrees: flags.vacuum || canShrink(database) ? 0 : to.bytes - to.usedBytes,
    }
  }
}

function lines(outcome: Outcome, maxBytes = Number.POSITIVE_INFINITY): string[] {
  const { dryRun, traces, spans, logs, bytesBefore, bytesAfter, bytesOnlyVacuumFrees } = outcome
  const records = logs === 0 ? '' : ` and ${counted(logs, 'log record')}`
  const what = `${counted(traces, 'trace')} with ${counted(spans, 'span')}${records}`
  const found = [
    dryRun
      ? `Would delete ${what}; ${outcome.database} would go from ${formatSize(bytesBefore)} to about ${formatSize(bytesAfter)}.`
      : `Deleted ${what}; ${outcome.database} went from ${formatSize(bytesBefore)} to ${formatSize(bytesAfter)}.`,
  ]
  if (bytesOnlyVacuumFrees > 0) {
    found.push(
      `${formatSize(bytesOnlyVacuumFrees)} of it ${dryRun ? 'would be' : 'is'} free for new spans. The file was made by an ` +
        'older Tailrace and cannot shrink in steps: run prune --vacuum once.',
    )
  }
  if (bytesAfter - bytesOnlyVacuumFrees > maxBytes) {
    found.push(`That is more than --max-size ${formatSize(maxBytes)}: tables without a trace in them take as much.`)
  }
  return found
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

/** Everything that SQLite says is about the file that the user named. */
function explained(error: unknown, file: string): unknown {
  const { code = '', message } = error as { code?: string; message: string }
  if (!code.startsWith('SQLITE_')) return error
  const advice = code.startsWith('SQLITE_BUSY')
    ? 'another process holds it: try again, or stop that one'
    : code.startsWith('SQLITE_FULL')
      ? 'the disk is full, and deleting needs some space for the log: free a little first'
      : 'nothing more was deleted'
  return new CliError(EXIT.unreadable, `Cannot prune ${file}: ${message}; ${advice}.`)
}
