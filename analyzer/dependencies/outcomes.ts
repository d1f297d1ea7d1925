// Calls that came to nothing, whatever their status says: frameworks return most errors as results.

import { mapped } from '../base/mapped.ts'
import { remembered } from '../base/remembered.ts'
import type { Json } from '../model/json.ts'
import type { Call } from '../model/run.ts'
import { isNone, SHORT_TEXT, tellsOfFailure } from './failure-texts.ts'
import { type Leaf, someScalar } from './leaves.ts'

/** A right that is given or not is a yes or a no. */
const YES_OR_NO =
  /^\W*(yes|no|true|false|(dis|not )?allowed|(not )?permitted|denied|granted|((un|not )?(authori[sz]ed|verified))|((in|not )?(eligible|valid)))\W*$/i

/** What property names say of the value: `found` may be a number or a yes. */
const ERROR = 1
const COUNT = 2
const OK = 4
/** Words about the answer, beside it. */
const MESSAGE = 8
const STATE = 16
/** How many of something: beside other facts, no more than one of them. */
const AMOUNT = 32
/** Of the answer itself: how long it took, which page of it this is. */
const ABOUT = 64
const NAMES: readonly (readonly [number, RegExp])[] = [
  [ERROR, /^((is_?)?errors?|exception|error_?message|failure)$/i],
  [COUNT, /^(total|count|total_?count|total_?results|num_?results|matches|found|hits)$/i],
  [OK, /^(ok|success|succeeded|found|exists)$/i],
  [MESSAGE, /^(note|message|msg|detail|details|reason|info|warning)$/i],
  [STATE, /^(status|state|code|status_?code|http_?status|result|outcome|availability)$/i],
  [
    AMOUNT,
    /(^|_)(total|count|num|number|quantity|qty|stock|available|remaining|left)(_|$)|[a-z](Total|Count|Quantity|Qty|Stock|Available|Remaining|Left)$/i,
  ],
  [ABOUT, /^(took|elapsed|duration|page|page_?size|per_?page|limit|offset|has_?more)(_?ms|_?s)?$/i],
]

/** How things stand, in a word. `ok` and `done` only say that a deed was done. */
const STANDING =
  /\b(open|closed|(in)?active|(un)?available|(on|off)line|(not )?ready|(un)?healthy|green|red|(un)?locked|(dis|en)abled|(dis)?allowed|denied|granted|approved|rejected|(in)?valid|full|empty|free|busy|passed|failing|broken)\b/i
const ONLY_STANDING = new RegExp(`^\\W*${STANDING.source}\\W*$`, 'i')

/** Whether a text speaks of how something stands. */
export const asksStanding = (text: string): boolean => STANDING.test(text)

/** Whether an answer says in one word how something stands, and no more. */
export function isStanding({ result }: Call): boolean {
  if (result === undefined) return false
  let scalars = 0
  return (
    !someScalar(
      result,
      (value, key) =>
        !isAboutAnswer(key, value) && (++scalars > 1 || typeof value !== 'string' || !ONLY_STANDING.test(value)),
    ) && scalars === 1
  )
}

/** How far something is that was started. */
const PROGRESS =
  /^\W*(pending|queued|scheduled|waiting|starting|started|running|in[ _-]?progress|processing|building|deploying|creating|provisioning|complete|completed|done|finished|succeeded|success|ready)\W*$/i

/** Whether an answer says, maybe among other things, how far something is: `{"id": "J-5", "status": "running"}`. */
export const tellsProgress = ({ result }: Call): boolean =>
  result !== undefined &&
  someScalar(
    result,
    (value, key) => typeof value === 'string' && (key === '' || (rolesOf(key) & STATE) !== 0) && PROGRESS.test(value),
  )

/**
 * Whether an answer says nothing but yes or no, and maybe of what: `{"customer": "C-77", "eligible": true}`. What is asked so is
 * asked to decide by it. One function for all calls of a run.
 */
export function yesOrNo(): (call: Call, args: readonly Leaf[]) => boolean {
  let answers = 0
  let own: readonly Leaf[] = []
  let asked: ReadonlySet<unknown> | undefined
  const isOther = (value: Leaf['value'], key: string): boolean => {
    if (isAboutAnswer(key, value)) return false
    if (typeof value === 'boolean' || (typeof value === 'string' && YES_OR_NO.test(value))) {
      answers++
      return false
    }
    if (own.length <= FEW) {
      for (const leaf of own) if (leaf.value === value) return false
      return true
    }
    asked ??= new Set(own.map((leaf) => leaf.value))
    return !asked.has(value)
  }
  return ({ result }, args) => {
    if (result === undefined) return false
    answers = 0
    own = args
    asked = undefined
    return !someScalar(result, isOther) && answers > 0
  }
}

