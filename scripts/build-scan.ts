// `npx tsx scripts/build-scan.ts`: compiles each scan that is written in WebAssembly into the module that is committed beside it.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import loadWabt from 'wabt'

const root = new URL('../', import.meta.url)

/** Each text, where it goes, and by what name. */
const SCANS = [
  { text: 'collector/redaction/scan.wat', module: 'collector/redaction/scan-module.ts', name: 'SCAN_MODULE' },
  {
    text: 'analyzer/dependencies/word-scan.wat',
    module: 'analyzer/dependencies/word-scan-module.ts',
    name: 'WORD_SCAN_MODULE',
  },
] as const

/** A `.wat` file compiled, in base64. */
export async function compileScan(path: (typeof SCANS)[number]['text']): Promise<string> {
  const wabt = await loadWabt()
  const module = wabt.parseWat(path, readFileSync(new URL(path, root), 'utf8'), { simd: true })
  module.validate()
  const { buffer } = module.toBinary({})
  module.destroy()
  return Buffer.from(buffer).toString('base64')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { text, module, name } of SCANS) {
    const lines = (await compileScan(text)).match(/.{1,100}/g) ?? []
    const file = text.slice(text.lastIndexOf('/') + 1)
    const head = `// Compiled from ${file} by scripts/build-scan.ts; a test compares the two. Not to be edited.\n\n`
    const value = lines.map((line) => `  '${line}'`).join(' +\n')
    writeFileSync(
      new URL(module, root),
      `${head}/** The WebAssembly module, in base64. */\nexport const ${name} =\n${value}\n`,
    )
  }
}
