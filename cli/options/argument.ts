import { InvalidArgumentError } from 'commander'
import type { Result } from '../../analyzer/base/result.ts'

/** Makes a parser that gives a Result into one for commander, which wants bad arguments thrown. */
export function orInvalid<T>(parse: (text: string) => Result<T>): (text: string) => T {
  return (text) => {
    const result = parse(text)
    if (!result.ok) throw new InvalidArgumentError(result.error)
    return result.value
  }
}
