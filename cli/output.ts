// The only file that writes to the terminal.

/** Writes text to stdout, adding the final newline. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Writes text to stderr, adding the final newline: errors, warnings and progress, so that stdout stays machine-readable. */
export function printError(text: string): void {
  process.stderr.write(`${text}\n`)
}

/**
 * Lets `tailrace ... | head` end quietly: a reader that has gone away is no failure of ours, and the exit code still stands.
 * Other write errors (a full disk behind a redirect) are thrown as usual.
 */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}
