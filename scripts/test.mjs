// `npm test`: gets ready what the tests need, then runs Vitest with the arguments given.

import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureChromium } from './chromium.mjs'
import { installAgents } from './install-agents.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

try {
  const chromium = ensureChromium((line) => console.log(`test: ${line}`))
  console.log(`test: browser ${chromium}`)
  installAgents((line) => console.log(`test: ${line}`))
  run('the build', [join(root, 'scripts', 'build.mjs'), '--if-stale'])
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
  process.exitCode = node([vitest, 'run', ...process.argv.slice(2)], root, { TAILRACE_CHROMIUM: chromium })
} catch (error) {
  console.error(`test: ${error.message}`)
  process.exitCode = 1
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
