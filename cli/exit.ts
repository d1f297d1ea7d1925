// How the command ends. Every failure that a user can cause is a CliError; anything else is unexpected and shows its stack.

/** Exit codes, as documented in docs/cli.md. */
export const EXIT = {
  fine: 0,
  overBudget: 1,
  usage: 2,
  nothingToJudge: 3,
  unreadable: 4,
  /** Not 1, which Node would use: a crash must not read as a budget exceeded. 70 is EX_SOFTWARE of sysexits.h. */
  unexpected: 70,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What went wrong and what to do about it, in a sentence each, with the code to exit with. */
export class CliError extends Error {
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string) {
    super(message)
    this.name = 'CliError'
    this.exitCode = exitCode
  }
}
