import { matchesWildcard } from '../base/wildcard.ts'
import type { AnalyzeOptions, ToolConfig } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { type Edge, pick, type UnlistedEdges } from './edges.ts'
import { toolNumbers } from './tool-numbers.ts'

export type Word = 'independent' | 'dependent'

/** What the user said of pairs of calls, by their indices in the run. */
export interface Spoken {
  /** False if `word` has an answer for no pair. */
  readonly any: boolean
  /** The user's word on calls i < j; undefined where nothing was said. O(1) after the first pair of two tools. */
  word(i: number, j: number): Word | undefined
  /** All pairs that the user called dependent, earlier call first. */
  readonly dependent: readonly (readonly [number, number])[]
}

/**
 * Overrides that name calls of this run, before what the configuration says of their tools; of two overrides the last
 * counts. `dependsOn` beats `independentOf`: the mistake to avoid is two calls that are wrongly let go.
 */
export function spokenWords(
  run: Run,
  { overrides }: Pick<AnalyzeOptions, 'overrides'>,
  configOf: (tool: string) => ToolConfig,
): Spoken {
  const ofPair = wordsOfPairs(run, overrides)
  const ofTools = wordsOfTools(run, configOf)
  return {
    any: ofPair.size > 0 || ofTools.any,
    word: (i, j) => (ofPair.size === 0 ? undefined : ofPair.get(pairKey(i, j))) ?? ofTools.word(i, j),
    dependent: [
      ...ofTools.dependent().filter(([i, j]) => !ofPair.has(pairKey(i, j))),
      ...[...ofPair].filter(([, word]) => word === 'dependent').map(([key]) => callsOf(key)),
    ],
  }
}

function wordsOfPairs({ calls }: Run, overrides: AnalyzeOptions['overrides']): Map<string, Word> {
  const ofPair = new Map<string, Word>()
  // Mostly there are none, and calls are many.
  if (overrides.every(({ kind }) => kind === 'effect')) return ofPair
  const indexOf = new Map(calls.map((call, index) => [call.id, index]))
  for (const override of overrides) {
    if (override.kind === 'effect') continue
    const a = indexOf.get(override.from)
    const b = indexOf.get(override.to)
    if (a === undefined || b === undefined || a === b) continue
    ofPair.set(pairKey(Math.min(a, b), Math.max(a, b)), override.kind)
  }
  return ofPair
}

/** The user's word beats every inference: direct edges of an `independent` pair go, a `dependent` pair gets a sure one. */
export function applyWords(edges: readonly Edge[], spoken: Spoken): readonly Edge[] {
  if (!spoken.any) return edges
  const kept = edges.filter((edge) => spoken.word(edge.from, edge.to) === undefined)
  for (const [from, to] of spoken.dependent) {
    const evidence = [{ toPath: '', fromPath: '', value: null, transform: 'none', origin: 'override' as const }]
    kept.push({ from, to, kind: 'declared', confidence: 1, evidence })
  }
  return kept
}

/** What the user has spoken of is not guessed. */
export function unspoken(edges: UnlistedEdges, spoken: Spoken): UnlistedEdges {
  if (!spoken.any) return edges
  return pick(edges, (from, to) => spoken.word(from, to) === undefined)
}

/** Words on tools, answered through a square of tools and not of calls. */
function wordsOfTools(run: Run, configOf: (tool: string) => ToolConfig) {
  const { names: tools, of: toolOf } = toolNumbers(run.calls)
  const configs = tools.map(configOf)
  const any = configs.some(({ dependsOn, independentOf }) => dependsOn !== undefined || independentOf !== undefined)
  if (!any) return { any, word: () => undefined, dependent: () => [] }

  const names = (patterns: readonly string[] | undefined, tool: string) =>
    patterns?.some((pattern) => matchesWildcard(pattern, tool)) === true
  const square = tools.map((earlier, e) =>
    tools.map((later, l): Word | undefined => {
      if (names(configs[l]!.dependsOn, earlier)) return 'dependent'
      const free = names(configs[l]!.independentOf, earlier) || names(configs[e]!.independentOf, later)
      return free ? 'independent' : undefined
    }),
  )
  const word = (i: number, j: number) => square[toolOf[i]!]![toolOf[j]!]
  return {
    any,
    word,
    dependent() {
      const pairs: [number, number][] = []
      for (let j = 1; j < run.calls.length; j++) {
        if (!square.some((row) => row[toolOf[j]!] === 'dependent')) continue
        for (let i = 0; i < j; i++) if (word(i, j) === 'dependent') pairs.push([i, j])
      }
      return pairs
    },
  }
}

const pairKey = (i: number, j: number): string => `${i}>${j}`

const callsOf = (key: string): [number, number] => key.split('>').map(Number) as [number, number]
