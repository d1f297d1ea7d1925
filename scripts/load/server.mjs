// `tailrace serve` as a process of its own, and what can be seen of it from outside.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** How long a start may take, in milliseconds. */
const START_MS = 60_000

/**
 * The arguments for node that run the command: the build, made first where it is stale, or with `fromSource` the sources
 * as they are.
 */
export function commandLine(fromSource) {
  if (fromSource) return ['--import', import.meta.resolve('tsx'), `${root}cli/main.ts`]
  const { status } = spawnSync(process.execPath, [`${root}scripts/build.mjs`, '--if-stale'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('the build failed, see above')
  return [`${root}dist/cli/main.js`]
}

/** Whether this build of the command speaks gRPC. */
export function speaksGrpc(command) {
  const { stdout } = spawnSync(process.execPath, [...command, 'serve', '--help'], { encoding: 'utf8' })
  return stdout.includes('--grpc-port')
}

/**
 * Starts a server on free ports. `started` resolves to { url, grpcUrl } or, if the process ended first, to null;
 * `stderr` gathers what it complained about.
 */
export function startServer({ command, dbFile, grpc, args = [] }) {
  const child = spawn(
    process.execPath,
    [...command, 'serve', '--port', '0', ...(grpc ? ['--grpc-port', '0'] : []), '--db', dbFile, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const server = { child, pid: child.pid, stderr: '', ended: once(child, 'close'), started: null }
  let stdout = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    server.stderr += text
  })
  child.stdout.setEncoding('utf8')
  server.started = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no start within ${START_MS} ms:\n${server.stderr}`)), START_MS)
    child.stdout.on('data', (text) => {
      stdout += text
      const http = /Tailrace is at (http:\S+)/.exec(stdout)
      const rpc = grpc ? /gRPC\D*?((?:http:\/\/)?[\w.[\]:]+:\d+)/.exec(stdout) : null
      if (!http || (grpc && !rpc)) return
      clearTimeout(late)
      resolve({ url: http[1], grpcUrl: rpc ? `http://${rpc[1].replace('http://', '')}` : null })
    })
    child.once('close', () => {
      clearTimeout(late)
      resolve(null)
    })
  })
  return server
}

/** Sends a signal and waits for the end: { code, signal }. */
export async function stop(server, signal) {
  server.child.kill(signal)
  const [code, by] = await server.ended
  return { code, signal: by }
}

/** Resident memory in bytes, now and at its highest, of a process on Linux. */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024
  return { rss: read('VmRSS'), peak: read('VmHWM') }
}
