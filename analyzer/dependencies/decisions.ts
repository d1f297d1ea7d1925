// Answers that somebody waits for before doing the next thing, whatever the values in them: a yes or a no, how something
// stands, what to do next.

import { mapped } from '../base/mapped.ts'
import { remembered } from '../base/remembered.ts'
import type { Json } from '../model/json.ts'
import type { Call, Run } from '../model/run.ts'
import { argumentLeaves, someScalar } from './leaves.ts'
import { asksStanding, isStanding, tellsProgress, yesOrNo } from './outcomes.ts'
import type { Provenance } from './provenance.ts'
import { effectOfName, wordsOf } from './tool-lexicon.ts'
import { toolNumbers } from './tool-numbers.ts'

export type Decision = 'follows a yes or no' | 'follows instructions' | 'follows a state' | 'asks elsewhere'

export interface Decisions {
  /** Whether call i may have decided that the later call j is made. Calls of one tool, asked of each thing in turn, decide nothing of each other. */
  of(i: number, j: number): Decision | undefined
  /** Whether call i may have decided on any later call. */
  any(i: number): boolean
}

/** What an agent reads to know what to do next, in the name of the tool that gives it. */
const INSTRUCTIONS: ReadonlySet<string> = new Set(
  (
    'instruction instructions guideline guidelines guidance playbook runbook procedure procedures policy policies rule rules ' +
    'skill skills checklist todo todos plan howto'
  ).split(' '),
)

/**
 * What a tool is asked for that tells how a thing stands, as the last word of its name: whoever looks whether a job is done fetches its
 * result if so. `get_state_tax` and `list_available_rooms` are asked for other things.
 */
const STATES: ReadonlySet<string> = new Set(
  'status state progress health ready readiness liveness availability'.split(' '),
)

/** Where the same is kept twice, in the name of the tool that looks there: who asks the second had too little of the first. */
const PLACES: ReadonlySet<string> = new Set(
  (
    'cache cached local remote db database web wiki wikipedia google bing internet online offline archive backup primary secondary ' +
    'fallback main replica internal external fast slow quick full old new legacy basic advanced v1 v2 v3 1 2 3'
  ).split(' '),
)

const OFF = /^\W*(cancell?ed|closed|delayed|postponed|suspended|discontinued|broken|down|off)\W*$/i

/** Letters of a name that nobody writes by chance: `get_shipping`. */
const MIN_NAME = 8
/** The same of what calls are about. */
const MIN_PART = 3

export function decisionsOf({ calls, messages }: Run, provenance: Provenance): Decisions {
  const leaves = argumentLeaves(calls)
  // Whoever asks whether something is open hangs something on it.
  const asked = messages.some(({ role, text }) => role === 'user' && asksStanding(text))
  const isYesOrNo = yesOrNo()
  /** Whether an argument is what a call returned that did something: the id of the job that it started. */
  const isOfStarted = (at: number): boolean =>
    provenance.calls[at]?.leaves.some(({ matches }) =>
      matches.some(({ from, rival }) => rival === 'none' && effectOfName(calls[from]!.tool) !== 'read'),
    ) === true
  const looksHowFar = mapped(calls, (call, at) => isOfStarted(at) && tellsProgress(call))
  const says = mapped(calls, (call, at) => isYesOrNo(call, leaves[at]!) || (asked && isStanding(call)))
  const named = remembered((tool: string) => {
    const words = wordsOf(tool)
    const last = words.findLast((word) => !/^v?\d+$/.test(word)) ?? ''
    return {
      instructs: words.some((word) => INSTRUCTIONS.has(word)),
      tells: STATES.has(last) || words.includes('status'),
    }
  })
  const namedIn = toolsNamedIn(calls, provenance)
  const valuesOf = remembered((at: number) => new Set(leaves[at]!.map(({ value }) => String(value).toLowerCase())))
  /** Of what is off, the next thing to look for is another, which need not be asked about by its name. */
  const isOff = remembered((at: number) =>
    someScalar(calls[at]!.result ?? null, (value) => typeof value === 'string' && OFF.test(value)),
  )
  const kindOf = kindsOfPlaces(toolNumbers(calls).names)
  const askSame = (i: number, j: number): boolean => {
    const [few, many] = [valuesOf(i), valuesOf(j)].sort((a, b) => a.size - b.size) as [Set<string>, Set<string>]
    return few.size > 0 && [...few].every((value) => many.has(value))
  }
  /** Of what was asked about without a word, everything may be a part; `J-55` is a part of its address. */
  const areAboutOne = (i: number, j: number): boolean =>
    valuesOf(i).size === 0 ||
    [...valuesOf(i)].some((value) => valuesOf(j).has(value) || [...valuesOf(j)].some((other) => isPart(value, other)))

  return {
    of: (i, j) => {
      const [earlier, later] = [calls[i]!, calls[j]!]
      if (earlier.tool === later.tool) return undefined
      if (says[i]) return 'follows a yes or no'
      const { instructs, tells } = named(earlier.tool)
      if (instructs || namedIn[i]?.has(later.tool)) return 'follows instructions'
      if (looksHowFar[i] || (tells && (areAboutOne(i, j) || isOff(i)))) return 'follows a state'
      const kind = kindOf.get(earlier.tool)
      return kind !== undefined && kind === kindOf.get(later.tool) && askSame(i, j) ? 'asks elsewhere' : undefined
    },
    any: (i) => {
      const { instructs, tells } = named(calls[i]!.tool)
      return (
        says[i] === true ||
        looksHowFar[i] === true ||
        instructs ||
        tells ||
        namedIn[i] !== undefined ||
        kindOf.has(calls[i]!.tool)
      )
    },
  }
}

