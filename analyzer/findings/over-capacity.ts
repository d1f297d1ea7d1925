import type { Json } from '../model/json.ts'
import type { Finding } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import { type FanOut, fanOutsOf } from './fan-outs.ts'
import { capAt } from './fixes/index.ts'
import type { FindingContext, Rule } from './rule.ts'

/** What servers say when they have had enough; 429 is HTTP's status for it (RFC 6585 section 4). */
const RATE_LIMIT =
  /\b429\b|rate.?limit|too many (requests|connections|calls)|quota (exceeded|exhausted)|throttl|resource.?exhausted|overloaded/i

/** A longer result is content that may well speak of rate limits. */
const MAX_REFUSAL_CHARS = 300

/** A queue shows in fewer calls only by chance. */
const LEAST_QUEUED = 4

/** The last one through took so many times as long as the first. */
const GROWTH = 2.5

/** How well the latencies must follow the order in which calls were done: Pearson's r. */
const CORRELATION = 0.97

/** A fan-out met a rate limit, or a queue behind the tool: more at once is no faster, and a cap would do as well. */
export const overCapacity: Rule = {
  id: 'over-capacity',
  find: (context) =>
    fanOutsOf(context.run, context.options.rules.fanOutCalls).flatMap(
      (fanOut) => refused(context, fanOut) ?? queued(context, fanOut) ?? [],
    ),
}

function refused({ run, schedules }: FindingContext, { tool, calls, inFlight }: FanOut): Finding | null {
  const refusals = calls.filter((call) => wasRefused(run, call))
  if (refusals.length === 0) return null
  const refused = new Set(refusals)
  let atRefusal = Number.POSITIVE_INFINITY
  calls.forEach((call, at) => {
    if (refused.has(call)) atRefusal = Math.min(atRefusal, inFlight[at]!)
  })
  const cap = Math.max(1, atRefusal - 1)
  const lostMs = schedules.savedAsFound(refusals, { kind: 'no-time' })
  const most = greatestOf(inFlight)
  return {
    rule: 'over-capacity',
    severity: 'warning',
    calls: calls.map((call) => run.calls[call]!.id),
    savedMs: { low: 0, high: lostMs },
    savedTokens: 0,
    confidence: 0.9,
    title: `${tool} met a rate limit with ${most} calls at once; ${cap} at once would do`,
    evidence: [
      `${refusals.length} of ${calls.length} calls were refused: the first when ${atRefusal} were running.`,
      'What was refused has to be asked again, so more at once is slower.',
    ],
    fix: capAt(run, tool, cap),
  }
}

function wasRefused(run: Run, call: number): boolean {
  const { status, error, result } = run.calls[call]!
  if (status === 'error' && RATE_LIMIT.test(error ?? '')) return true
  const text = textOf(result)
  return (
    text.length <= MAX_REFUSAL_CHARS &&
    (status === 'error' || /error|fail|refus|limit|429/i.test(text)) &&
    RATE_LIMIT.test(text)
  )
}

const textOf = (result: Json | undefined): string =>
  result === undefined ? '' : typeof result === 'string' ? result : JSON.stringify(result)

/**
 * Calls that start together and end one by one, each later than the one before by the same amount, are served from a queue.
 * By Little's law (throughput times service time) the number that is served at once is `n * shortest / longest`.
 */
function queued({ run }: FindingContext, { tool, calls, inFlight }: FanOut): Finding | null {
  const first = run.calls[calls[0]!]!
  const wave = calls.filter((call) => run.calls[call]!.startMs - first.startMs <= (first.endMs - first.startMs) / 5)
  if (wave.length < LEAST_QUEUED) return null
  const durations = wave.map((call) => run.calls[call]!.endMs - run.calls[call]!.startMs).sort((a, b) => a - b)
  const [shortest, longest] = [durations[0]!, durations.at(-1)!]
  if (shortest <= 0 || longest < shortest * GROWTH || correlationWithRank(durations) < CORRELATION) return null
  const cap = Math.max(1, Math.round((wave.length * shortest) / longest))
  if (cap >= greatestOf(inFlight)) return null
  return {
    rule: 'over-capacity',
    severity: 'info',
    calls: wave.map((call) => run.calls[call]!.id),
    savedMs: { low: 0, high: 0 },
    savedTokens: 0,
    confidence: 0.8,
    title: `${tool} serves about ${cap} at once: of ${wave.length} that started together, the last took ${(longest / shortest).toFixed(1)} times as long as the first`,
    evidence: [
      `They ended one by one, ${Math.round(shortest)} ms to ${Math.round(longest)} ms after they had started, in even steps: they stood in a queue.`,
      `${cap} at once would be done at the same time, and leave the others free.`,
    ],
    fix: capAt(run, tool, cap),
  }
}

const greatestOf = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0)

/** Pearson's r between values in ascending order and their rank. */
function correlationWithRank(sorted: readonly number[]): number {
  const n = sorted.length
  const meanRank = (n - 1) / 2
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n
  let [together, ranks, values] = [0, 0, 0]
  sorted.forEach((value, rank) => {
    together += (rank - meanRank) * (value - mean)
    ranks += (rank - meanRank) ** 2
    values += (value - mean) ** 2
  })
  return values === 0 ? 0 : together / Math.sqrt(ranks * values)
}
