// `npx tsx scripts/build-scan.ts`: compiles collector/redaction/scan.wat into the module that is committed beside it.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import loadWabt from 'wabt'

const folder = new URL('../collector/redaction/', import.meta.url)

/** The compiled scan.wat, in base64. */
export async function compileScan(): Promise<string> {
  const wabt = await loadWabt()
  const module = wabt.parseWat('scan.wat', readFileSync(new URL('scan.wat', folder), 'utf8'), { simd: true })
  module.validate()
  const { buffer } = module.toBinary({})
  module.destroy()
  return Buffer.from(buffer).toString('base64')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = (await compileScan()).match(/.{1,100}/g) ?? []
  const text = lines.map((line) => `  '${line}'`).join(' +\n')
  const head = '// Compiled from scan.wat by scripts/build-scan.ts; a test compares the two. Not to be edited.\n\n'
  writeFileSync(
    new URL('scan-module.ts', folder),
    `${head}/** The WebAssembly module, in base64. */\nexport const SCAN_MODULE =\n${text}\n`,
  )
}
