import { err, ok, type Result } from '../../analyzer/base/result.ts'

const MS_PER_UNIT: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** As `parseDuration`, for what cannot be meant in milliseconds: a number without its unit is refused. `error` is a sentence. */
export function parseLongDuration(text: string, error: string): Result<number> {
  const duration = /[a-z]\s*$/i.test(text) ? parseDuration(text) : err('')
  return duration.ok && duration.value > 0 ? duration : err(error)
}

/**
 * Milliseconds of what a person writes: `500ms`, `1.5s`, `2m`, `1h`, `7d`; a plain number is milliseconds.
 * The error is a sentence with examples.
 */
export function parseDuration(text: string): Result<number> {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(ms|s|m|h|d)?$/i.exec(text.trim())
  const ms = match ? Number(match[1]) * (MS_PER_UNIT[(match[2] ?? 'ms').toLowerCase()] ?? Number.NaN) : Number.NaN
  return Number.isFinite(ms)
    ? ok(ms)
    : err('Write a duration such as 500ms, 1.5s, 2m or 1h; a plain number is milliseconds.')
}
