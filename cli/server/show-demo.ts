import { print } from '../output.ts'

const WHAT_TO_SEE = [
  '  trip planner, as found   searches that need nothing of each other wait in a row: see the two critical paths',
  '  trip planner, fixed      the same agent told to call them together: compare its duration with what was achievable',
  '  order status             each call needs the last one: the order is right, though a program could make the calls',
]

/**
 * Runs the demo agent against a collector, one line per run, then says what to look at. Throws if a run or an export fails.
 * `token` is what the collector asks for; without one, OTEL_EXPORTER_OTLP_HEADERS counts.
 */
export async function showDemo(endpoint: string, token?: string): Promise<void> {
  print('Running the demo agent, which takes some seconds:')
  // OpenTelemetry's SDK is half of what the command would load; nothing else needs it.
  const { runDemo } = await import('../demo/run-demo.ts')
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  await runDemo({ endpoint, headers, onProgress: (line) => print(`  ${line}`) })
  print(['', `Open ${endpoint} and look at`, ...WHAT_TO_SEE].join('\n'))
}
