import type { Verdict } from '../model/dependency.ts'

/** Words on all pairs of so many calls take 256 KB while the run is analysed. */
const MAX_CALLS = 256

/**
 * `of`, asked once a pair in a run of few calls, of which schedules, findings and the report ask about the same pairs. Of a run of
 * many calls, few pairs are asked about one by one, and hardly one twice.
 */
export function rememberedVerdicts(
  count: number,
  of: (i: number, j: number) => Verdict,
): (i: number, j: number) => Verdict {
  if (count > MAX_CALLS) return of
  const known = new Array<Verdict | undefined>((count * (count - 1)) / 2)
  return (i, j) => {
    // No pair: that is for `of` to say.
    if (i < 0 || i >= j || j >= count) return of(i, j)
    const place = (j * (j - 1)) / 2 + i
    const word = known[place] ?? of(i, j)
    known[place] = word
    return word
  }
}
