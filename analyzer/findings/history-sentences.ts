import type { FindingContext } from './rule.ts'

/** Pairs of tools written out. */
const MAX_SENTENCES = 3

/** What earlier runs of the agent say of the order of these calls, the most telling first. Empty without such runs. */
export function historySentences({ run, inference }: FindingContext, calls: readonly number[]): string[] {
  const tools = new Set(calls.map((call) => run.calls[call]!.tool))
  return (inference.learnt?.pairs ?? [])
    .filter(({ earlier, later, free, freeMadeUp }) => tools.has(earlier) && tools.has(later) && free + freeMadeUp > 0)
    .sort((a, b) => b.free + b.freeMadeUp - (a.free + a.freeMadeUp))
    .slice(0, MAX_SENTENCES)
    .map(({ earlier, later, needed, free, freeMadeUp }) => {
      const needing = needed === 0 ? 'none' : `${needed}`
      const runs = `${free + freeMadeUp} earlier run${free + freeMadeUp === 1 ? '' : 's'}`
      return `In ${runs} of this agent ${later} was called before or beside ${earlier}, and in ${needing} did it need its result.`
    })
}
