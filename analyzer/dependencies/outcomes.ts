// Calls that came to nothing, whatever their status says: frameworks return most errors as results.

import type { Json } from '../model/json.ts'
import type { Call } from '../model/run.ts'
import { leavesOf } from './leaves.ts'

const FAILED_TEXT =
  /^\W*(error|exception|traceback|failed|failure|timed? ?out|none|null|nothing|n\/a|no|not|unknown|unable|could not|cannot|invalid|denied|forbidden|unavailable)\b/i
const FAILED_INSIDE =
  /\b(not (found|available|supported|allowed|permitted|authorized)|offline|out of stock|sold out|refused|expired|no (results?|match(es)?|data|records?|items?)|error|failed|timed out|timeout|rate.limit\w*|try again|does not exist)\b/i
/** Longer texts are content: an article may mention an error. */
const SHORT_TEXT = 200
const ERROR_KEY = /^(errors?|exception|error_?message|failure)$/i
const COUNT_KEY = /^(total|count|total_?count|total_?results|num_?results|matches|found|hits)$/i
const STATE_KEY = /^(status|state|code|status_?code|http_?status|result|outcome)$/i
const OK_KEY = /^(ok|success|succeeded|found|exists)$/i

/** Words about the answer, beside it. */
const MESSAGE_KEY = /^(note|message|msg|detail|details|reason|info|warning)$/i

/** Whether an answer says nothing but yes or no: what is asked so is asked to decide by it. */
export function isYesOrNo({ result }: Call): boolean {
  if (result === undefined) return false
  const leaves = leavesOf(result)
  const isOne = (value: unknown): boolean =>
    typeof value === 'boolean' || (typeof value === 'string' && /^\W*(yes|no|true|false)\W*$/i.test(value))
  return leaves.length > 0 && leaves.every(({ value }) => isOne(value))
}

/** Whether a call failed, or its result is empty or says that something went wrong: what comes next may make up for it. */
export function cameToNothing(call: Call): boolean {
  if (call.status === 'error') return true
  if (call.result === undefined) return false
  const { result } = call
  if (result === null || result === false) return true
  if (typeof result === 'string' && isFailure(result)) return true
  const leaves = leavesOf(result)
  if (leaves.length === 0) return true
  // All lists in it are empty, and there is one: `{"query": "x", "results": []}`.
  if (onlyEmptyLists(result)) return true
  return leaves.some(({ key, value }) => {
    if (ERROR_KEY.test(key)) return value !== null && value !== false && value !== '' && value !== 0
    if (COUNT_KEY.test(key) && (value === 0 || value === '0')) return true
    if (OK_KEY.test(key) && value === false) return true
    if (MESSAGE_KEY.test(key)) return typeof value === 'string' && isFailure(value)
    if (!STATE_KEY.test(key)) return false
    return typeof value === 'number' ? value >= 400 && value < 600 : typeof value === 'string' && isFailure(value)
  })
}

function isFailure(text: string): boolean {
  const short = text.trim()
  if (short === '') return true
  return FAILED_TEXT.test(short.slice(0, SHORT_TEXT)) || (short.length <= SHORT_TEXT && FAILED_INSIDE.test(short))
}

function onlyEmptyLists(value: Json): boolean {
  const open: Json[] = [value]
  let lists = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) {
      if (next.length > 0) return false
      lists++
    } else if (next !== null && typeof next === 'object') open.push(...Object.values(next))
  }
  return lists > 0
}
