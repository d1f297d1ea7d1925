import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** In the order in which they are looked for in one folder. */
export const CONFIG_NAMES = ['tailrace.config.ts', 'tailrace.config.js', 'tailrace.config.json'] as const

/** The configuration in `folder` or the nearest folder above it; null if there is none. */
export function findConfig(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const name = CONFIG_NAMES.find((one) => existsSync(join(at, one)))
    if (name !== undefined) return join(at, name)
    if (dirname(at) === at) return null
  }
}
