// Who writes `Basic or Plus?` does not know yet which of the two it is, so a result that shows one of them gave it.

import { ofSharedText } from './shared-texts.ts'

/** Words for `or`, but for those that are words of English as well. */
const OR = 'or|ou|oder|eller|lub|albo|nebo|или|або|veya|atau|hoặc|أم|أو|או'
/** The same in scripts without spaces, and as one letter, between two words. */
const JOINED = '还是|還是|或者|或|または|それとも|か、'
const BEFORE = new RegExp(`(?:(?<!\\p{L})(?:${OR}|o|u)\\s+(?:[^\\s.!?;:]+\\s+){0,2}|(?:${JOINED})\\s*)$`, 'iu')
const AFTER = new RegExp(`^(?:(?:\\s+[^\\s.!?;:]+){0,2}\\s*,?\\s+(?:${OR}|o|u)(?!\\p{L})|\\s*(?:${JOINED}))`, 'iu')
/** What is looked at on either side of a value. UTF-16 code units. */
const NEAR = 60
/** A letter or a digit stands beside anything. */
const SHORTEST = 2
/** Longer texts are material, in which everything stands beside everything. */
const MAX_TEXT = 8000

const lower = ofSharedText((text) => text.toLowerCase())

/** Whether a text names the value as one of two: beside `or`, with at most two words between. */
export function offers(text: string, value: string): boolean {
  if (text.length > MAX_TEXT || value.length < SHORTEST) return false
  const said = lower(text)
  const wanted = value.toLowerCase()
  for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + wanted.length)) {
    const end = at + wanted.length
    if (BEFORE.test(said.slice(Math.max(0, at - NEAR), at)) || AFTER.test(said.slice(end, end + NEAR))) return true
  }
  return false
}
