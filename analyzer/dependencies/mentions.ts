// Names that stand in a call's arguments, whatever the argument is called: a branch, a table, a release. Two services that are
// given one such name are at one thing: `push {"branch": "fix-1"}` and `list_commits {"sha": "fix-1"}`. So may be two that are given
// one plain word: `restart {"app": "billing"}` and `get_latency {"service": "billing"}`.

import { COMMON } from './information.ts'
import type { Leaf } from './leaves.ts'

export interface Mentions {
  /** Names that are all of a value. */
  readonly whole: ReadonlySet<string>
  /** Names anywhere in a value, such as the tables of a statement. */
  readonly anywhere: ReadonlySet<string>
  /** Words of values of few words, which name something; longer ones tell of it. */
  readonly words: ReadonlySet<string>
}

export const NOTHING: Mentions = { whole: new Set(), anywhere: new Set(), words: new Set() }

const WORD = /[\p{L}\p{N}][\p{L}\p{N}_.-]*/gu
/** Letters, and a digit or a joint among them: no word of prose, number, date (`2031-05-14`, `2031-05-14T10`) or size (`10km`). */
const NAME = /^(?=.*\p{L})(?=.*[\p{N}_-])(?!\d[\d.-]*(t\d*)?$)(?!\d[\d.]*\p{L}{1,4}$)/u
const LETTERS = /\p{L}{3,}/gu
/** `service:billing env:live`; what is longer is a sentence. Chosen. */
const FEW_WORDS = 4
/** Names of what is only said: a chat is told of a service, and does nothing to it. */
const PROSE = /(text|message|body|content|comment|description|note|summary|caption|prompt|subject|reason)s?$/i
/** Longer texts are content. In UTF-16 code units. */
const MAX_TEXT = 10_000
const MAX_NAME = 200

/** What stands in a call's arguments. */
export function mentionsOf(args: readonly Leaf[]): Mentions {
  const whole = new Set<string>()
  const anywhere = new Set<string>()
  const words = new Set<string>()
  for (const { key, value } of args) {
    if (typeof value !== 'string' || value.length > MAX_TEXT) continue
    const text = value.trim().toLowerCase()
    for (const [word] of text.matchAll(WORD)) {
      const name = word.replace(/[_.-]+$/, '')
      if (name.length > MAX_NAME || !NAME.test(name)) continue
      anywhere.add(name)
      if (name === text) whole.add(name)
    }
    const letters = text.length <= MAX_NAME && !PROSE.test(key) ? (text.match(LETTERS) ?? []) : []
    if (letters.length <= FEW_WORDS) for (const word of letters) if (!COMMON.has(word)) words.add(word)
  }
  return { whole, anywhere, words }
}

/** Whether a name that is all of a value in one call stands in the other, or they are given one word. */
export function shareName(a: Mentions, b: Mentions): boolean {
  return holdsOne(b.anywhere, a.whole) || holdsOne(a.anywhere, b.whole) || holdsOne(a.words, b.words)
}

function holdsOne(names: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  for (const name of wanted) if (names.has(name)) return true
  return false
}
