import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { CliError, EXIT } from '../exit.ts'
import { readDatabase } from './read-database.ts'
import { readTelemetryFile } from './read-telemetry-file.ts'

/** Where to read from. Without files the database is read. */
export interface Input {
  /** Paths of files of any known format; `-` is stdin. */
  readonly files: readonly string[]
  /** Path given with --db; undefined for the default one. */
  readonly db: string | undefined
  /** Milliseconds since 1970: what a database holds of traces that ended earlier may be left out. */
  readonly sinceUnixMs?: number | undefined
}

/** All spans and log records of the input. Throws a CliError that names every file that could not be read: judging the rest would mislead. */
export async function readTelemetry(input: Input): Promise<Telemetry> {
  if (input.files.length === 0) return readDatabase(input.db, input.sinceUnixMs)
  if (input.db !== undefined) {
    throw new CliError(EXIT.usage, 'Files and --db were both given. Leave one of them out.')
  }
  const read = await Promise.all(input.files.map(readTelemetryFile))
  const failures = read.flatMap((one) => (one.ok ? [] : [one.error]))
  if (failures.length > 0) throw new CliError(EXIT.unreadable, failures.join('\n'))
  const telemetry = read.flatMap((one) => (one.ok ? [one.value] : []))
  return { spans: telemetry.flatMap(({ spans }) => spans), logs: telemetry.flatMap(({ logs }) => logs) }
}
