import { err, ok, type Result } from '../../analyzer/base/result.ts'
import { type AnalyzeOptions, RUNGS } from '../../analyzer/model/options.ts'

/** Options of a report from a URL's query; a parameter that is absent leaves the default. */
export function optionsFromQuery(query: Readonly<Record<string, string>>): Result<Partial<AnalyzeOptions>> {
  const options: { -readonly [K in keyof AnalyzeOptions]?: AnalyzeOptions[K] } = {}
  if (query.threshold !== undefined) {
    const threshold = query.threshold === '' ? Number.NaN : Number(query.threshold)
    if (!(threshold >= 0 && threshold <= 1)) return err('threshold must be a number from 0 to 1')
    options.threshold = threshold
  }
  if (query.concurrency !== undefined) {
    if (!/^[1-9]\d{0,5}$/.test(query.concurrency)) return err('concurrency must be a whole number from 1 to 999999')
    options.concurrency = Number(query.concurrency)
  }
  if (query.rung !== undefined) {
    const rung = RUNGS.find((name) => name === query.rung)
    if (!rung) return err(`rung must be one of ${RUNGS.join(', ')}`)
    options.rung = rung
  }
  return ok(options)
}
