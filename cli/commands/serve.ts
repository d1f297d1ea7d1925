import { type Command, Option } from 'commander'
import { countSpans } from '../../collector/store/count-spans.ts'
import { EXIT } from '../exit.ts'
import { thresholdOption } from '../options/analysis.ts'
import { orInvalid } from '../options/argument.ts'
import { databaseOption } from '../options/database.ts'
import { DEFAULT_HOST, DEFAULT_PORT, parsePort } from '../options/endpoint.ts'
import { print, printError } from '../output.ts'
import { showDemo } from '../server/show-demo.ts'
import type { ServerFlags } from '../server/start-server.ts'
import { untilStopped } from '../server/until-stopped.ts'

interface Flags extends ServerFlags {
  readonly demo?: true
}

/** `tailrace serve`, the default command: collects spans and shows runs until it is told to stop. */
export function addServe(program: Command): void {
  program
    .command('serve', { isDefault: true })
    .description('Collect OTLP traces and show their runs (the default command).')
    .addOption(new Option('--port <port>', 'port to listen on').argParser(orInvalid(parsePort)).default(DEFAULT_PORT))
    .option('--host <host>', 'address to bind; any but loopback lets others in', DEFAULT_HOST)
    .addOption(databaseOption())
    .addOption(thresholdOption())
    .option('--demo', 'run the demo agent if the database is empty')
    .addOption(new Option('--ui-dir <dir>', 'folder of the built page').hideHelp())
    .addHelpText('after', '\nExample:\n  $ tailrace serve --port 4320 --db traces.db')
    .showHelpAfterError('(tailrace serve --help shows the options)')
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const { startServer } = await import('../server/start-server.ts')
  const server = await startServer(flags)
  const stopped = untilStopped(server)
  if (flags.demo) void demo(server.url, countSpans(server.store).traces)
  await stopped
  // Nothing is left to write, and a demo that was under way need not be waited for.
  process.exit(EXIT.fine)
}

/** Fills an empty database, so that the first page shows something. If it fails, the server is no worse for it. */
async function demo(endpoint: string, traces: number): Promise<void> {
  if (traces > 0) return print('The database has traces already, so the demo was not run.')
  try {
    await showDemo(endpoint)
  } catch (error) {
    printError(`tailrace: the demo failed: ${(error as Error).message}. Try again with tailrace demo.`)
  }
}