/**
 * `wiki_search` and `web_search`, `get_local` and `get_remote`: tools that look for the same in two places are of one kind, which is
 * what is left of their names without the places. Of kinds with two tools or more.
 */
function kindsOfPlaces(tools: readonly string[]): ReadonlyMap<string, string> {
  const ofKind = new Map<string, string[]>()
  for (const tool of tools) {
    const words = wordsOf(tool)
    const rest = words.filter((word) => !PLACES.has(word))
    if (rest.length === words.length) continue
    const kind = rest.join(' ')
    const others = ofKind.get(kind)
    if (others === undefined) ofKind.set(kind, [tool])
    else others.push(tool)
  }
  const kinds = [...ofKind].filter(([, alike]) => alike.length > 1)
  return new Map(kinds.flatMap(([kind, alike]) => alike.map((tool) => [tool, kind] as const)))
}

/** Of letters or digits that are none by chance: `J-55` of `/jobs/j-55/result`. */
const isPart = (value: string, text: string): boolean => value.length >= MIN_PART && text.includes(value)

/**
 * Per call: the tools that its result names, by the part of their names that a text would have: `get_shipping` of
 * `mcp__shop__get_shipping`. Undefined for none, as nearly always: a result without an underscore is not read for names with one.
 */
function toolsNamedIn(
  calls: readonly Call[],
  { documents, isUnderscored }: Provenance,
): readonly (ReadonlySet<string> | undefined)[] {
  const namedIn: (ReadonlySet<string> | undefined)[] = mapped(calls, () => undefined)
  const all = namesOfTools(calls)
  if (all.length === 0) return namedIn
  const plain = all.filter(([name]) => !name.includes('_'))
  documents.forEach(({ kind, call, value }, d) => {
    const names = isUnderscored[d] ? all : plain
    // An error is a document as well, and no result.
    if (kind === 'result' && names.length > 0 && value === calls[call]!.result) namedIn[call] = toolsIn(value, names)
  })
  return namedIn
}

/** The tools of these calls, by what a text would call them. */
function namesOfTools(calls: readonly Call[]): readonly (readonly [string, readonly string[]])[] {
  const toolsOf = new Map<string, string[]>()
  for (const tool of toolNumbers(calls).names) {
    const name = tool.split(/__|[./:]/).at(-1) ?? ''
    if (name.length < MIN_NAME || wordsOf(name).length < 2) continue
    // Two servers may have a tool of one name.
    const alike = toolsOf.get(name)
    if (alike === undefined) toolsOf.set(name, [tool])
    else alike.push(tool)
  }
  return [...toolsOf]
}

function toolsIn(
  result: Json,
  names: readonly (readonly [string, readonly string[]])[],
): ReadonlySet<string> | undefined {
  let found: Set<string> | undefined
  someScalar(result, (value) => {
    if (typeof value !== 'string' || value.length < MIN_NAME) return false
    for (const [name, tools] of names) {
      if (!value.includes(name)) continue
      found ??= new Set()
      for (const tool of tools) found.add(tool)
    }
    return false
  })
  return found
}
