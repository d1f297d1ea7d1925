// Things that a task names side by side, of which a run may take up some and not others: `Oslo, Bergen or Hamar`, the items of
// a list, ids and addresses of one shape, and what one call was asked about after the other.

import { IntPairMap, rowAfter } from '../base/int-pair-map.ts'
import { mapped } from '../base/mapped.ts'
import { remembered } from '../base/remembered.ts'
import type { Run, VisibleText } from '../model/run.ts'
import { CandidateWords } from './candidate-words.ts'
import { argumentLeaves, type Leaf } from './leaves.ts'
import { scanTokens } from './scan-tokens.ts'
import { ofSharedText } from './shared-texts.ts'
import { toolNumbers } from './tool-numbers.ts'

/** Groups and candidates followed per run. What names more says that something was picked, and not what. */
const MAX_GROUPS = 4096
const MAX_CANDIDATES = 65_536
/** Longer arguments are no names of things. UTF-16 code units. */
const MAX_NAME = 60

// What may repeat here is bounded, or begins at a word's start: a prompt can hold a picture in base64, or a table of spaces, and
// a match that is tried anew at each letter of those takes their length squared.

/** One to three words that begin like a name, or an id. */
const NAME = String.raw`[\p{Lu}\d][\p{L}\d._-]{0,60}(?: [\p{Lu}\d][\p{L}\d._-]{0,60}){0,2}`
const NAMES = new RegExp(
  String.raw`${NAME}(?:(?:\s*,\s*(?:and |or )?| and | or | vs\.? | versus |\/)${NAME}){1,9999}`,
  'gu',
)
/** A choice between plain words is worded as one, or listed behind a colon. */
const WORDS = /(?<![\p{L}\d_-])[\p{L}\d_-]+(?:\s*,\s*[\p{L}\d_-]+){0,99}(?:,? or | vs\.? | versus )[\p{L}\d_-]+/gu
const LISTED =
  /(?<=: {0,8}|\b(?:are|plans|for|of) (?:the \p{L}{1,40} )?)[\p{L}\d_-]+(?:\s*,\s*[\p{L}\d_-]+){1,9999}(?:,? (?:and|or) [\p{L}\d_-]+)?/gu
const PAIRED = /(?<=\b(?:of|between|among|either|both) (?:the )?)[\p{L}\d_-]+ and [\p{L}\d_-]+/gu
const BETWEEN = /\s*,\s*(?:and |or )?| and | or | vs\.? | versus |\//u
/** Names of files, hosts and packages: `app.log`, `src/app.ts`. */
const PATH = String.raw`(?<![\p{L}\d_./@-])[\p{L}\d_@-]{0,60}[./][\p{L}\d_./-]{0,100}[\p{L}\d]`
const PATHS = new RegExp(
  String.raw`${PATH}(?:(?:\s*,\s*(?:and |or )?| and | or | vs\.? | versus )${PATH}){1,9999}`,
  'gu',
)
const BETWEEN_PATHS = /\s*,\s*(?:and |or )?| and | or | vs\.? | versus /u
/** Lines of a list that hold one thing each. */
const ITEMS = /(?:^[ \t]*(?:[-*•]|\d+[.)])[ \t]+[^\n]{1,60}(?:\n|$)){2,}/gmu
const ITEM = /^[ \t]*(?:[-*•]|\d+[.)])[ \t]+/u
/** A word with a digit, or of two parts: what tells it from others of its kind is at its end. Plain words are passed by. */
const ID =
  /(?<![\p{L}\p{N}])(?:\p{L}*\p{N}[\p{L}\p{N}]*(?:[-_/][\p{L}\p{N}]+){0,9999}|\p{L}+(?:[-_/][\p{L}\p{N}]+){1,9999})/gu
