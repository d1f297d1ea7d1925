import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { type ResourceLimits, type Transferable, Worker } from 'node:worker_threads'

export interface ThreadOptions {
  readonly transferList?: Transferable[]
  readonly resourceLimits?: ResourceLimits
  /** The `import.meta.url` of a module in the folder of the thread's; this one's unless given. */
  readonly beside?: string
}

/** A thread that runs the module `name`, compiled or, in tests and development, as it is. */
export function startThread(
  name: string,
  workerData: unknown,
  { transferList = [], resourceLimits = {}, beside = import.meta.url }: ThreadOptions = {},
): Worker {
  const options = { workerData, transferList, resourceLimits, name }
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
