// Builds `dist/`: the compiled program with its declarations, the report's schema, and the UI.
// `--if-stale` does nothing when no source is newer than the last build.

import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const main = join(dist, 'cli', 'main.js')
const stamp = join(dist, '.built')
const COMPILED = ['analyzer', 'collector', 'cli']
const SOURCES = [
  ...COMPILED,
  'ui',
  'tsconfig.json',
  'tsconfig.build.json',
  'vite.config.ts',
  'package.json',
  'scripts/build.mjs',
]

process.exitCode = await build()

async function build() {
  if (process.argv.includes('--if-stale') && isFresh()) return 0
  const tools = { tsc: findTool('typescript', 'bin/tsc'), vite: findTool('vite', 'bin/vite.js') }
  if (!tools.tsc || !tools.vite) {
    // A package from the registry brings its own dist/, and none of the tools.
    if (existsSync(main)) return 0
    console.error('build: TypeScript and Vite are not installed. Run `npm install` without --omit=dev, then try again.')
    return 1
  }
  const startMs = performance.now()
  console.log('build: compiling the program and the UI')
  // Renamed or deleted sources must not live on as compiled files. Vite empties dist/ui itself.
  for (const folder of COMPILED) rmSync(join(dist, folder), { recursive: true, force: true })
  rmSync(stamp, { force: true })
  const [compiled, bundled] = await Promise.all([
    runTool([tools.tsc, '-p', 'tsconfig.build.json']),
    runTool([tools.vite, 'build', '--logLevel', 'warn']),
  ])
  if (!compiled || !bundled) {
    const failed = [compiled ? '' : 'the compiler (tsc)', bundled ? '' : 'the UI bundler (vite)'].filter(Boolean)
    console.error(`build: ${failed.join(' and ')} failed, see above. dist/ is incomplete.`)
    return 1
  }
  const schema = join('analyzer', 'report.schema.json')
  mkdirSync(dirname(join(dist, schema)), { recursive: true })
  copyFileSync(join(root, schema), join(dist, schema))
  chmodSync(main, 0o755)
  writeFileSync(stamp, '')
  console.log(`build: done in ${((performance.now() - startMs) / 1000).toFixed(1)} s`)
  return 0
}

/** Whether nothing that is built from is newer than the last build. A folder's own time tells of deleted files. */
function isFresh() {
  if (!existsSync(stamp) || !existsSync(main) || !existsSync(join(dist, 'ui', 'index.html'))) return false
  const builtMs = statSync(stamp).mtimeMs
  return SOURCES.map((source) => join(root, source))
    .filter(existsSync)
    .every((path) => newest(path) <= builtMs)
}

function newest(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  const inside = readdirSync(path, { recursive: true }).filter((name) => !/\.test\.tsx?$/.test(name))
  return inside.reduce((latest, name) => Math.max(latest, statSync(join(path, name)).mtimeMs), stats.mtimeMs)
}

function findTool(name, file) {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file)
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return null
    throw error
  }
}

function runTool(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0))
  })
}
