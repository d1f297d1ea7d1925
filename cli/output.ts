// The only file that writes to the terminal.

/** Writes text to stdout, adding the final newline. */
export function print(text: string): void {
  process.stdout.write(`${harmless(text)}\n`)
}

/** Writes text to stderr, adding the final newline: errors, warnings and progress, so that stdout stays machine-readable. */
export function printError(text: string): void {
  process.stderr.write(`${harmless(text)}\n`)
}

/** Writes a value to stdout as JSON. What a terminal or a CI runner would act on is written as an escape, so no value changes. */
export function printJson(value: unknown): void {
  const json = JSON.stringify(value, null, 2).replace(ACTIVE_IN_JSON, (found) =>
    found === '##' ? '#\\u0023' : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  process.stdout.write(`${json}\n`)
}

/** Writes a line that a CI runner shall take for a command. Its maker has escaped what is foreign in it. */
export function printCommand(line: string, stream: 'stdout' | 'stderr'): void {
  process[stream].write(`${line.replace(RUNNER_COMMAND, '# #')}\n`)
}

/**
 * The last guard for text that may hold foreign words, such as an error's message or a stack: only line breaks are left of
 * the control characters and of the marks that reorder text, and no line is a command to a CI runner.
 */
export function harmless(text: string): string {
  return text.replace(CONTROL, ' ').replace(WORKFLOW_COMMAND, '$1: ').replace(RUNNER_COMMAND, '# #')
}

const CONTROL = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/** At the beginning of a line, after spaces: `::error::text` of GitHub Actions. */
const WORKFLOW_COMMAND = /^([^\S\n]*):(?=:)/gm

/** Anywhere in a line: `##[error]text` of GitHub Actions, `##vso[…]` of Azure Pipelines. TeamCity has `##teamcity[…]`. */
const RUNNER_COMMAND = /##(?=\w*\[)/g

/** JSON.stringify has escaped the other control characters; both stand in strings only. */
const ACTIVE_IN_JSON = /##(?=\w*\[)|[\u007f-\u009f\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

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
