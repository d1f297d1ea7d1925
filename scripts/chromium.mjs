// Finds a Chromium that starts, or gets one, for the browser tests.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
/** Where Debian, Fedora and macOS put it, for a PATH that is shorter than usual. */
const PLACES = [
  ...NAMES.map((name) => `/usr/bin/${name}`),
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const MINUTE_MS = 60_000

const HELP = `Browser tests need Chromium. Install it (on Debian: apt-get install chromium), let Playwright
download its own (npx playwright-core install --with-deps chromium), or set TAILRACE_CHROMIUM to the path of one.`

/**
 * Path of a Chromium that starts, or null. `TAILRACE_CHROMIUM` beats everything; then Playwright's own, then the system's.
 * Throws if `TAILRACE_CHROMIUM` names a file that is not there.
 */
export function findChromium() {
  const named = process.env.TAILRACE_CHROMIUM
  if (named) {
    if (!existsSync(named)) throw new Error(`TAILRACE_CHROMIUM names ${named}, which does not exist.`)
    return named
  }
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const candidates = [chromium.executablePath(), ...onPath, ...PLACES]
  return candidates.find((path) => existsSync(path) && starts(path)) ?? null
}

/**
 * Path of a Chromium, installing one when there is none: Playwright's download first, then the system's package on Debian
 * and its relatives, where this user may install packages. `log` gets one line per step. Throws with advice if all fail.
 */
export function ensureChromium(log = console.log) {
  const found = findChromium()
  if (found) return found
  const asRoot = rootPrefix()

  log('chromium: none found, downloading the one that Playwright brings (at most 4 minutes)')
  if (playwright(['install', '--no-shell', 'chromium']) && existsSync(chromium.executablePath())) {
    if (asRoot && !starts(chromium.executablePath())) {
      log('chromium: installing the libraries that it needs')
      playwright(['install-deps', 'chromium'])
    }
    const downloaded = findChromium()
    if (downloaded) return downloaded
  }

  if (asRoot && succeeds('apt-get', ['--version'])) {
    log('chromium: the download did not work, installing the package with apt-get (at most 10 minutes)')
    const apt = (...args) => run(asRoot, ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args], 10 * MINUTE_MS)
    if (apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium')) {
      const installed = findChromium()
      if (installed) return installed
    }
  }
  throw new Error(`No Chromium was found and none could be installed.\n${HELP}`)
}

/** Asking for the version needs every shared library, and sees through Ubuntu's placeholder for the snap. */
function starts(path) {
  // On Windows Chrome answers `--version` by opening a window.
  return process.platform === 'win32' || succeeds(path, ['--version'])
}

function playwright(args) {
  // The package does not export its command line, only its package.json beside it.
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
  return run([], [process.execPath, cli, ...args], 4 * MINUTE_MS, {
    // Five tries of 30 s each are the default: too long where only a package registry can be reached.
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: process.env.PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT ?? '10000',
  })
}

/** The words to put before a command that needs root: none for root itself, `sudo -n` where it asks no password, else null. */
function rootPrefix() {
  if (process.platform !== 'linux') return null
  if (process.getuid() === 0) return []
  return succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null
}

function run(prefix, words, timeout, env = {}) {
  const [command, ...args] = [...prefix, ...words]
  const options = { timeout, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } }
  return spawnSync(command, args, options).status === 0
}

function succeeds(command, args) {
  return spawnSync(command, args, { timeout: 20_000, stdio: 'ignore' }).status === 0
}
