import { type Served, serve } from '../../collector/serve.ts'
import { readConfig } from '../config/read-config.ts'
import { CliError, EXIT } from '../exit.ts'
import { analysisOptions } from '../options/analysis.ts'
import type { ConfigFlag } from '../options/config.ts'
import { baseUrl, isLoopback } from '../options/endpoint.ts'
import { TOKEN_VARIABLE } from '../options/receiving.ts'
import { type RedactMode, redactionOf } from '../options/redaction.ts'
import { print, printError } from '../output.ts'
import { builtUiDir } from '../package-root.ts'
import { prepareDefaultDatabase } from './prepare-database.ts'
import { probe } from './probe.ts'

export interface ServerFlags {
  readonly port: number
  /** Undefined for no gRPC. */
  readonly grpcPort?: number | undefined
  readonly host: string
  readonly token?: string | undefined
  readonly corsOrigin?: readonly string[] | undefined
  /** In bytes. */
  readonly maxBody?: number | undefined
  /** What is taken out before storing; secrets unless given. */
  readonly redact?: RedactMode | undefined
  /** Names whose values are taken out too. */
  readonly redactKey?: readonly string[] | undefined
  /** Undefined for the default database. */
  readonly db?: string | undefined
  readonly threshold?: number | undefined
  /** False with --no-history. */
  readonly history?: boolean | undefined
  readonly config?: ConfigFlag
  readonly durability?: 'process' | 'power'
  /** How long to keep traces, in milliseconds; undefined for ever. */
  readonly keep?: number | undefined
  /** Bytes that the database may hold; undefined for any number. */
  readonly maxSize?: number | undefined
  /** Folder of the built page, for tests; undefined for the package's own. */
  readonly uiDir?: string | undefined
}

/**
 * Starts the collector and prints where it is and what to paste. Throws a CliError if it cannot start, and says so if that is
 * because a Tailrace is there already.
 */
export async function startServer(flags: ServerFlags): Promise<Served> {
  const { port, grpcPort, host, token, corsOrigin, maxBody } = flags
  const config = await readConfig(flags.config)
  if (port !== 0) await refuseSecondTailrace(host, port)
  const dbFile = flags.db ?? prepareDefaultDatabase()
  const server = await serve({
    port,
    host,
    dbFile,
    uiDir: flags.uiDir ?? builtUiDir(),
    analyzeOptions: analysisOptions({ threshold: flags.threshold, history: flags.history }, config),
    redaction: redactionOf(flags.redact ?? 'secrets', flags.redactKey),
    retention: { keepMs: flags.keep, maxBytes: flags.maxSize },
    ...(flags.durability === undefined ? {} : { durability: flags.durability }),
    ...(grpcPort === undefined ? {} : { grpcPort }),
    ...(token === undefined ? {} : { token }),
    ...(corsOrigin === undefined ? {} : { corsOrigins: corsOrigin }),
    ...(maxBody === undefined ? {} : { maxBodyBytes: maxBody }),
    warn: printError,
  }).catch((error: Error) => {
    // A taken port, a database that is none: all of it is what the user chose.
    throw new CliError(EXIT.usage, `Cannot start: ${error.message}.`)
  })
  if (!isLoopback(host) && token === undefined) {
    printError(
      `tailrace: warning: ${host} can be reached from other machines, and no token is set. ` +
        `Prompts and results are readable to all who reach it: set ${TOKEN_VARIABLE}.`,
    )
  }
  print(banner(server, dbFile, flags))
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

function banner({ url, grpcUrl }: Served, dbFile: string, { host, token }: ServerFlags): string {
  return [
    `Tailrace is at ${url}`,
    ...(grpcUrl === null ? [] : [`OTLP over gRPC at ${grpcUrl}`]),
    ...(token === undefined || isLoopback(host)
      ? []
      : ['Open the page with ?token= and the token at the end of its address']),
    `Database ${dbFile}`,
    '',
    'Point your agent at it:',
    `  export OTEL_EXPORTER_OTLP_ENDPOINT=${url}`,
    '  export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
    ...(token === undefined ? [] : ['  export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20<token>"']),
    '',
  ].join('\n')
}
