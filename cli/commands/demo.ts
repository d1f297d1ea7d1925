import { type Command, Option } from 'commander'
import { CliError, EXIT } from '../exit.ts'
import { orInvalid } from '../options/argument.ts'
import { databaseOption } from '../options/database.ts'
import { baseUrl, DEFAULT_HOST, DEFAULT_PORT, isLoopback, parseEndpoint } from '../options/endpoint.ts'
import { print } from '../output.ts'
import { probe } from '../server/probe.ts'
import { showDemo } from '../server/show-demo.ts'
import { stopRequested } from '../server/stop-requested.ts'

const DEFAULT_ENDPOINT = baseUrl(DEFAULT_HOST, DEFAULT_PORT)

interface Flags {
  readonly endpoint?: string
  readonly db?: string
  readonly uiDir?: string
}

/** `tailrace demo`: sends the demo's runs to the collector at the endpoint, or starts one there if nobody answers. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Run a small real agent, as found and fixed, and show what Tailrace makes of it. Needs no key.')
    .addOption(
      new Option('--endpoint <url>', 'collector to send to; started if it is on this machine and not up')
        .argParser(orInvalid(parseEndpoint))
        .default(undefined, `OTEL_EXPORTER_OTLP_ENDPOINT, else ${DEFAULT_ENDPOINT}`),
    )
    .addOption(databaseOption())
    .addOption(new Option('--ui-dir <dir>', 'folder of the built page').hideHelp())
    .addHelpText('after', '\nExample:\n  $ tailrace demo --endpoint http://127.0.0.1:4318')
    .showHelpAfterError('(tailrace demo --help shows the options)')
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const chosen = flags.endpoint !== undefined
  const endpoint = flags.endpoint ?? endpointOfEnvironment()
  const answer = await probe(endpoint)
  if (answer.kind === 'nobody') return serveAndShow(endpoint, flags, answer.reason)
  if (answer.kind === 'other' && !chosen) {
    // A backend that the environment names may be a team's own: nobody asked for made-up runs in it.
    throw new CliError(
      EXIT.usage,
      `What answers at ${endpoint} is not Tailrace. Send the demo there all the same with --endpoint ${endpoint}, ` +
        'or start one elsewhere: tailrace demo --endpoint http://127.0.0.1:4320.',
    )
  }
  if (answer.kind === 'other') print(`What answers at ${endpoint} is not Tailrace; sending it the demo as you asked.`)
  try {
    await showDemo(endpoint)
  } catch (error) {
    throw new CliError(EXIT.usage, `The demo failed: ${(error as Error).message}. Check the collector at ${endpoint}.`)
  }
}

/** Set but empty counts as unset, as OpenTelemetry has it. */
function endpointOfEnvironment(): string {
  const text = process.env.OTEL_EXPORTER_OTLP_ENDPOINT
  if (!text) return DEFAULT_ENDPOINT
  const endpoint = parseEndpoint(text)
  if (!endpoint.ok) throw new CliError(EXIT.usage, `OTEL_EXPORTER_OTLP_ENDPOINT is '${text}'. ${endpoint.error}`)
  return endpoint.value
}

async function serveAndShow(endpoint: string, flags: Flags, reason: string): Promise<void> {
  const { protocol, hostname, port, pathname } = new URL(endpoint)
  if (protocol !== 'http:' || !isLoopback(hostname) || pathname !== '/') {
    throw new CliError(
      EXIT.usage,
      `Nobody answers at ${endpoint} (${reason}). Start that collector, or unset OTEL_EXPORTER_OTLP_ENDPOINT to have one started here.`,
    )
  }
  const { startServer } = await import('../server/start-server.ts')
  const stop = stopRequested()
  const server = await startServer({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 80 : Number(port),
    // The demo itself comes over HTTP; another tool may have gRPC's usual port.
    grpcPort: 0,
    db: flags.db,
    uiDir: flags.uiDir,
  })
  await Promise.race([showDemo(server.url), stop])
  print('Press Ctrl-C to stop.')
  await stop
  await server.close()
  // Nothing is left to write, and a demo that was under way need not be waited for.
  process.exit(EXIT.fine)
}