/** Of so many arguments it is quicker to look at each. */
const FEW = 8

/** Per call of a run: whether it failed, or its result is empty or says that something went wrong. What comes next may make up for it. */
export function failuresOf(calls: readonly Call[]): boolean[] {
  // A state that thousands of rows are in is read once.
  const isFailed = remembered(tellsOfFailure)
  let facts = 0
  let blanks = 0
  let asides = 0
  const saysFailure = (value: Leaf['value'], key: string): boolean => {
    const roles = key === '' ? 0 : rolesOf(key)
    if (roles !== 0 && saysNothing(roles, value, isFailed)) return true
    if (isBlank(roles, value)) blanks++
    else if ((roles & ABOUT) !== 0) asides++
    else if (!isMcpPart(key, value)) facts++
    return false
  }
  return mapped(calls, ({ status, result }) => {
    if (status === 'error') return true
    if (result === undefined) return false
    if (result === null || result === false) return true
    if (typeof result === 'string' && tellsOfFailure(result)) return true
    facts = 0
    blanks = 0
    asides = 0
    if (someScalar(result, saysFailure)) return true
    // Nothing in it, or no more than `{"person": null}`, `{"people_count": 0, "took": 12}`.
    if (facts === 0 && (blanks > 0 || asides === 0)) return true
    if (facts <= FEW_FACTS && !someScalar(result, isFact)) return true
    // All lists in it are empty, and there is one: `{"query": "x", "results": []}`.
    return onlyEmptyLists(result)
  })
}

/** An answer of more facts says something. Chosen. */
const FEW_FACTS = 2

/** Anything but a word that stands for none, and the text of an answer of MCP that says that there is nothing. */
const isFact = (value: Leaf['value'], key: string): boolean => {
  if (value === null || isAboutAnswer(key, value)) return false
  return typeof value !== 'string' || !(key === 'text' ? tellsOfFailure(value) : isNone(value))
}

/** @param roles of the name that it stands under. */
function saysNothing(roles: number, value: Leaf['value'], isFailed: (text: string) => boolean): boolean {
  if ((roles & ERROR) !== 0) return value !== null && value !== false && value !== '' && value !== 0
  if ((roles & COUNT) !== 0 && (value === 0 || value === '0')) return true
  if ((roles & OK) !== 0 && value === false) return true
  if ((roles & STATE) !== 0 && typeof value === 'number') return value >= 400 && value < 600
  return (
    (roles & (MESSAGE | STATE)) !== 0 &&
    typeof value === 'string' &&
    (value.length > SHORT_TEXT ? tellsOfFailure(value) : isFailed(value))
  )
}

function isBlank(roles: number, value: Leaf['value']): boolean {
  if (value === null || (typeof value === 'string' && isSpace(value))) return true
  return (roles & AMOUNT) !== 0 && (value === 0 || value === '0')
}

/** Whether a text is empty or all space: most are told by their first letter. */
const isSpace = (text: string): boolean => !isPrinted(text.charCodeAt(0)) && text.trim() === ''

/** ASCII, and no space. */
const isPrinted = (code: number): boolean => code > 32 && code < 127

/** `"type": "text"` of each part of an answer of MCP. https://modelcontextprotocol.io/specification/2025-06-18/server/tools */
const isMcpPart = (key: string, value: unknown): boolean => key === 'type' && value === 'text'

/** The same, and that nothing went wrong. */
const isAboutAnswer = (key: string, value: unknown): boolean =>
  isMcpPart(key, value) || (key === 'isError' && value === false)

function rolesOf(key: string): number {
  let roles = roleOfName.get(key)
  if (roles === undefined) {
    roles = NAMES.reduce((sum, [role, names]) => (names.test(key) ? sum | role : sum), 0)
    if (roleOfName.size < MAX_NAMES && key.length <= MAX_NAME) roleOfName.set(key, roles)
  }
  return roles
}

/** Names repeat from row to row and from run to run. */
const MAX_NAMES = 4096
const MAX_NAME = 64
const roleOfName = new Map<string, number>()

function onlyEmptyLists(value: Json): boolean {
  let open: Json[] | undefined
  let lists = 0
  for (let next: Json | undefined = value; next !== undefined; next = open?.pop()) {
    if (Array.isArray(next)) {
      if (next.length > 0) return false
      lists++
    } else if (next !== null && typeof next === 'object') {
      const object = next as Readonly<Record<string, Json>>
      for (const key in object) {
        if (typeof object[key] !== 'object') continue
        open ??= []
        open.push(object[key] as Json)
      }
    }
  }
  return lists > 0
}
