import { Option } from 'commander'
import { err, ok, type Result } from '../../analyzer/base/result.ts'
import type { RedactorOptions } from '../../collector/redaction/redactor.ts'
import { secretNames } from '../../collector/redaction/secret-names.ts'
import { orInvalid } from './argument.ts'

export const REDACT_MODES = ['off', 'secrets', 'secrets+email'] as const

export type RedactMode = (typeof REDACT_MODES)[number]

/** Checks a name whose values are to be redacted, such as `customer_ref`. */
export function parseRedactKey(text: string): Result<string> {
  try {
    secretNames([text])
    return ok(text)
  } catch (error) {
    return err(`${(error as Error).message}.`)
  }
}

export const redactOption = (): Option =>
  new Option('--redact <what>', 'what to take out before storing').choices(REDACT_MODES).default('secrets')

export function redactKeyOption(): Option {
  const parse = orInvalid(parseRedactKey)
  return new Option('--redact-key <name>', 'redact the values of this name too; may be given again').argParser(
    (text: string, names: readonly string[] | undefined) => [...(names ?? []), parse(text)],
  )
}

/** What the collector is told; `false` for nothing at all. */
export function redactionOf(mode: RedactMode, names: readonly string[] = []): RedactorOptions | false {
  return mode === 'off' ? false : { email: mode === 'secrets+email', names }
}
