// `npm run bench NAME`: runs scripts/bench/NAME.ts from the sources, and ends with its exit code.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [name = '', ...rest] = process.argv.slice(2)
const file = fileURLToPath(new URL(`./bench/${name}.ts`, import.meta.url))
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  console.error('bench: name one of analyze, infer, ingest, redaction, runs, such as `npm run bench ingest`')
  process.exit(2)
}
const result = spawnSync(process.execPath, ['--import', 'tsx', file, ...rest], { stdio: 'inherit' })
if (result.error) throw result.error
process.exitCode = result.status ?? 1
