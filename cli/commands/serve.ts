import { type Command, Option } from 'commander'
import { countSpans } from '../../collector/store/count-spans.ts'
import { EXIT } from '../exit.ts'
import { historyOption, thresholdOption } from '../options/analysis.ts'
import { orInvalid } from '../options/argument.ts'
import { configOptions } from '../options/config.ts'
import { databaseOption } from '../options/database.ts'
import { durabilityOption } from '../options/durability.ts'
import { DEFAULT_GRPC_PORT, DEFAULT_HOST, DEFAULT_PORT, parsePort } from '../options/endpoint.ts'
import { corsOriginOption, maxBodyOption, tokenOption } from '../options/receiving.ts'
import { redactKeyOption, redactOption } from '../options/redaction.ts'
import { keepOption, maxSizeOption } from '../options/retention.ts'
import { print, printError } from '../output.ts'
import { showDemo } from '../server/show-demo.ts'
import type { ServerFlags } from '../server/start-server.ts'
import { stopRequested } from '../server/stop-requested.ts'

interface Flags extends Omit<ServerFlags, 'grpcPort'> {
  readonly grpcPort?: number
  /** False with --no-grpc. */
  readonly grpc: boolean
  readonly demo?: true
}

/** `tailrace serve`, the default command: collects spans and shows runs until it is told to stop. */
export function addServe(program: Command): void {
  program
    .command('serve', { isDefault: true })
    .description('Collect OTLP traces and show their runs (the default command).')
    .addOption(new Option('--port <port>', 'port to listen on').argParser(orInvalid(parsePort)).default(DEFAULT_PORT))
    .addOption(
      new Option('--grpc-port <port>', 'port for OTLP over gRPC')
        .argParser(orInvalid(parsePort))
        .default(undefined, `${DEFAULT_GRPC_PORT}, any free one with --port 0`),
    )
    .option('--no-grpc', 'do without gRPC')
    .option('--host <host>', 'address to bind; any but loopback lets others in', DEFAULT_HOST)
    .addOption(tokenOption())
    .addOption(corsOriginOption())
    .addOption(maxBodyOption())
    .addOption(redactOption())
    .addOption(redactKeyOption())
    .addOption(databaseOption())
    .addOption(durabilityOption())
    .addOption(thresholdOption())
    .addOption(historyOption())
    .addOption(configOptions.file())
    .addOption(configOptions.none())
    .addOption(keepOption())
    .addOption(maxSizeOption())
    .option('--demo', 'run the demo agent if the database is empty')
    .addOption(new Option('--ui-dir <dir>', 'folder of the built page').hideHelp())
    .addHelpText('after', '\nExample:\n  $ tailrace serve --port 4320 --db traces.db')
    .showHelpAfterError('(tailrace serve --help shows the options)')
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const { startServer } = await import('../server/start-server.ts')
  const stop = stopRequested()
  const server = await startServer({ ...flags, grpcPort: grpcPortOf(flags) })
  if (flags.demo) void demo(server.url, countSpans(server.store).traces, flags.token)
  await stop
  await server.close()
  // Nothing is left to write, and a demo that was under way need not be waited for.
  process.exit(EXIT.fine)
}

/** Who wants any free port for HTTP does not want a certain one for gRPC. */
function grpcPortOf({ port, grpc, grpcPort }: Flags): number | undefined {
  if (!grpc) return undefined
  return grpcPort ?? (port === 0 ? 0 : DEFAULT_GRPC_PORT)
}

/** Fills an empty database, so that the first page shows something. If it fails, the server is no worse for it. */
async function demo(endpoint: string, traces: number, token: string | undefined): Promise<void> {
  if (traces > 0) return print('The database has traces already, so the demo was not run.')
  try {
    await showDemo(endpoint, token)
  } catch (error) {
    printError(`tailrace: the demo failed: ${(error as Error).message}. Try again with tailrace demo.`)
  }
}