const URL = /https?:\/\/[^\s"'<>)\]}]+/g

export interface Choices {
  readonly words: CandidateWords
  /** Distinct groups of at least two candidates, each candidate as its row of words. */
  readonly groups: readonly (readonly number[])[]
  /** There are more, that are not followed. */
  readonly areMore: boolean
}

export function choicesOf(run: Run): Choices {
  const tasks = run.messages.filter(({ role }) => isTask(role))
  const first = tasks[0]
  const found = new FoundChoices(first === undefined ? undefined : choicesIn(first.text))
  for (let at = 1; at < tasks.length; at++) for (const group of groupsIn(tasks[at]!.text)) found.put(group)
  const isNumbered = remembered((key: string) => /(\d|_[ab])$/i.test(key))
  for (const args of argumentLeaves(run.calls)) for (const list of argumentLists(args, isNumbered)) found.put(list)
  for (const list of askedInTurn(run)) found.put(list)
  return found
}

/** Choices as they are found, one group after the other. */
class FoundChoices implements Choices {
  readonly words: CandidateWords
  readonly groups: (readonly number[])[]
  areMore: boolean
  /** Groups are rows of rows. */
  private readonly rowsOfRows: IntPairMap
  private readonly isKnown: Set<number>
  private candidates: number
  /** Of the group that is put. */
  private readonly rows = new Set<number>()

  /** @param known what was found before. */
  constructor(known?: FoundChoices) {
    this.words = new CandidateWords(known?.words)
    this.groups = known?.groups.slice() ?? []
    this.areMore = known?.areMore ?? false
    this.rowsOfRows = new IntPairMap(known?.rowsOfRows)
    this.isKnown = new Set(known?.isKnown)
    this.candidates = known?.candidates ?? 0
  }

  put(items: Iterable<string>): void {
    // Of one, as most ids of a shape are, no word is read.
    if (Array.isArray(items) && items.length < 2) return
    const { words, groups, rows, isKnown } = this
    rows.clear()
    for (const item of items) rows.add(words.rowOf(item))
    rows.delete(0)
    if (rows.size < 2) return
    let name = 0
    for (const row of rows) name = rowAfter(this.rowsOfRows, name, row)
    if (isKnown.has(name)) return
    if (groups.length < MAX_GROUPS && this.candidates + rows.size <= MAX_CANDIDATES) {
      isKnown.add(name)
      groups.push([...rows])
      this.candidates += rows.size
    } else this.areMore = true
  }
}

/** What the first task names, which many runs of an agent share. Others are added to a copy. */
const choicesIn = ofSharedText((text) => {
  const found = new FoundChoices()
  for (const group of groupsIn(text)) found.put(group)
  return found
})

/** What a user says, and what a system prompt does: it lists the departments that a ticket may go to. */
export const isTask = (role: VisibleText['role']): boolean => role === 'user' || role === 'system'

/** What a text names side by side. */
const groupsIn = ofSharedText((text): readonly (readonly string[])[] => {
  const groups: string[][] = []
  for (const list of [NAMES, WORDS, LISTED, PAIRED])
    for (const found of text.match(list) ?? []) groups.push(found.split(BETWEEN))
  for (const list of text.match(PATHS) ?? []) groups.push(list.split(BETWEEN_PATHS))
  for (const list of text.match(ITEMS) ?? []) groups.push(list.split('\n').map((line) => line.replace(ITEM, '')))
  for (const group of alike(text)) groups.push(group)
  return groups
})

/** Ids of one shape (`SKU-11`, `SKU-12`), and addresses of one site that differ in a part. */
function alike(text: string): Iterable<string[]> {
  const groups = new Map<string, string[]>()
  const put = (shape: string, item: string) => {
    const group = groups.get(shape)
    if (group === undefined) groups.set(shape, [item])
    else group.push(item)
  }
  for (const url of text.match(URL) ?? []) {
    const address = /^https?:\/\/([^/?#]*)(.*)$/.exec(url)
    const site = (address?.[1] ?? '').split('.').slice(-2).join('.')
    put(`url ${site} ${(address?.[2] ?? '').split('/').length}`, url)
  }
  for (const id of text.replace(URL, ' ').match(ID) ?? []) {
    const shape = shapeOf(id)
    if (shape !== undefined) put(shape, id)
  }
  return groups.values()
}

/** `SKU-9` of `SKU-11`, `M-a` of `M-hot`, `9999` of four digits; undefined for plain words and short numbers. */
function shapeOf(id: string): string | undefined {
  if (/^\d+$/.test(id)) return id.length < 4 ? undefined : id.replaceAll(/\d/g, '9')
  const last = Math.max(id.lastIndexOf('-'), id.lastIndexOf('_'), id.lastIndexOf('/')) + 1
  const start = id.slice(0, last)
  const end = id.slice(last)
  if (/^\p{L}+$/u.test(end)) return /^[\p{Lu}\d]/u.test(start) ? `${start}a` : undefined
  return `${start}${end.replace(/\d.*$/u, '9')}`
}

/** Lists of scalars, values under numbered names (`city1`, `city2`; `product_a`, `product_b`), and days. */
function argumentLists(args: readonly Leaf[], isNumbered: (key: string) => boolean): Iterable<string[]> {
  let groups: Map<string, string[]> | undefined
  for (const { key, value, path } of args) {
    if ((typeof value !== 'string' && typeof value !== 'number') || path === null) continue
    if (typeof value === 'string' && value.length > MAX_NAME) continue
    const isDay = typeof value === 'string' && value.length === 10 && /^\d{4}-\d{2}-\d{2}$/.test(value)
    if (!isDay && typeof path.key !== 'number' && !isNumbered(key)) continue
    const name = isDay ? 'a day' : key.replace(/_?(\d+|[ab])$/i, '')
    groups ??= new Map()
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [String(value)])
    else group.push(String(value))
  }
  return groups?.values() ?? []
}

/** What one tool was asked about by one argument, call after call. */
function askedInTurn({ calls }: Run): Iterable<ReadonlySet<string>> {
  const { names, of: toolOf } = toolNumbers(calls)
  // What one tool was asked about, its calls take up together: it is left to others to take up less.
  if (names.length < 2) return []
  const groups: Set<string>[] = []
  const byTool = mapped(names, () => new Map<string, Set<string>>())
  const leaves = argumentLeaves(calls)
  for (let call = 0; call < leaves.length; call++) {
    const byKey = byTool[toolOf[call]!]!
    for (const { key, value, path } of leaves[call]!) {
      if (typeof value !== 'string' || value.length > MAX_NAME || path?.parent !== null) continue
      let group = byKey.get(key)
      if (group === undefined) {
        group = new Set()
        groups.push(group)
        byKey.set(key, group)
      }
      group.add(value)
    }
  }
  return groups.filter(({ size }) => size > 1)
}

/** Folded words and numbers of a text. */
export function wordsIn(text: string): string[] {
  const words: string[] = []
  scanTokens(text, (word) => words.push(word))
  return words
}
