// `npm run bench infer`: what a run of 2,000 calls with 10 MB of results costs to infer, beside one JSON.parse of the same
// payloads, and beside a run a tenth as long. Processor time in one process, rounds interleaved: the
// machine may be noisy, the ratios are what counts, and they have limits.

import { inferDependencies } from '../../analyzer/dependencies/index.ts'
import { DEFAULT_OPTIONS } from '../../analyzer/model/options.ts'
import { longRun } from './long-run.ts'

const ROUNDS = 7
/** At most so many times one JSON.parse of the payloads. */
const MAX_OF_PARSE = 3
/** At most so many times the cost of a tenth of the run. */
const MAX_GROWTH = 12

const long = longRun(2000, 5000)
const short = longRun(200, 5000)
const bytes = long.payloads.reduce((sum, text) => sum + text.length, 0)

const parseTimes: number[] = []
const longTimes: number[] = []
const shortTimes: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  parseTimes.push(timed(() => parsed(long.payloads)))
  longTimes.push(timed(() => inferred(long.run)))
  // A tenth as long: ten times, so that neither clock nor collector decides.
  shortTimes.push(timed(() => Array.from({ length: 10 }, () => inferred(short.run))) / 10)
}

const [parseMs, longMs, shortMs] = [median(parseTimes), median(longTimes), median(shortTimes)]
console.log(`2,000 calls, ${(bytes / 1e6).toFixed(1)} MB of arguments and results, median of ${ROUNDS} rounds\n`)
console.log(`JSON.parse of the payloads   ${parseMs.toFixed(1).padStart(7)} ms`)
console.log(`infer, 2,000 calls           ${longMs.toFixed(1).padStart(7)} ms`)
console.log(`infer, 200 calls             ${shortMs.toFixed(1).padStart(7)} ms\n`)
const rows: [string, number, number][] = [
  ['infer / JSON.parse', longMs / parseMs, MAX_OF_PARSE],
  ['ten times the run', longMs / shortMs, MAX_GROWTH],
]
for (const [what, ratio, most] of rows) {
  console.log(`${what.padEnd(20)} ${ratio.toFixed(2).padStart(6)}   limit ${most}${ratio > most ? '   exceeded' : ''}`)
}
if (rows.some(([, ratio, most]) => ratio > most)) process.exitCode = 1

function parsed(texts: readonly string[]): number {
  let count = 0
  for (const text of texts) if (JSON.parse(text) !== null) count++
  return count
}

function inferred(run: (typeof long)['run']): number {
  return inferDependencies(run, DEFAULT_OPTIONS).dependencies.length
}

function timed(work: () => unknown): number {
  // Processor time, not the clock's: others may be at work on this machine.
  const before = process.cpuUsage()
  if (work() === undefined) throw new Error('the work was not done')
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e3
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
