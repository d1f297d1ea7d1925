// `npm run verify`: is what Tailrace calls achievable what a fixed agent takes? Real agents, run as found and as fixed, one at
// a time. Writes docs/verification.md when all cases were run and all demands are met.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { analyze } from '../../analyzer/index.ts'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import { installAgents } from '../install-agents.mjs'
import { CASES, type Case } from './cases.ts'
import { shortfalls } from './figures.ts'
import { type Measured, measure } from './measure.ts'
import { pageOf, rowOf, summaryOf } from './page.ts'

const USAGE = `usage: npm run verify -- [--only WORDS] [--accept]
  --only WORDS  only the cases whose name or framework holds these words; printed, not written
  --accept      write docs/verification.md although a demand is not met

It takes about ten minutes and wants a quiet machine: it compares durations.`

const page = fileURLToPath(new URL('../../docs/verification.md', import.meta.url))
const captureFolder = new URL('../../fixtures/captures/', import.meta.url)
process.exitCode = await main()

async function main(): Promise<number> {
  const flags = readFlags()
  if (flags === undefined) return 2
  const chosen = CASES.filter(({ name, framework }) => `${name}, ${framework}`.includes(flags.only))
  if (chosen.length === 0) {
    console.error(`verify: no case is called ${flags.only}.`)
    return 3
  }
  installAgents((line) => console.log(`verify: ${line}`))
  const captures = replayedCaptures()
  const measured = await measureAll(chosen)
  const verified = { day: new Date().toISOString().slice(0, 10), measured, captures }
  console.log(`\n${summaryOf(verified)}`)
  const sentences = shortfalls(measured, Math.max(...captures.map(({ replayError }) => replayError)))
  for (const sentence of sentences) console.error(`verify: ${sentence}`)
  if (chosen.length < CASES.length) return sentences.length > 0 ? 1 : 0
  if (sentences.length > 0 && !flags.accept) {
    console.error('verify: docs/verification.md is left as it was.')
    return 1
  }
  writeFileSync(page, pageOf(verified))
  return 0
}

async function measureAll(cases: readonly Case[]): Promise<Measured[]> {
  const measured: Measured[] = []
  console.log('case | framework | rung | as found | achievable low | high | as fixed | error | turns | replay | again')
  for (const subject of cases) {
    const each = await measure(subject, (line) => console.log(`  disturbed: ${line}`))
    console.log(rowOf(each).join(' | '))
    measured.push(each)
  }
  return measured
}

function replayedCaptures(): { name: string; replayError: number }[] {
  const files = readdirSync(captureFolder).filter((name) => name.endsWith('.json'))
  return files.sort().map((name) => {
    const read = readOtlpFile(readFileSync(new URL(name, captureFolder)))
    if (!read.ok) throw new Error(`${name}: ${read.error}`)
    const { runs } = analyze(read.value.spans)
    return { name: name.replace(/\.json$/, ''), replayError: Math.max(...runs.map(({ replay }) => replay.error)) }
  })
}

function readFlags(): { only: string; accept: boolean } | undefined {
  try {
    const { values } = parseArgs({
      options: { only: { type: 'string', default: '' }, accept: { type: 'boolean', default: false } },
    })
    return values
  } catch (error) {
    console.error(`verify: ${(error as Error).message}\n${USAGE}`)
    return undefined
  }
}
