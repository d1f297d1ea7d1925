// The second half of `npm run fit`, in a process of its own because it reads what the first half wrote: counts how often pairs
// of calls in each situation depend, writes the analyzer's table, and prints its page of docs/calibration.md, with how the
// table does on families of corpora left out.

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PairTable } from '../../analyzer/dependencies/weights.ts'
import { openCorpus } from '../accuracy/corpus.ts'
import { tableOf } from '../accuracy/table.ts'
import { pairTableOf } from './count.ts'
import { noCorpus, readFlags } from './flags.ts'
import { leaveOut, type PairFigures } from './leave-out.ts'
import { type LabelledPair, labelledPairs } from './pairs.ts'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

async function main(): Promise<number> {
  const flags = readFlags()
  if (flags === undefined) return 2
  const corpus = await openCorpus(flags.corpus)
  if (corpus === undefined) return noCorpus(flags.corpus)
  const pairs = await labelledPairs(corpus, 'train')
  const table = pairTableOf(pairs)
  console.log(pageOf(flags.date, pairs, table, leaveOut(pairs)))
  if (!flags['dry-run']) writeFileSync(path('analyzer/dependencies/pair-table.ts'), sourceOf(flags.date, pairs, table))
  return 0
}

function sourceOf(date: string, pairs: readonly LabelledPair[], table: PairTable): string {
  const rows = Object.entries(table).map(([name, counts]) => `  ${keyOf(name)}: [${counts.join(', ')}],`)
  return `// Written by \`npm run fit\` on ${date}, from ${pairs.length} labelled pairs of calls; docs/calibration.md says more.
// Do not edit: situations.ts says what the names mean, weights.ts what the numbers do.

import type { PairTable } from './weights.ts'

export const PAIR_TABLE: PairTable = {
${rows.join('\n')}
}
`
}

const keyOf = (name: string): string => (/^[a-z]+$/.test(name) ? name : `'${name}'`)

function pageOf(
  date: string,
  pairs: readonly LabelledPair[],
  table: PairTable,
  leftOut: readonly PairFigures[],
): string {
  const corpora = [...new Set(pairs.map(({ corpus }) => corpus))]
  const situations = Object.entries(table).map(([name, [dependent, all, families]]) => [
    name,
    String(dependent),
    String(all),
    String(families),
    ...corpora.map((corpus) => {
      const here = pairs.filter((pair) => pair.corpus === corpus && pair.situation?.name === name)
      return here.length === 0 ? '' : `${here.filter((pair) => pair.dependent).length}/${here.length}`
    }),
  ])
  const silent = pairs.filter(({ situation }) => situation === undefined)
  return `# Calibration

Written by \`npm run fit\` on ${date}, from ${pairs.length} labelled pairs of calls of the part of the corpora to fit on. The analyzer puts a
pair of calls into one situation (\`analyzer/dependencies/situations.ts\`), and says of it what became of the labelled pairs in it.

- An episode counts as at most 4 pairs of a situation, a corpus as at most 120: many alike prove one thing.
- A situation's belief before counting weighs as much as 4 pairs.
- A hazard stays likelier than not, whatever the counts.
- No pair is independent because of what one family of corpora alone shows. Corpora made from the same tasks are one family.
- ${silent.length} pairs (${silent.filter((pair) => pair.dependent).length} of them dependent) are in no situation: nothing is ever said of them.

## Leaving families out

Each corpus scored with the table of situations that was counted without its family, at the default threshold. What a match is worth
(below) was fitted on all families, this corpus's too: what is left out is what was counted of pairs, not all that was learnt.

${tableOf([
  [
    'corpus',
    'pairs',
    'false independence',
    'independence precision',
    'independence recall',
    'unsaid',
    'calibration error',
  ],
  ...leftOut.map((row) => [
    row.corpus,
    String(row.pairs),
    ...[row.falseIndependence, row.independencePrecision, row.independenceRecall, row.unsaid, row.calibrationError].map(
      shown,
    ),
  ]),
])}

## Counts

Dependent pairs and all pairs as weighted, families, then dependent/all of each corpus as they are.

${tableOf([['situation', 'dependent', 'pairs', 'families', ...corpora], ...situations])}
`
}

const shown = (value: number | null): string => (value === null ? '-' : value.toFixed(4))

process.exitCode = await main()
