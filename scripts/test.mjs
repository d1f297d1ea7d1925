// `npm test`: gets ready what the tests need, then runs Vitest with the arguments given.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureChromium } from './chromium.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

try {
  const chromium = ensureChromium((line) => console.log(`test: ${line}`))
  console.log(`test: browser ${chromium}`)
  installAgents()
  run('the build', [join(root, 'scripts', 'build.mjs'), '--if-stale'])
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
  process.exitCode = node([vitest, 'run', ...process.argv.slice(2)], root, { TAILRACE_CHROMIUM: chromium })
} catch (error) {
  console.error(`test: ${error.message}`)
  process.exitCode = 1
}

/** The agents of the tests are packages of their own, each installed again whenever its lockfile changes. */
function installAgents() {
  const agents = join(root, 'fixtures', 'agents')
  const folders = readdirSync(agents).map((name) => join(agents, name))
  for (const folder of [agents, ...folders]) if (existsSync(join(folder, 'package-lock.json'))) installAgent(folder)
}

function installAgent(folder) {
  const stamp = join(folder, 'node_modules', '.installed')
  const files = ['package.json', 'package-lock.json', '.npmrc'].map((name) => readFileSync(join(folder, name)))
  const wanted = createHash('sha256').update(Buffer.concat(files)).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const name = relative(root, folder)
  console.log(`test: installing the agent frameworks of ${name} (about half a minute, once)`)
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const status = npm ? node([npm, ...args], folder) : exec('npm', args, folder)
  if (status !== 0) throw new Error(`installing ${name} failed, see above.`)
  writeFileSync(stamp, wanted)
}

function run(what, args) {
  if (node(args, root) !== 0) throw new Error(`${what} failed, see above.`)
}

function node(args, cwd, env = {}) {
  return exec(process.execPath, args, cwd, env)
}

/** Exit code of a command that shares this terminal; a signal that ended it counts as failure. */
function exec(command, args, cwd, env = {}) {
  const result = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } })
  if (result.error) throw result.error
  return result.status ?? 1
}
