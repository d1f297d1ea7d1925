import { PAIR_WORDS } from '../../analyzer/model/pair-reason.ts'
import type { Finding, ReportRun, ReportVerdict } from '../../analyzer/model/report.ts'

/** A pair of calls as a list has it. */
export interface Pair extends Pick<ReportVerdict, 'a' | 'b' | 'verdict'> {
  /** What is held of it: `data 0.97`, `independent 0.99`, `unknown, as arguments or results were not captured`. */
  readonly words: string
}

/**
 * The pairs of calls that a finding is about: those that need one another first, as the order of calls rests on them, then
 * the other pairs that a claim rests on. Each pair once.
 */
export function pairsOf(run: ReportRun, finding: Finding): readonly Pair[] {
  const ids = new Set<string>(finding.calls)
  const pairs = new Map<string, Pair>()
  const surest = new Map<string, number>()
  for (const { from, to, kind, confidence } of run.dependencies) {
    const key = `${from} ${to}`
    if (!ids.has(from) || !ids.has(to) || confidence <= (surest.get(key) ?? 0)) continue
    surest.set(key, confidence)
    pairs.set(key, { a: from, b: to, verdict: 'dependent', words: `${kind} ${confidence.toFixed(2)}` })
  }
  for (const verdict of run.verdicts) {
    if (ids.has(verdict.a) && ids.has(verdict.b)) pairs.set(`${verdict.a} ${verdict.b}`, pairOf(verdict))
  }
  const isNeeded = ({ verdict }: Pair): number => (verdict === 'dependent' ? 0 : 1)
  return [...pairs.values()].sort((a, b) => isNeeded(a) - isNeeded(b))
}

/** A verdict as a list has it. */
export function pairOf({ a, b, verdict, confidence, reason }: ReportVerdict): Pair {
  const why = reason === undefined ? '' : `, as ${PAIR_WORDS[reason]}`
  return { a, b, verdict, words: verdict === 'unknown' ? `${verdict}${why}` : `${verdict} ${confidence.toFixed(2)}` }
}
