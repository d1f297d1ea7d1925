import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tempFolder } from '../test-cli.ts'
import { readConfig } from './read-config.ts'

/** A folder with these files in it. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const TYPED = `
interface Tool { readonly effect: 'read' | 'write' }
const reads: Tool = { effect: 'read' }
export default { threshold: 0.9, tools: { 'get_*': reads } }
`

describe('where it is looked for', () => {
  test('no file, no configuration', async () => expect(await readConfig(undefined, tempFolder())).toEqual({}))

  test('upwards of the current folder', async () => {
    const folder = folderWith({ 'tailrace.config.json': '{ "rung": "overlap" }' })
    mkdirSync(join(folder, 'a', 'b'), { recursive: true })
    expect(await readConfig(undefined, join(folder, 'a', 'b'))).toEqual({ rung: 'overlap' })
  })

  test('TypeScript before JSON', async () => {
    const folder = folderWith({ 'tailrace.config.json': '{}', 'tailrace.config.ts': TYPED })
    expect(await readConfig(undefined, folder)).toEqual({ threshold: 0.9, tools: { 'get_*': { effect: 'read' } } })
  })

  test('a default export by another form, and defineConfig where nothing is installed', async () => {
    const text = "import { defineConfig } from 'tailrace'\nexport default defineConfig({ budget: '300ms' })"
    const folder = folderWith({ 'ours.ts': text, 'tailrace.config.ts': "export { default } from './ours.ts'" })
    expect(await readConfig(undefined, folder)).toEqual({ budget: '300ms' })
    expect(await readConfig('ours.ts', folder)).toEqual({ budget: '300ms' })
  })

  test('JavaScript, as a module and as CommonJS', async () => {
    const esm = folderWith({ 'tailrace.config.js': 'export default { concurrency: 4 }' })
    const cjs = folderWith({ 'tailrace.config.js': 'module.exports = { concurrency: 5 }' })
    expect(await readConfig(undefined, esm)).toEqual({ concurrency: 4 })
    expect(await readConfig(undefined, cjs)).toEqual({ concurrency: 5 })
    const empty = folderWith({ 'tailrace.config.js': 'module.exports = {}' })
    expect(await readConfig(undefined, empty)).toEqual({})
  })

  test('what else the package exports can be imported where nothing is installed', async () => {
    const text =
      "import { name } from 'tailrace/package.json'\nexport default { tools: { [name]: { effect: 'read' } } }"
    const folder = folderWith({ 'tailrace.config.ts': text })
    expect(await readConfig(undefined, folder)).toEqual({ tools: { tailrace: { effect: 'read' } } })
  })

  test('a file that is named, and none with --no-config', async () => {
    const folder = folderWith({ 'ours.json': '{ "budget": "10%" }', 'tailrace.config.json': '{ "rung": "overlap" }' })
    expect(await readConfig('ours.json', folder)).toEqual({ budget: '10%' })
    expect(await readConfig(false, folder)).toEqual({})
  })
})

describe('what is wrong, with its line', () => {
  const complaintOf = async (name: string, text: string) => {
    const folder = folderWith({ [name]: text })
    return readConfig(undefined, folder).then(
      () => 'no complaint',
      (error: Error) => error.message,
    )
  }

  test.each([
    ['{\n  "tools": {\n    "save": {\n      "effect": "reads"', /^tailrace\.config\.json:4: not JSON/],
    [
      '{\n  "tools": {\n    "a": { "effect": "read" },\n    "save": { "effect": "reads" }\n  }\n}',
      /json:4: tools\.save\.effect must be one of .*"session"/,
    ],
    ['{\n  "treshold": 0.5\n}', /json:2: there is no setting treshold\. Known here: .*threshold/],
    [
      '{\n  "tools": {\n    "a": {\n      "resource": []\n    }\n  }\n}',
      /json:4: there is no setting tools\.a\.resource\. Known here: .*resources/,
    ],
    ['{ "threshold": 2 }', /json:1: threshold must be at most 1/],
    ['{ "concurrency": 0 }', /json:1: concurrency must be a whole number of at least 1/],
    ['{ "budget": "fast" }', /json:1: budget .*500ms/],
    [
      '{ "prices": { "currency": "USD", "models": { "m": { "in": 1, "output": 1 } } } }',
      /json:1: there is no setting prices\.models\.m\.in\. Known here: input, output/,
    ],
    ['{ "contention": 0.5 }', /json:1: contention must be at least 1/],
    ['[]', /^tailrace\.config\.json/],
    ['3', /the configuration must be an object/],
  ])('%s', async (text, message) => {
    expect(await complaintOf('tailrace.config.json', text)).toMatch(message)
  })

  test('all of it at once, in TypeScript too', async () => {
    const text = "export default {\n  rung: 'fast',\n  tools: {\n    'get_*': { pure: 'yes' },\n  },\n}\n"
    const lines = (await complaintOf('tailrace.config.ts', text)).split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^tailrace\.config\.ts:2: rung must be one of "overlap"/)
    expect(lines[1]).toMatch(/^tailrace\.config\.ts:4: tools\.get_\*\.pure /)
  })

  test('a file that throws, exports nothing, or is not there', async () => {
    expect(await complaintOf('tailrace.config.js', 'throw new Error("no database")')).toMatch(
      /cannot be loaded.*no database/,
    )
    expect(await complaintOf('tailrace.config.ts', 'const a = 1')).toMatch(/export default/)
    expect(await complaintOf('tailrace.config.ts', 'export const config = { rung: "plan" }')).toMatch(/export default/)
    for (const name of ['tailrace.config.ts', 'tailrace.config.js']) {
      const named = "// The default of the exports is 500ms.\nexport const budget = '300ms'"
      expect(await complaintOf(name, named), name).toMatch(/exports nothing by default/)
    }
    expect(await complaintOf('tailrace.config.ts', "// No default here.\nconst budget = '300ms'")).toMatch(
      /export default/,
    )
    expect(await complaintOf('tailrace.config.js', 'module.exports = 3')).toMatch(/must be an object/)
    await expect(readConfig('gone.json', tempFolder())).rejects.toThrow(/Cannot read the configuration gone\.json/)
  })
})
