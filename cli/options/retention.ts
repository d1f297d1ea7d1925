import { Option } from 'commander'
import type { Result } from '../../analyzer/base/result.ts'
import { orInvalid } from './argument.ts'
import { parseLongDuration } from './duration.ts'
import { parseSize } from './size.ts'

/**
 * Reads how long to keep traces, in milliseconds. Unlike other durations it needs its unit: `--keep 30`, meant as days,
 * must not delete all that is older than 30 ms.
 */
export function parseKeep(text: string): Result<number> {
  return parseLongDuration(text, 'Write how long to keep traces, with a unit: for example 30d, 12h or 90m.')
}

export function keepOption(): Option {
  return new Option('--keep <duration>', 'delete traces that ended longer ago than this, such as 30d').argParser(
    orInvalid(parseKeep),
  )
}

export function maxSizeOption(): Option {
  return new Option('--max-size <size>', 'delete the oldest traces while the file holds more, such as 2GB').argParser(
    orInvalid(parseSize),
  )
}
