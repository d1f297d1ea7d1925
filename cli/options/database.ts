import { join } from 'node:path'
import { Option } from 'commander'

/** Where `serve` keeps spans, and where the other commands look for them, relative to the current folder. */
export const DEFAULT_DATABASE = join('.tailrace', 'tailrace.db')

/** `--db`, without a default value: a file that was named and is missing is an error, the default one just is not there yet. */
export function databaseOption(): Option {
  return new Option('--db <file>', `database file (default: ${DEFAULT_DATABASE})`)
}
