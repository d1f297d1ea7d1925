// `npx tsx scripts/build-string-end.ts`: compiles collector/otlp/string-end.wat into the module that is committed beside it.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import loadWabt from 'wabt'

const folder = new URL('../collector/otlp/', import.meta.url)

/** The compiled string-end.wat, in base64. */
export async function compileStringEnd(): Promise<string> {
  const wabt = await loadWabt()
  const module = wabt.parseWat('string-end.wat', readFileSync(new URL('string-end.wat', folder), 'utf8'), {
    simd: true,
  })
  module.validate()
  const { buffer } = module.toBinary({})
  module.destroy()
  return Buffer.from(buffer).toString('base64')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = (await compileStringEnd()).match(/.{1,100}/g) ?? []
  const text = lines.map((line) => `  '${line}'`).join(' +\n')
  const head =
    '// Compiled from string-end.wat by scripts/build-string-end.ts; a test compares the two. Not to be edited.\n\n'
  writeFileSync(
    new URL('string-end-module.ts', folder),
    `${head}/** The WebAssembly module, in base64. */\nexport const STRING_END_MODULE =\n${text}\n`,
  )
}
