// `npm run fit`: all numbers that the analyzer learnt, from the labelled corpora's part to fit on. First what a match is worth
// (match-table.ts), then, in a new process that reads that, what the situations of pairs are (pair-table.ts); both go to
// docs/calibration.md with their counts.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  BY_RULE,
  KNOWN_BEFORE,
  KNOWN_PRIOR_WEIGHT,
  type Known,
  WEIGHTS_BEFORE,
  type Weight,
} from '../../analyzer/dependencies/match-weights.ts'
import { openCorpus } from '../accuracy/corpus.ts'
import { tableOf } from '../accuracy/table.ts'
import { noCorpus, readFlags } from './flags.ts'
import { DOUBT, type MatchTable, MOST_KNOWN, MOST_OF_CORPUS, MOST_OF_EPISODE, matchTableOf } from './match-weights.ts'
import { labelledMatches } from './matches.ts'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

async function main(): Promise<number> {
  const flags = readFlags()
  if (flags === undefined) return 2
  const corpus = await openCorpus(flags.corpus)
  if (corpus === undefined) return noCorpus(flags.corpus)
  const matches = await labelledMatches(corpus, 'train')
  const table = matchTableOf(matches)
  if (!flags['dry-run']) {
    writeFileSync(path('analyzer/dependencies/match-table.ts'), sourceOf(flags.date, matches.length, table))
  }
  const pairs = spawnSync(
    process.execPath,
    ['--import', 'tsx', path('scripts/fit/fit-pairs.ts'), ...process.argv.slice(2)],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  if (pairs.status !== 0)
    throw new Error(`fit-pairs.ts ended with ${pairs.status ?? pairs.signal}: ${pairs.error ?? 'see above'}`)
  const page = `${pairs.stdout.trimEnd()}\n\n${pageOf(matches.length, table)}`
  console.log(page)
  if (!flags['dry-run']) writeFileSync(path('docs/calibration.md'), page)
  return 0
}

const WEIGHTS = Object.keys(WEIGHTS_BEFORE) as Weight[]
const KNOWN = Object.keys(KNOWN_BEFORE) as Known[]

function sourceOf(date: string, count: number, { weights, known }: MatchTable): string {
  return `// Written by \`npm run fit\` on ${date}, from ${count} labelled pairs of calls that share a value; docs/calibration.md says more.
// Do not edit: match-weights.ts says what the names mean, and what was held before fitting.

import type { Known, Weight } from './match-weights.ts'

export const MATCH_WEIGHTS: Readonly<Record<Weight, number>> = {
${WEIGHTS.map((name) => `  ${name}: ${weights[name]},`).join('\n')}
}

export const KNOWN_COUNTS: Readonly<Record<Known, readonly [needed: number, all: number]>> = {
${KNOWN.map((name) => `  '${name}': [${known[name].join(', ')}],`).join('\n')}
}
`
}

function pageOf(count: number, { weights, pairs, known }: MatchTable): string {
  return `## What a match is worth

From ${count} labelled pairs of calls of which the earlier one's result holds something of the later one's arguments. A pair is judged by the
best of its matches. For values that nothing known before explains, a logistic regression; the names are those of
\`analyzer/dependencies/match-weights.ts\`.

- An episode counts as at most ${MOST_OF_EPISODE} pairs, a corpus as at most ${MOST_OF_CORPUS}.
- A weight is pulled back to what was held before fitting, as if that were known to within ${DOUBT}.

${tableOf([
  ['weight', 'before', 'fitted', 'pairs it bears on'],
  ...WEIGHTS.map((name) => [name, WEIGHTS_BEFORE[name], weights[name], pairs[name]].map(String)),
])}

For values that the prompt or an earlier argument holds as well, counts, of pairs that share nothing else. The belief before
counting weighs as much as ${KNOWN_PRIOR_WEIGHT} pairs, a corpus as at most ${MOST_KNOWN}. Two kinds are held by rule (\`BY_RULE\` in
\`match-weights.ts\` says why), and counted here to show what the rule costs.

${tableOf([
  ['known', 'before', 'needed', 'pairs', 'fitted'],
  ...KNOWN.map((name) => {
    const [needed, all] = known[name]
    const counted = (needed + KNOWN_PRIOR_WEIGHT * KNOWN_BEFORE[name]) / (all + KNOWN_PRIOR_WEIGHT)
    const fitted = BY_RULE.has(name) ? 'held by rule' : counted.toFixed(2)
    return [name, String(KNOWN_BEFORE[name]), String(needed), String(all), fitted]
  }),
])}

## What is not fitted

- \`AUTHORED_BITS\`, \`SUSPECTED_FROM\`, \`UNKNOWN_FROM\`, \`UNSHOWN_FROM\` and the limits of learning from other runs are chosen, each with
  its reason beside it: they say when to be silent, and labels only say what is true.
- \`STATE\`, \`CONTROL\` and \`RISK\` are beliefs before counting; what counts is the table of situations above. Sessions are not counted:
  their order is their meaning.
- Bits (\`information.ts\`) are a model of what agents pass around, and the regression above is what maps them to probabilities.
`
}

process.exitCode = await main()
