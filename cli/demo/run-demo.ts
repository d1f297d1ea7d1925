// `tailrace demo`: three runs of a real agent, exported like any agent's.

import { count } from '../format/text.ts'
import { type AgentRun, runAgent } from './agent.ts'
import { startModelServer } from './model-server.ts'
import { DEMO_TASKS, demoScript } from './tasks.ts'
import { startTelemetry } from './telemetry.ts'

export interface DemoOptions {
  /** The collector's base URL, as in OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly endpoint: string
  /** Sent with each export, besides those of the environment. */
  readonly headers?: Readonly<Record<string, string>>
  /** Called with a line for people whenever a run ends. */
  readonly onProgress?: (line: string) => void
}

/** A small, fast model's pace: 0.3 s to the first token, then 100 tokens per second. */
const MODEL_PACE = { baseMs: 300, msPerToken: 10 }

/**
 * Runs the trip planner with its waterfall, the trip planner fixed, and a true chain, at the same time, each a trace of
 * its own; takes about 6 s. Resolves when every span was accepted by the collector; throws when a run or an export fails.
 */
export async function runDemo(options: DemoOptions): Promise<{ readonly runs: readonly AgentRun[] }> {
  const model = await startModelServer({ script: demoScript, ...MODEL_PACE })
  const telemetry = startTelemetry(options.endpoint, 'tailrace-demo', options.headers)
  const runTask = async (task: (typeof DEMO_TASKS)[number]) => {
    const run = await runAgent(task, model.url, telemetry.tracer)
    const seconds = (run.durationMs / 1000).toFixed(1)
    options.onProgress?.(`${run.name}: ${count(run.turns, 'turn')}, ${count(run.calls.length, 'call')}, ${seconds} s`)
    return run
  }
  const outcomes = await Promise.allSettled(DEMO_TASKS.map(runTask))
  await model.close()
  await telemetry.finish()
  return {
    runs: outcomes.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason
      return outcome.value
    }),
  }
}
