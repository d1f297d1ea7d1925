#!/usr/bin/env node
// The `tailrace` command: what there is, and how it ends. Each command is a file in commands/.

import { Command, CommanderError } from 'commander'
import { readVersion } from '../collector/version.ts'
import { addAnalyze } from './commands/analyze.ts'
import { addCheck } from './commands/check.ts'
import { addConfig } from './commands/config.ts'
import { addDemo } from './commands/demo.ts'
import { addDoctor } from './commands/doctor.ts'
import { addExplain } from './commands/explain.ts'
import { addImport } from './commands/import.ts'
import { addPrune } from './commands/prune.ts'
import { addServe } from './commands/serve.ts'
import { CliError, EXIT } from './exit.ts'
import { harmless, printError, tolerateClosedPipes } from './output.ts'

const program = new Command('tailrace')
  .description('Finds tool calls of AI agents that waited for nothing, in OpenTelemetry traces.')
  .version(readVersion(), '--version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .configureOutput({ outputError: (text, write) => write(harmless(text.replace(/^error: /, 'tailrace: '))) })
  .exitOverride()

addServe(program)
addAnalyze(program)
addCheck(program)
addExplain(program)
addConfig(program)
addDemo(program)
addImport(program)
addDoctor(program)
addPrune(program)

program.addHelpText(
  'after',
  `
Without a command, tailrace serves. Examples:
  $ tailrace                              collect and show runs on http://127.0.0.1:4318
  $ tailrace analyze trace.json           report on a file of OTLP traces
  $ tailrace check --budget 200ms         fail if a recorded run lost more than that

Exit codes: 0 fine, 1 over budget, 2 wrong usage, 3 nothing to judge, 4 unreadable input.`,
)

tolerateClosedPipes()
process.on('uncaughtException', (error) => process.exit(exitCodeFor(error)))
try {
  refuseUnknownCommand(process.argv[2])
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeFor(error)
}

/** Commander would hand an unknown word to the default command, which would complain about something else. */
function refuseUnknownCommand(word: string | undefined): void {
  const names = [...program.commands.map((command) => command.name()), 'help']
  if (word === undefined || word.startsWith('-') || names.includes(word)) return
  throw new CliError(
    EXIT.usage,
    `There is no command '${word}'. The commands are ${names.join(', ')}; to read a file, write tailrace analyze FILE.`,
  )
}

/** The exit code of what ended a command, after telling the user if nobody has yet. */
function exitCodeFor(error: unknown): number {
  // Commander has printed its help or its complaint already; its own code for wrong usage is 1.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage
  if (!(error instanceof CliError)) {
    printError(
      `tailrace: failed unexpectedly. Unless these lines name the cause, please report them as a bug.\n${error instanceof Error ? error.stack : error}`,
    )
    return EXIT.unexpected
  }
  printError(`tailrace: ${error.message.replaceAll('\n', '\ntailrace: ')}`)
  return error.exitCode
}
