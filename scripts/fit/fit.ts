// `npm run fit`: counts, on the labelled corpora's part to fit on, how often pairs of calls in each situation depend. Writes
// the analyzer's table and docs/calibration.md, and prints how the table does on families of corpora left out.

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { PairTable } from '../../analyzer/dependencies/weights.ts'
import { openCorpus } from '../accuracy/corpus.ts'
import { tableOf } from '../accuracy/table.ts'
import { pairTableOf } from './count.ts'
import { leaveOut, type PairFigures } from './leave-out.ts'
import { type LabelledPair, labelledPairs } from './pairs.ts'

const USAGE = `usage: npm run fit -- [--corpus FOLDER] [--date YYYY-MM-DD] [--dry-run]
  --corpus FOLDER  where the corpora are (default ../shared/corpus)
  --date DATE      the date to write (default today)
  --dry-run        print, and write nothing`

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

async function main(): Promise<number> {
  const flags = readFlags()
  if (flags === undefined) return 2
  const corpus = await openCorpus(flags.corpus)
  if (corpus === undefined) {
    console.error(`fit: there are no corpora in ${flags.corpus}. Name their folder with --corpus FOLDER.`)
    return 3
  }
  const pairs = await labelledPairs(corpus, 'train')
  const table = pairTableOf(pairs)
  const page = pageOf(flags.date, pairs, table, leaveOut(pairs))
  console.log(page)
  if (flags['dry-run']) return 0
  writeFileSync(path('analyzer/dependencies/pair-table.ts'), sourceOf(flags.date, pairs, table))
  writeFileSync(path('docs/calibration.md'), page)
  return 0
}

function readFlags(): { corpus: string; date: string; 'dry-run': boolean } | undefined {
  try {
    const { values } = parseArgs({
      options: {
        corpus: { type: 'string', default: '../shared/corpus' },
        date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
        'dry-run': { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    console.error(`fit: ${(error as Error).message}\n${USAGE}`)
    return undefined
  }
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

Each corpus scored with the table that was counted without its family, at the default threshold.

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
