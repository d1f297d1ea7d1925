/**
 * Resolves when the user or the system asks the process to stop. To be called before anything says that the server is up:
 * a signal that comes first would end the process without a word. Each handler is for one signal only, so a second Ctrl-C
 * ends a process that takes too long to close.
 */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
