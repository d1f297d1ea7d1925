import type { Served } from '../../collector/serve.ts'

/**
 * Resolves when the user or the system has asked the process to stop and the server is closed: what was received is answered
 * and stored. Handlers are for one signal only, so a second Ctrl-C ends a process that takes too long.
 */
export async function untilStopped(server: Served): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  await server.close()
}
