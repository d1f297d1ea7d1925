import { FIGURES, type FigureName, type Row } from './figures.ts'

/** A figure may get worse by so much before it is a regression. */
const TOLERANCE = 0.005

/** A sentence for each figure of `rows` that is worse than before by more than the tolerance. */
export function regressions(
  before: ReadonlyMap<string, ReadonlyMap<FigureName, number>>,
  rows: readonly Row[],
): string[] {
  const found: string[] = []
  for (const { corpus, figures } of rows) {
    for (const { name, better } of FIGURES) {
      const was = before.get(corpus)?.get(name)
      const is = figures[name]
      if (was === undefined || is === null) continue
      const worse = better === 'up' ? was - is : is - was
      // The page rounds to four digits.
      if (worse > TOLERANCE + 0.00005) found.push(`${corpus}: ${name} was ${was.toFixed(4)} and is ${is.toFixed(4)}`)
    }
  }
  return found
}
