import type { RunEvidence } from '../dependencies/evidence.ts'
import { anyPlace, LearntKeys } from '../dependencies/learnt-keys.ts'
import type { LeafTrace } from '../dependencies/look.ts'
import { pathText } from '../dependencies/path-node.ts'
import type { Learnt, LearntPair, LearntPath, LearntValue } from '../model/learnt.ts'
import type { Run } from '../model/run.ts'
import { MAX_VALUE_LENGTH } from './lessons-of.ts'
import type { RecentLessons } from './recent-lessons.ts'

/** So many runs have to show a thing before it counts as the agent's way. Chosen: four in a row may be one conversation. */
const MIN_RUNS = 5

/**
 * What earlier runs of the agent teach about this one; undefined where they teach nothing.
 */
export function learntFor(run: Run, evidence: RunEvidence, earlier: RecentLessons): Learnt | undefined {
  const pairs = pairsFor(run, earlier)
  const { paths, values } = valuesFor(run, evidence, earlier)
  return pairs.length + paths.length + values.length === 0 ? undefined : { runs: earlier.runs, pairs, paths, values }
}

/** Pairs of tools that this run has in this order, and of which some run says that the order need not be. */
function pairsFor(run: Run, earlier: RecentLessons): LearntPair[] {
  const firstOf = new Map<string, number>()
  const lastOf = new Map<string, number>()
  run.calls.forEach(({ tool }, i) => {
    if (!firstOf.has(tool)) firstOf.set(tool, i)
    lastOf.set(tool, i)
  })
  const pairs: LearntPair[] = []
  for (const [first, i] of firstOf) {
    for (const [later, j] of lastOf) {
      if (first === later || i > j) continue
      const { needed, free, freeMadeUp, after, without } = earlier.pair(first, later)
      if (free + freeMadeUp + without === 0) continue
      pairs.push({ earlier: first, later, needed, free, freeMadeUp, after, without })
    }
  }
  return pairs
}

/** Ways and values of this run that most of the runs with those tools have, and at least `MIN_RUNS`. */
function valuesFor(run: Run, { provenance }: RunEvidence, earlier: RecentLessons): Pick<Learnt, 'paths' | 'values'> {
  const paths = new Map<string, LearntPath>()
  const values = new Map<string, LearntValue>()
  const keys = new LearntKeys()
  for (let j = 0; j < run.calls.length; j++) {
    const { tool } = run.calls[j]!
    for (const { leaf, matches } of provenance.calls[j]?.leaves ?? NO_LEAVES) {
      const path = pathText(leaf.path)
      for (const { hit, from: call, rival } of matches) {
        if (rival !== 'none') continue
        const from = run.calls[call]!.tool
        const fromPath = pathText(hit.path)
        const key = keys.path(from, fromPath, tool, path)
        const seen = earlier.withPath(key)
        if (seen < MIN_RUNS || paths.has(key)) continue
        const of = earlier.withTools([from, tool])
        if (isUsual(seen, of))
          paths.set(key, { from, fromPath: anyPlace(fromPath), to: tool, toPath: anyPlace(path), seen, of })
      }
      // Longer ones are not taught.
      if (typeof leaf.value === 'string' && leaf.value.length > MAX_VALUE_LENGTH) continue
      const key = keys.value(tool, path, leaf.value)
      const seen = earlier.withValue(key)
      if (seen < MIN_RUNS || values.has(key)) continue
      const of = earlier.withTools([tool])
      if (isUsual(seen, of)) values.set(key, { tool, path: anyPlace(path), value: leaf.value, seen, of })
    }
  }
  return { paths: [...paths.values()], values: [...values.values()] }
}

const NO_LEAVES: readonly LeafTrace[] = []

const isUsual = (seen: number, of: number): boolean => seen >= MIN_RUNS && seen * 2 > of
