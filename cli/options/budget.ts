import { err, ok, type Result } from '../../analyzer/base/result.ts'
import { parseDuration } from './duration.ts'

/** How much serialized latency a run may have: milliseconds, or a share of the run's duration in [0, 1]. */
export type Budget = { readonly kind: 'ms'; readonly ms: number } | { readonly kind: 'share'; readonly share: number }

/**
 * Half a second: below it people hardly notice a wait in an agent's answer, and runs of one agent differ by about as much,
 * so a smaller default would fail builds for noise.
 */
export const DEFAULT_BUDGET = '500ms'

/** Reads `500ms`, `1.5s`, `2m`, `500` (milliseconds) or `10%` (of the run's duration). The error is a sentence with examples. */
export function parseBudget(text: string): Result<Budget> {
  const percent = /^(\d+(?:\.\d+)?|\.\d+)\s*%$/.exec(text.trim())
  if (percent) {
    const share = Number(percent[1]) / 100
    return share <= 1 ? ok({ kind: 'share', share }) : err('A share of the run is at most 100%, for example 10%.')
  }
  const duration = parseDuration(text)
  return duration.ok
    ? ok({ kind: 'ms', ms: duration.value })
    : err('Write a budget such as 500ms, 1.5s, 2m, 500 (milliseconds) or 10% (of the run).')
}
