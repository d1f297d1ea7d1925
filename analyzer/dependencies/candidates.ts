// A choice that leaves no new value: the candidates were named beforehand, and a result picked among them.

import { wordsIn } from '../base/bits.ts'
import { mapped } from '../base/mapped.ts'
import { IntList } from '../base/typed-lists.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import type { CandidateWords } from './candidate-words.ts'
import { choicesOf, isTask } from './choices.ts'
import { toolNumbers } from './tool-numbers.ts'

/** Words that ask for one of several. Each costs the savings of runs whose task says it, and names more than it asks about. */
const CHOICE =
  /\b(right|best|better|worse|worst|correct|appropriate|suitable|winner|most|least|fewest|fits?|suits?|matching|whichever|(the )?ones? (that|which|who|with|in|at|on|of|near\w*)|(cheap|fast|slow|near|clos|new|old|young|larg|small|high|low|bigg|great|long|short|late|earli|quick|strong|busi|warm|cold|hott|cool|dri|wett|rich|poor|saf|light|heavi|easi|hard|simpl|tall|wid|deep|clean|calm|quiet|full|empti|few|strict|weak)(er|est)|(with|has|have|having) (more|less|fewer))\b/i

export interface Narrowing {
  /** See `narrowingOf`. O(groups) a pair. */
  of(i: number, j: number): boolean
  /** Whether any result may have picked what call j took up. */
  mayHavePicked(j: number): boolean
}

/**
 * Whether the result of call i may have picked, among candidates known before, the one that call j took up. All calls of j's
 * tool together take some of a group and not all, and
 * - i, or another call of its tool, was asked about more of it than that, or
 * - i was asked about none of it, and its result names some, or the task asks for one of several.
 */
export function narrowingOf(run: Run): Narrowing {
  // Whoever asks about no pair pays nothing.
  let found: Narrowing | undefined
  const known = (): Narrowing => {
    found ??= readNarrowing(run)
    return found
  }
  return { of: (i, j) => known().of(i, j), mayHavePicked: (j) => known().mayHavePicked(j) }
}

function readNarrowing(run: Run): Narrowing {
  const { words, groups, areMore } = choicesOf(run)
  if (areMore) return { of: () => true, mayHavePicked: () => true }
  if (groups.length === 0) return { of: () => false, mayHavePicked: () => false }
  const { groupOf, holdings } = candidatesOf(words, groups)
  const asked = rowsOf(run.calls.length, (call, into) => holdings(run.calls[call]!.arguments, into))
  const isAskedOf = groupsAsked(asked, groupOf)
  const { isWhole, asksForMore } = takenByTools(run, asked, groups, groupOf)
  /** Per call: the candidates that it takes up and that not all calls of its tool do. */
  const picks = rowsOf(run.calls.length, (j, into) => {
    for (let at = asked.start[j]!; at < asked.start[j + 1]!; at++) {
      const candidate = asked.items[at]!
      if (!isWhole(j, groupOf[candidate]!)) into.push(candidate)
    }
  })
  // Results are long, and most are never asked about.
  const told: (ReadonlySet<number> | undefined)[] = mapped(run.calls, () => undefined)
  const found = new IntList()
  const toldBy = (i: number): ReadonlySet<number> => {
    found.clear()
    holdings(run.calls[i]!.result, found)
    return found.size === 0 ? HOLDS_NONE : new Set(found.items.subarray(0, found.size))
  }
  const choosesFrom = run.messages.reduce(
    (first, { role, text, beforeTurn }) => (isTask(role) && CHOICE.test(text) ? Math.min(first, beforeTurn) : first),
    Number.POSITIVE_INFINITY,
  )
  const of = (i: number, j: number): boolean => {
    for (let at = picks.start[j]!; at < picks.start[j + 1]!; at++) {
      const candidate = picks.items[at]!
      const group = groupOf[candidate]!
      if (isAskedOf(i, group)) {
        if (asksForMore(group, i, j)) return true
        continue
      }
      if (choosesFrom <= run.calls[j]!.turn) return true
      told[i] ??= toldBy(i)
      if (told[i].has(candidate)) return true
    }
    return false
  }
  return { of, mayHavePicked: (j) => picks.start[j]! < picks.start[j + 1]! }
}

const HOLDS_NONE: ReadonlySet<number> = new Set()

/** Of each call some numbers: those from `start[call]` to before `start[call + 1]`. */
interface Rows {
  readonly items: Int32Array
  readonly start: Int32Array
}

function rowsOf(calls: number, put: (call: number, into: IntList) => void): Rows {
  const list = new IntList()
  const start = int32Zeros(calls + 1)
  for (let call = 0; call < calls; call++) {
    put(call, list)
    start[call + 1] = list.size
  }
  return { items: list.items, start }
}

