import { type Override, subjectOf } from '../../analyzer/model/options.ts'
import { say, takeBack } from '../data/userWord.ts'

/** What the user said of the open run, and how to say more. */
export interface Words {
  /** In force: those that are stored, then those of the address, which take their place. */
  readonly all: readonly Override[]
  /** Whether the collector keeps it; if not, it is in the page's address only. */
  isStored(word: Override): boolean
  say(word: Override): void
  takeBack(word: Override): void
}

export function wordsOf(runId: string, stored: readonly Override[], inView: readonly Override[]): Words {
  const replaced = new Set(inView.map(subjectOf))
  const kept = new Set(stored.map(subjectOf))
  return {
    all: [...stored.filter((word) => !replaced.has(subjectOf(word))), ...inView],
    isStored: (word) => !replaced.has(subjectOf(word)),
    say: (word) => void say(runId, word),
    takeBack: (word) => void takeBack(runId, word, kept.has(subjectOf(word))),
  }
}
