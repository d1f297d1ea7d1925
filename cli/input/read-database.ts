import { existsSync } from 'node:fs'
import type { LogRecord } from '../../analyzer/model/log.ts'
import type { Span } from '../../analyzer/model/span.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { openDatabaseForReading } from '../../collector/database.ts'
import { readAllTraces } from '../../collector/store/read-all-traces.ts'
import { CliError, EXIT } from '../exit.ts'
import { DEFAULT_DATABASE } from '../options/database.ts'

const NS_PER_MS = 1_000_000n

/**
 * The spans and log records of a database file, which a running server may be writing to. Throws a CliError: a file that was named and is
 * not there cannot be read; the default one that is not there means that nothing was recorded yet.
 */
export function readDatabase(db: string | undefined, sinceUnixMs = 0): Telemetry {
  const file = db ?? DEFAULT_DATABASE
  if (db === undefined && !existsSync(file)) {
    throw new CliError(
      EXIT.nothingToJudge,
      `No runs: there is no database ${file} here. Start tailrace in this folder and run your agent, or name files or --db FILE.`,
    )
  }
  const store = openDatabaseForReading(file)
  if (!store.ok) throw new CliError(EXIT.unreadable, sentence(store.error))
  try {
    const since = BigInt(Math.floor(sinceUnixMs)) * NS_PER_MS
    const spans: Span[] = []
    const logs: LogRecord[] = []
    for (const trace of readAllTraces(store.value)) {
      if (trace.endTimeUnixNano < since) continue
      for (const span of trace.spans) spans.push(span)
      for (const log of trace.logs) logs.push(log)
    }
    return { spans, logs }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    // A file that is damaged further in opens well enough.
    if (code.startsWith('SQLITE_'))
      throw new CliError(EXIT.unreadable, `Cannot read ${file}: ${message}. Try a copy of it.`)
    throw error
  } finally {
    store.value.close()
  }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
