// `npm run accuracy`: what the analyzer gets right on the labelled corpora, against the naive baseline. Writes
// docs/accuracy.md, and fails if the page that was there is better anywhere by more than the tolerance.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DEFAULT_OPTIONS } from '../../analyzer/model/options.ts'
import { regressions } from './compare.ts'
import { openCorpus } from './corpus.ts'
import { rowOf, together } from './figures.ts'
import { measure } from './measure.ts'
import { figureTable, pageOf, readPage } from './table.ts'

const USAGE = `usage: npm run accuracy -- [--corpus FOLDER] [--part dev|train] [--accept]
  --corpus FOLDER  where the corpora are (default ../shared/corpus)
  --part PART      dev (default) is compared with docs/accuracy.md and written there; train is only printed
  --accept         write docs/accuracy.md although a figure got worse`

const page = fileURLToPath(new URL('../../docs/accuracy.md', import.meta.url))
process.exitCode = await main()

async function main(): Promise<number> {
  const flags = readFlags()
  if (flags === undefined) return 2
  const corpus = await openCorpus(flags.corpus)
  if (corpus === undefined) {
    console.error(`accuracy: there are no corpora in ${flags.corpus}. Name their folder with --corpus FOLDER.`)
    return 3
  }
  const threshold = DEFAULT_OPTIONS.threshold
  const { ours, naive } = await measure(corpus, flags.part, threshold)
  const all = together(ours)
  const missing = all.missingRuns + all.missingCalls
  const rows = [...ours, all].map(rowOf)
  const measured = { threshold, ours: rows, naive: [...naive, together(naive)].map(rowOf), bins: all.bins }

  console.log(`${flags.part}, at confidence ${threshold}\n\n${figureTable(rows)}\n`)
  console.log(`The naive baseline\n\n${figureTable(measured.naive)}\n`)
  console.log('Reliability\n')
  for (const { from, n, confidence, right } of all.bins) {
    if (n > 0)
      console.log(`  ${from.toFixed(1)}  ${String(n).padStart(6)}  ${confidence?.toFixed(3)}  ${right?.toFixed(3)}`)
  }
  if (missing > 0) {
    console.error(
      `accuracy: ${all.missingRuns} runs and ${all.missingCalls} calls of the corpora are not in the report.`,
    )
    return 1
  }
  if (flags.part !== 'dev') return 0
  const worse = existsSync(page) ? regressions(readPage(readFileSync(page, 'utf8')), rows) : []
  for (const sentence of worse) console.error(`accuracy: ${sentence}`)
  if (worse.length > 0 && !flags.accept) {
    console.error('accuracy: docs/accuracy.md is left as it was. If the change is worth it, run with --accept.')
    return 1
  }
  writeFileSync(page, pageOf(measured))
  return 0
}

function readFlags(): { corpus: string; part: 'dev' | 'train'; accept: boolean } | undefined {
  try {
    const { values } = parseArgs({
      options: {
        corpus: { type: 'string', default: '../shared/corpus' },
        part: { type: 'string', default: 'dev' },
        accept: { type: 'boolean', default: false },
      },
    })
    const { part } = values
    if (part === 'dev' || part === 'train') return { ...values, part }
    console.error(`accuracy: there is no part ${part}.\n${USAGE}`)
  } catch (error) {
    console.error(`accuracy: ${(error as Error).message}\n${USAGE}`)
  }
  return undefined
}
