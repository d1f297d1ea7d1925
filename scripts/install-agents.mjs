// The agents of tests and of `npm run verify` are packages of their own, each installed again whenever its lockfile changes.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const agents = join(root, 'fixtures', 'agents')

/**
 * Installs what is not installed yet, and says so by `say`, a line at a time.
 * @param {(line: string) => void} say
 * @throws {Error} with a sentence when a package cannot be installed; npm has said why.
 */
export function installAgents(say) {
  const folders = readdirSync(agents).map((name) => join(agents, name))
  for (const folder of [agents, ...folders])
    if (existsSync(join(folder, 'package-lock.json'))) installAgent(folder, say)
}

function installAgent(folder, say) {
  const stamp = join(folder, 'node_modules', '.installed')
  const files = ['package.json', 'package-lock.json', '.npmrc'].map((name) => readFileSync(join(folder, name)))
  const wanted = createHash('sha256').update(Buffer.concat(files)).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const name = relative(root, folder)
  say(`installing the agent frameworks of ${name} (about half a minute, once)`)
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const [command, ...rest] = npm ? [process.execPath, npm, ...args] : ['npm', ...args]
  const result = spawnSync(command, rest, { cwd: folder, stdio: 'inherit' })
  if (result.error) throw result.error
  if (result.status !== 0) throw new Error(`installing ${name} failed, see above.`)
  writeFileSync(stamp, wanted)
}