/** Of more candidates it is noted which groups they are of; of fewer it is quicker to look. */
const FEW = 8

/** Whether a call names a candidate of a group. O(1) after the first time. */
function groupsAsked({ items, start }: Rows, groupOf: readonly number[]) {
  const known = new Map<number, ReadonlySet<number>>()
  const groupsOf = (call: number): ReadonlySet<number> => {
    const found = new Set<number>()
    for (let at = start[call]!; at < start[call + 1]!; at++) found.add(groupOf[items[at]!]!)
    known.set(call, found)
    return found
  }
  return (call: number, group: number): boolean => {
    const [first, end] = [start[call]!, start[call + 1]!]
    if (end - first > FEW) return (known.get(call) ?? groupsOf(call)).has(group)
    for (let at = first; at < end; at++) if (groupOf[items[at]!] === group) return true
    return false
  }
}

/** What the calls of one tool name together. */
function takenByTools(run: Run, asked: Rows, groups: readonly (readonly number[])[], groupOf: readonly number[]) {
  const { names, of: toolOf } = toolNumbers(run.calls)
  /** Per tool: a bit for each candidate, and how many of each group. */
  const taken = names.map(() => int32Zeros(wordsIn(groupOf.length)))
  const counts = names.map(() => int32Zeros(groups.length))
  const isTaken = (tool: number, candidate: number): boolean =>
    ((taken[tool]![candidate >>> 5]! >>> (candidate & 31)) & 1) === 1
  for (let call = 0; call < toolOf.length; call++) {
    const tool = toolOf[call]!
    const own = taken[tool]!
    const ofGroup = counts[tool]!
    for (let at = asked.start[call]!; at < asked.start[call + 1]!; at++) {
      const candidate = asked.items[at]!
      if (isTaken(tool, candidate)) continue
      own[candidate >>> 5] = own[candidate >>> 5]! | (1 << (candidate & 31))
      ofGroup[groupOf[candidate]!] = ofGroup[groupOf[candidate]!]! + 1
    }
  }
  /** The answer about a group and two tools, looked for once: many pairs of calls are of the same two. */
  const areMore = new Map<number, boolean>()
  return {
    /** Whether the calls of a call's tool name all of a group. */
    isWhole: (call: number, group: number): boolean => counts[toolOf[call]!]![group] === groups[group]!.length,
    /** Whether the calls of call i's tool name one of a group that those of j's do not; both name some. */
    asksForMore(group: number, i: number, j: number): boolean {
      const [more, less] = [toolOf[i]!, toolOf[j]!]
      // What one call of a tool is asked about, the calls of that tool take together.
      if (more === less) return false
      const question = (group * taken.length + more) * taken.length + less
      let answer = areMore.get(question)
      if (answer === undefined) {
        answer = false
        const first = groupOf.indexOf(group)
        for (let candidate = first; groupOf[candidate] === group; candidate++) {
          answer ||= isTaken(more, candidate) && !isTaken(less, candidate)
        }
        areMore.set(question, answer)
      }
      return answer
    },
  }
}

/**
 * Candidates are numbered, group after group: of which group each is, and which ones a value names, each once, in one pass over
 * the value's words.
 */
function candidatesOf(words: CandidateWords, groups: readonly (readonly number[])[]) {
  const groupOf: number[] = []
  /** Per row of words: the last candidate that is one; per candidate: the one before that is the same. -1 for none. */
  const lastOf = int32Zeros(words.rowsEnd).fill(-1)
  const before: number[] = []
  groups.forEach((rows, group) => {
    for (const row of rows) {
      before.push(lastOf[row]!)
      lastOf[row] = groupOf.length
      groupOf.push(group)
    }
  })
  /** Per candidate: in which reading it was found last. */
  const foundIn = int32Zeros(groupOf.length)
  let reading = 0
  const holdings = (value: Json | undefined, into: IntList): void => {
    if (value === undefined || value === null) return
    reading++
    const { items, size } = words.wordsIn(typeof value === 'string' ? value : JSON.stringify(value))
    for (let start = 0; start < size; start++) {
      if (items[start]! < 0) continue
      let row = 0
      for (let at = start; at < size && items[at]! >= 0; at++) {
        row = words.after(row, items[at]!)
        if (row < 0) break
        for (let one = lastOf[row]!; one >= 0 && foundIn[one] !== reading; one = before[one]!) {
          foundIn[one] = reading
          into.push(one)
        }
      }
    }
  }
  return { groupOf, holdings }
}
