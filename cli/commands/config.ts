import type { Command } from 'commander'
import { analyze, configOfOverrides } from '../../analyzer/index.ts'
import { readConfig } from '../config/read-config.ts'
import { readDatabase } from '../input/read-database.ts'
import { readOverrides } from '../input/read-overrides.ts'
import { type ConfigFlag, configOptions } from '../options/config.ts'
import { databaseOption } from '../options/database.ts'
import { printJson } from '../output.ts'

interface Flags {
  readonly db?: string
  readonly config?: ConfigFlag
}

/** `tailrace config`: the configuration in force and what was said in the page, as one file. */
export function addConfig(program: Command): void {
  program
    .command('config')
    .description('Print the configuration, with what was said of tools and calls in the page added to it.')
    .addOption(databaseOption())
    .addOption(configOptions.file())
    .addOption(configOptions.none())
    .addHelpText('after', '\nExample:\n  $ tailrace config --no-config > tailrace.config.json')
    .showHelpAfterError('(tailrace config --help shows the options)')
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const config = await readConfig(flags.config)
  const overrides = readOverrides({ files: [], db: flags.db })
  // Only calls have to be found in the traces; words on tools name them.
  const isNeeded = overrides.some(({ kind }) => kind !== 'effect')
  const runs = isNeeded ? analyzeDatabase(flags.db) : []
  printJson(configOfOverrides(overrides, runs, config))
}

function analyzeDatabase(db: string | undefined) {
  const { spans, logs } = readDatabase(db)
  return analyze(spans, { logs }).runs
}
