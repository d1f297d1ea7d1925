// `node scripts/fuzz-otlp.mjs [--runs 120000] [--seed N]`: holds the hand-written OTLP readers against the generated ones.
// Prints what was tried and the seed; ends with 1 and a small example if they ever differ.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('fuzz/main.ts', import.meta.url))
const { status } = spawnSync(process.execPath, ['--import', 'tsx', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exitCode = status ?? 1
