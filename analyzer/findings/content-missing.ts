import { DROPPED } from '../model/notes.ts'
import type { Finding } from '../model/report.ts'
import { captureContent } from './fixes/index.ts'
import type { FindingContext, Rule } from './rule.ts'
import { toolsOf } from './words.ts'

/** Arguments or results were not captured: nothing can be said of these calls, and the setting that changes it. */
export const contentMissing: Rule = {
  id: 'content-missing',
  find: ({ run }: FindingContext): Finding[] => {
    const calls = run.calls.flatMap((call, i) =>
      call.arguments === undefined || (call.result === undefined && call.status === 'ok') ? [i] : [],
    )
    if (calls.length === 0) return []
    const noArguments = calls.filter((i) => run.calls[i]!.arguments === undefined).length
    const noResult = calls.filter((i) => run.calls[i]!.result === undefined).length
    return [
      {
        rule: 'content-missing',
        severity: 'info',
        calls: calls.map((i) => run.calls[i]!.id),
        savedMs: { low: 0, high: 0 },
        savedTokens: 0,
        confidence: 1,
        title: `${calls.length} of ${run.calls.length} calls came without arguments or results, so nothing is claimed for them`,
        evidence: [
          `Without arguments: ${noArguments}; without a result: ${noResult}. Calls: ${toolsOf(run, calls)}.`,
          ...run.notes.filter((note) => note.startsWith(DROPPED)),
          'Whether one of these calls needed another cannot be told: it counts as unknown, never as independent.',
        ],
        fix: captureContent(run.framework),
      },
    ]
  },
}
