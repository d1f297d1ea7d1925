import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { type Transferable, Worker } from 'node:worker_threads'

/**
 * A thread that runs the module `name` beside the module `beside` (an `import.meta.url`), compiled or, in tests and
 * development, as it is.
 */
export function startThread(
  name: string,
  workerData: unknown,
  transferList: Transferable[],
  beside: string = import.meta.url,
): Worker {
  const options = { workerData, transferList, name }
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, beside), options)
  // Node gives `--import tsx` to the main thread only: a thread has to register it by itself, from the file that ESM
  // would resolve to.
  const tsx = createRequire(import.meta.url)
    .resolve('tsx/package.json')
    .replace(/package\.json$/, 'dist/esm/api/index.mjs')
  const imports = [pathToFileURL(tsx).href, new URL(`./${name}.ts`, beside).href].map((url) => JSON.stringify(url))
  const program = `import(${imports[0]}).then(({ register }) => { register(); return import(${imports[1]}) })`
  return new Worker(program, { ...options, eval: true, execArgv: [] })
}
