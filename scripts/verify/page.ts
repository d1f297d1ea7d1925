// docs/verification.md.

import { tableOf } from '../accuracy/table.ts'
import { BOUNDS, errorOf, errorsOf, percent, promiseOf } from './figures.ts'
import { DISTURBED_MS, type Measured } from './measure.ts'

export interface Verified {
  /** ISO 8601 day. */
  readonly day: string
  readonly measured: readonly Measured[]
  readonly captures: readonly { readonly name: string; readonly replayError: number }[]
}

/** The same measurements on the same day give the same bytes. */
export function pageOf(verified: Verified): string {
  const { day, measured } = verified
  const kept = measured.filter(({ disturbedMs }) => disturbedMs > DISTURBED_MS).length
  const again = measured.reduce((sum, each) => sum + each.again, 0)
  return `# Verification

Written by \`npm run verify\` on ${day}. Real agents in real frameworks, with a scripted model and tools of known latencies
(\`fixtures/agents\`), each run twice: as found, and as fixed. The fixed one asks for the calls in the turns of the achievable
schedule, and its loop runs the calls of one turn at the same time. Nothing else differs.

- **as found**, **as fixed**: measured durations, ms.
- **achievable**: what the report of the run as found says, ms. _low_ trusts only verdicts above the threshold, and is what
  budgets and headlines use; _high_ is the best case, with \`unknown\` counted as independent.
- **error**: of achievable (low) against the fixed run. Negative: it took longer than was said.
- **turns**: as found, in the achievable schedule, as fixed.
- **replay**: error of the larger of both runs' replays, bound ${percent(BOUNDS.replay)}.
- **again**: runs that were thrown away because a tool took more than ${DISTURBED_MS} ms too long (the machine did something else), at most three
  for each of the two; what is kept is decided by the tools' latencies alone.

${summaryOf(verified)}

In this run ${again} of ${again + 2 * measured.length} runs were thrown away, and ${kept} of ${measured.length} cases stayed disturbed.

## Cases

${tableOf([HEAD, ...measured.map(rowOf)])}

\`agent as tool, known to read\` and \`rate-limited tool\` are analysed with what the agent's user would have to say in a configuration:
that the inner agent only reads, and that the service works on two calls at a time. Google ADK for JavaScript runs the calls of one response one
after another, so that it is here only where the fix needs no two at once.

## Replay of the captures

${tableOf([['capture', 'replay error'], ...verified.captures.map(({ name, replayError }) => [name, percent(replayError)])])}
`
}

export function summaryOf({ measured, captures }: Verified): string {
  const all = errorsOf(measured.map(errorOf))
  const moved = measured.filter(({ case: { inOrder } }) => !inOrder)
  const some = moved.length > 0 ? errorsOf(moved.map(errorOf)) : all
  const promises = measured.filter(({ case: { inOrder } }) => inOrder).map(promiseOf)
  const frameworks = new Set(measured.map((each) => each.case.framework)).size
  const replay = Math.max(...measured.map(({ replayError }) => replayError))
  const captured = Math.max(...captures.map(({ replayError }) => replayError))
  return tableOf([
    ['figure', 'measured', 'bound'],
    ['cases', `${measured.length} on ${frameworks} frameworks`, 'at least 30 on 5'],
    ['median error', percent(all.median), percent(BOUNDS.median)],
    ['p90 of the errors', percent(all.p90), percent(BOUNDS.p90)],
    ['largest error', percent(all.max), '-'],
    [
      `the same, the ${moved.length} cases with something to save`,
      `${percent(some.median)}, ${percent(some.p90)}, ${percent(some.max)}`,
      '-',
    ],
    ['largest saving promised where order is right', percent(Math.max(0, ...promises)), percent(BOUNDS.promise)],
    ['largest replay error, agents', percent(replay), percent(BOUNDS.replay)],
    ['largest replay error, captures', percent(captured), percent(BOUNDS.replay)],
  ])
}

const HEAD = [
  'case',
  'framework',
  'rung',
  'as found',
  'achievable low',
  'high',
  'as fixed',
  'error',
  'turns',
  'replay',
  'again',
]

export function rowOf(each: Measured): string[] {
  const { turns } = each
  return [
    each.case.name,
    each.case.framework,
    each.case.rung,
    ms(each.foundMs),
    ms(each.lowMs),
    ms(each.highMs),
    ms(each.fixedMs),
    percent(errorOf(each)),
    `${turns.found}, ${turns.planned}, ${turns.fixed}`,
    percent(each.replayError),
    `${each.again}${each.disturbedMs > DISTURBED_MS ? ', still disturbed' : ''}`,
  ]
}

const ms = (value: number): string => value.toFixed(0)
