// `npm run docs`: writes the pages that are made of data.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tsImport } from 'tsx/esm/api'

const { frameworkDocs } = await tsImport('./framework-docs.ts', import.meta.url)
const folder = fileURLToPath(new URL('../docs/frameworks/', import.meta.url))
mkdirSync(folder, { recursive: true })
const pages = frameworkDocs()
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(folder + name)
for (const [name, text] of pages) writeFileSync(folder + name, text)
console.log(`docs: ${pages.size} pages in docs/frameworks`)
