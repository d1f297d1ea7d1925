// The long run of the fuzzer, started by `scripts/fuzz-otlp.mjs`.

import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '120000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const runs = Number(values.runs)
const seed = Number(values.seed)
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
  console.error('fuzz: --runs and --seed take whole numbers, --runs at least 1')
  process.exit(2)
}

const startMs = performance.now()
const { counts, inputs, failure } = fuzz(runs, seed)
console.log(`fuzz: ${inputs} inputs in ${Math.round((performance.now() - startMs) / 1000)} s, --seed ${seed}`)
for (const [source, count] of Object.entries(counts)) {
  const numbers = Object.entries(count).map(([outcome, n]) => `${String(n).padStart(7)} ${outcome}`)
  console.log(`${source.padEnd(40)}${numbers.join('  ')}`)
}
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
if (failure) {
  console.log(`\nDIVERGENCE, ${failure.source}, ${failure.encoding}: ${failure.what}`)
  console.log(`smallest input, ${failure.bytes.length} bytes:`)
  console.log(
    failure.encoding === 'json' ? Buffer.from(failure.bytes).toString() : Buffer.from(failure.bytes).toString('hex'),
  )
  process.exitCode = 1
}
