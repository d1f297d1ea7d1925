import { mapped } from '../base/mapped.ts'
import type { Run } from '../model/run.ts'
import { type ArgumentLeaf, argumentLeaves } from './leaves.ts'
import type { Needle } from './look.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A needle before the index knows it. */
export type NeedleDraft = Omit<Needle, 'pattern' | 'isShared' | 'recurs'> & {
  pattern: number
  isShared: boolean
  recurs: boolean
}

export interface Needles {
  /** Undefined for a call whose arguments were not captured. */
  readonly byCall: readonly (readonly NeedleDraft[] | undefined)[]
  /** Each once, in the order of the calls. */
  readonly all: readonly NeedleDraft[]
}

/** Every leaf of every argument of a run as a needle. Adds all of their words to the vocabulary. */
export function needlesOf(run: Run, vocabulary: Vocabulary): Needles {
  const leaves = argumentLeaves(run.calls)
  const all: NeedleDraft[] = []
  const newNeedle = (leaf: ArgumentLeaf): NeedleDraft => {
    const phrase = vocabulary.phraseOf(leaf.value)
    const needle: NeedleDraft = { leaf, phrase, pattern: -1, isShared: false, recurs: false, found: null }
    all.push(needle)
    return needle
  }
  /** By name and value, of those that stand in no list and no object within the arguments. */
  const known: (NeedleDraft | undefined)[] = []
  const needleOf = (leaf: ArgumentLeaf): NeedleDraft => {
    const { path, number } = leaf
    if (path === null || path.parent !== null || typeof path.key === 'number') return newNeedle(leaf)
    while (known.length <= number) known.push(undefined)
    const needle = known[number]
    if (needle !== undefined) {
      needle.isShared = true
      return needle
    }
    const first = newNeedle(leaf)
    known[number] = first
    return first
  }
  const byCall = mapped(run.calls, (call, j) =>
    call.arguments === undefined ? undefined : mapped(leaves[j]!, needleOf),
  )
  return { byCall, all }
}
