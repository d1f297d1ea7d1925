// The built page. Names under /assets carry a hash of their content, so they never change; index.html names them.

import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context, MiddlewareHandler } from 'hono'
import { serveStatic } from 'hono/serve-static'

const NOT_BUILT = 'The page has not been built. Run `npm run build` and start tailrace again.\n'

/** Serves the folder at `/`; what is not in it is left to the routes that follow. */
export function serveUi(uiDir: string): MiddlewareHandler {
  return serveStatic({
    root: uiDir,
    join,
    getContent: readIfFile,
    isDir: async (path) => (await statOrNull(path))?.isDirectory(),
    onFound: (_, c) => {
      const isHashed = c.req.path.startsWith('/assets/')
      c.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

/** `/` where there is no page. */
export const tellToBuild = (c: Context): Response => c.text(NOT_BUILT, 503)

async function readIfFile(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return (await statOrNull(path))?.isFile() ? new Uint8Array(await readFile(path)) : null
}

/** Null for a path that leads nowhere; other errors are errors. */
async function statOrNull(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null
    throw error
  }
}
