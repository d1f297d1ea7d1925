import { type Served, serve } from '../../collector/serve.ts'
import { CliError, EXIT } from '../exit.ts'
import { baseUrl, isLoopback } from '../options/endpoint.ts'
import { print, printError } from '../output.ts'
import { builtUiDir } from '../package-root.ts'
import { prepareDefaultDatabase } from './prepare-database.ts'
import { probe } from './probe.ts'

export interface ServerFlags {
  readonly port: number
  readonly host: string
  /** Undefined for the default database. */
  readonly db?: string | undefined
  readonly threshold?: number | undefined
  /** Folder of the built page, for tests; undefined for the package's own. */
  readonly uiDir?: string | undefined
}

/**
 * Starts the collector and prints where it is and what to paste. Throws a CliError if it cannot start, and says so if that is
 * because a Tailrace is there already.
 */
export async function startServer(flags: ServerFlags): Promise<Served> {
  const { port, host, threshold } = flags
  if (port !== 0) await refuseSecondTailrace(host, port)
  const dbFile = flags.db ?? prepareDefaultDatabase()
  const server = await serve({
    port,
    host,
    dbFile,
    uiDir: flags.uiDir ?? builtUiDir(),
    analyzeOptions: threshold === undefined ? {} : { threshold },
    warn: printError,
  }).catch((error: Error) => {
    // A taken port, a database that is none: all of it is what the user chose.
    throw new CliError(EXIT.usage, `Cannot start: ${error.message}.`)
  })
  if (!isLoopback(host)) {
    printError(
      `tailrace: warning: ${host} can be reached from other machines, and Tailrace asks nobody for a password. ` +
        'Prompts and results are readable to all who reach it.',
    )
  }
  print(banner(server.url, dbFile))
  return server
}

async function refuseSecondTailrace(host: string, port: number): Promise<void> {
  const url = baseUrl(reachable(host), port)
  const answer = await probe(url)
  if (answer.kind !== 'tailrace') return
  throw new CliError(
    EXIT.usage,
    `Tailrace ${answer.health.version} is already at ${url}, with the database ${answer.health.database}. ` +
      'Use that one, stop it, or choose another port with --port.',
  )
}

/** An address that stands for all addresses cannot be called; the loopback one behind it can. */
const reachable = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host)

function banner(url: string, dbFile: string): string {
  return [
    `Tailrace is at ${url}`,
    `Database ${dbFile}`,
    '',
    'Point your agent at it:',
    `  export OTEL_EXPORTER_OTLP_ENDPOINT=${url}`,
    '  export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
    '',
  ].join('\n')
}
