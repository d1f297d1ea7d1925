// The things that a call touches, read off its argument names: a file, a record, a channel. Two calls that name the
// same thing may get in each other's way; two that name different things of one kind do not.

import type { Leaf } from './leaves.ts'
import { namesOutput } from './output-files.ts'
import { cleanPath, comparePaths } from './paths.ts'
import { wordsOf } from './tool-lexicon.ts'

const PATH_WORDS = new Set([
  'path',
  'file',
  'filename',
  'filepath',
  'folder',
  'dir',
  'directory',
  'source',
  'destination',
])
const URL_WORDS = new Set(['url', 'uri', 'href', 'website', 'endpoint'])
const NAMED = new Set(
  (
    'table collection channel branch repo repository bucket queue topic database schema project recipient to from account ' +
    'user username email calendar event room ticket issue document doc page key symbol'
  ).split(' '),
)
/**
 * What holds, or is used up by, many things: two deeds that share one may meet in it though each names another thing (two
 * items of one cart). To share one is reason to doubt; to name two different ones clears nothing.
 */
const SHARED = new Set(
  (
    'cart basket list playlist board sheet spreadsheet workbook group team workspace index namespace thread conversation ' +
    'wallet portfolio inventory counter album deck stack warehouse locker desk'
  ).split(' '),
)
/** Of those, what holds nothing: an order for a product uses some of it up, and its price is its own. */
const USED_UP = new Set('product sku seat slot card coupon voucher'.split(' '))
const isSharedKind = (kind: string): boolean => SHARED.has(kind) || USED_UP.has(kind)
/**
 * Parts of one whole, numbered by where they stand in it or by when they come: a line that is inserted moves those below, and a
 * step follows the one before. To name two different ones clears nothing.
 */
const PARTS = new Set(
  (
    'line row column cell step move stage phase migration patch change commit revision version snapshot checkpoint button ' +
    'element ref frame slide layer position'
  ).split(' '),
)
/** Deeds to a whole that is not named: what is merged goes into one branch. */
const TO_ONE = new Set(['merge', 'cherry', 'rebase', 'revert', 'undo', 'redo'])
/** Words of a tool's name between the deed and what it is done to: `add_to_cart`, `remove_from_list`. */
const INTO = new Set(['to', 'into', 'from', 'in', 'on', 'onto'])
const MAX_RESOURCE_LENGTH = 200
const PATH: ResourceKind = { of: 'path', noun: undefined }

/**
 * Normalised names of what a call touches, sorted, without duplicates: `path:/a/b`, `url:example.org`,
 * `id:order 123`, `channel:general`, and `in:cart` for `add_to_cart`, which does not say which cart. Empty when the arguments name nothing, or were not captured.
 */
export function resourcesOf(tool: string, args: readonly Leaf[]): readonly string[] {
  let found: string[] | undefined
  for (const { key, value } of args) {
    if (value === null || typeof value === 'boolean' || key === '') continue
    const kind = kindOf(key) ?? kindOfNewName(tool, key) ?? (namesOutput(key, value) ? PATH : undefined)
    if (kind === undefined) continue
    const text = String(value).trim().toLowerCase()
    if (text === '' || text.length > MAX_RESOURCE_LENGTH) continue
    if (found === undefined) found = [resourceOf(tool, kind, text)]
    else found.push(resourceOf(tool, kind, text))
  }
  if (found === undefined) return NOTHING_NAMED
  const container = containerOf(tool)
  // Without anything else it would only hide that nobody knows what is changed.
  if (container !== undefined) {
    const isNamed = args.some(({ key }) => wordsOf(key).includes(container))
    if (!isNamed) found.push(`in:${container}`)
  }
  if (found.length === 1) return found
  return found.length <= FEW ? sortedInPlace(found) : [...new Set(found)].sort()
}

/** So many are put in order by hand: the engine copies what it sorts. */
const FEW = 16

/** Each once. */
function sortedInPlace(list: string[]): readonly string[] {
  let kept = 0
  for (let at = 0; at < list.length; at++) {
    const one = list[at]!
    let to = kept
    while (to > 0 && list[to - 1]! > one) to--
    if (to > 0 && list[to - 1] === one) continue
    for (let from = kept; from > to; from--) list[from] = list[from - 1]!
    list[to] = one
    kept++
  }
  list.length = kept
  return list
}

const NOTHING_NAMED: readonly string[] = []

/**
 * What a resource is called, whoever names it: `account:savings` and `from:savings` are one thing. A bare number is not:
 * order 12 and user 12 are two, so it keeps its kind. `#12`, `0012` and `12` are one, and so are `@ann` and `ann`.
 */
export const thingOf = (resource: string): string => thing(resource).called

/** A resource taken apart, for comparing it with many others. */
export interface Thing {
  /** `id:order` of `id:order 12`, `path` of `path:/a b`. */
  readonly kind: string
  /** `12` of `id:order 12`. */
  readonly name: string
  /** Letters and digits of the name, without zeros in front: `ORD-0012` is ord, 12. */
  readonly parts: readonly string[]
  /** The parts with one space around each. */
  readonly spaced: string
  /** See `thingOf`. */
  readonly called: string
  readonly isShared: boolean
  readonly isPart: boolean
}

/** Resources are asked about again and again. */
export function thing(resource: string): Thing {
  let found = known.get(resource)
  if (found === undefined) {
    found = takenApart(resource)
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(resource, found)
  }
  return found
}

const MAX_KNOWN = 10_000
const known = new Map<string, Thing>()

export type ResourceRelation = 'same' | 'different' | 'unknown'

/**
 * How the things of two calls relate. `same`: they share one, or one path contains or may be the other. `different`: of a kind
 * that both name, they name different ones, and no two of their names may mean one thing. `unknown`: nothing can be said.
 */
export function compareResources(a: readonly string[], b: readonly string[]): ResourceRelation {
  return compareThings(a.map(thing), b.map(thing))
}

/** Calls that name more things than this, multiplied, are not compared. Far above what a call names that is made by hand. */
const MAX_COMPARED = 4000

/** @param ofMany said of calls that name very many things. */
export function compareThings(
  a: readonly Thing[],
  b: readonly Thing[],
  ofMany: ResourceRelation = 'unknown',
): ResourceRelation {
  if (a.length * b.length > MAX_COMPARED) return ofMany
  let comparable = false
  let doubtful = false
  for (const one of a) {
    for (const other of b) {
      if (one.called === other.called) {
        if (!one.isShared) return 'same'
        doubtful = true
      }
      // A number in another part: ticket 15 is what 12 was merged into, and then what is merged.
      else if (isBareId(one) && isBareId(other) && one.spaced === other.spaced) doubtful = true
      if (one.kind !== other.kind || one.isShared || one.isPart) continue
      const relation = one.kind === 'path' ? comparePaths(one.name, other.name) : compareNames(one, other)
      if (relation === 'same') return 'same'
      if (relation === 'unknown') doubtful = true
      comparable = true
    }
  }
  return comparable && !doubtful ? 'different' : 'unknown'
}

/**
 * What two calls that overlapped both got at, undefined for nothing: of what `compareResources` calls `same`, or a thing that
 * is used up, if it is all that they name. Two carts may be given one product at once; two prices may not.
 */
export function metIn(a: readonly string[], b: readonly string[]): string | undefined {
  const things = new Set(a.map(thingOf))
  const shared = b.filter((resource) => things.has(thingOf(resource)))
  if (compareResources(a, b) === 'same') return shared[0] ?? b[0]
  const isAll = shared.length === a.length && shared.length === b.length
  return isAll ? shared.find((resource) => USED_UP.has(thing(resource).kind)) : undefined
}

const isBareId = ({ kind, called, name }: Thing): boolean => kind.startsWith('id:') && called.length > name.length

function resourceOf(tool: string, kind: ResourceKind, text: string): string {
  // An editor names by a URL what other tools name by a path.
  if (kind.of === 'url') return text.startsWith('file:') ? `path:${cleanPath(text)}` : `url:${hostOf(text)}`
  if (kind.of === 'path') return `path:${cleanPath(text)}`
  if (kind.of === 'id') return `id:${kind.noun ?? (wordsOf(tool).at(-1) ?? '').replace(/ /g, '_')} ${text}`
  return `${kind.noun}:${text}`
}

/** What an argument of some name names. `noun`: of a thing, what it is called; of an id, what it is of, unless the tool says it. */
interface ResourceKind {
  readonly of: 'url' | 'path' | 'id' | 'thing'
  readonly noun: string | undefined
}

/** Undefined for a name that tells of no thing. Names repeat from call to call. */
function kindOf(key: string): ResourceKind | undefined {
  let kind = kinds.get(key)
  if (kind === undefined) {
    kind = readKind(wordsOf(key)) ?? null
    if (kinds.size < MAX_KNOWN && key.length <= MAX_NAME) kinds.set(key, kind)
  }
  return kind ?? undefined
}

const RENAME = /rename/i
const NEW_NAME = /name$/i

/** What a thing will be called is a thing too: `rename_branch {"branch": "main", "new_name": "old"}`. */
function kindOfNewName(tool: string, key: string): ResourceKind | undefined {
  if (!RENAME.test(tool) || !NEW_NAME.test(key)) return undefined
  const [deed, ...about] = wordsOf(tool)
  return deed === 'rename' && about.length > 0 ? { of: 'thing', noun: about.at(-1) } : undefined
}

const MAX_NAME = 64
const kinds = new Map<string, ResourceKind | null>()

function readKind(words: readonly string[]): ResourceKind | undefined {
  const last = words.at(-1) ?? ''
  if (words.some((word) => URL_WORDS.has(word))) return { of: 'url', noun: undefined }
  if (last === 'id' || last === 'ids' || last === 'uuid' || last === 'number') {
    return { of: 'id', noun: words.length > 1 ? words.slice(0, -1).join('_') : undefined }
  }
  if (words.some((word) => PATH_WORDS.has(word.replace(/\d+$/, '')))) return { of: 'path', noun: undefined }
  const singular = last.replace(/s$/, '')
  if (isSharedKind(singular)) return { of: 'thing', noun: singular }
  if (NAMED.has(last) || NAMED.has(singular)) return { of: 'thing', noun: NAMED.has(last) ? last : singular }
  return undefined
}

/** `add_to_cart` -> `cart`; what git changes is in its one index, what is enqueued has its place in a queue. */
function containerOf(tool: string): string | undefined {
  const words = wordsOf(tool)
  if (words[0] === 'git') return 'git'
  if (words[0] === 'enqueue') return 'queue'
  if (TO_ONE.has(words[0] as string)) return 'history'
  const at = words.findLastIndex((word) => INTO.has(word))
  return at > 0 && at < words.length - 1 ? words.at(-1) : undefined
}

/** Without scheme, user and port: one host serves them all. */
const hostOf = (url: string): string =>
  url
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '')

/** `#general` of `channel:#general`, `12` of `id:order 12`. */
const nameOf = (resource: string): string => resource.replace(/^(id:\S* |[a-z]+:)/, '')

function takenApart(resource: string): Thing {
  const kind = resource.slice(0, resource.search(resource.startsWith('id:') ? / / : /:/))
  const name = nameOf(resource)
  const parts = (name.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((part) => part.replace(/^0+(?=\d)/, ''))
  const joined = parts.join(' ')
  const bare = `${resource.slice(0, resource.length - name.length)}${joined === '' ? name : joined}`
  const called = kind === 'path' ? name : /^[\d ]*$/.test(joined) ? bare : joined
  return {
    kind,
    name,
    parts,
    spaced: ` ${joined} `,
    called,
    isShared: kind === 'in' || isSharedKind(kind),
    isPart: PARTS.has(kind.replace('id:', '')),
  }
}

/**
 * Two names of one kind. One that has the other in it may be its longer form: `ORD-12` and `12`, `refs/heads/main` and `main`,
 * `public.orders` and `orders`, `Ann <ann@example.org>` and `ann@example.org`. So may two hosts of one domain be one service.
 */
function compareNames(a: Thing, b: Thing): 'different' | 'unknown' {
  if (a.parts.length === 0 || b.parts.length === 0) return 'unknown'
  if (a.kind === 'url' && a.parts.slice(-2).join() === b.parts.slice(-2).join()) return 'unknown'
  const [long, short] = a.spaced.length >= b.spaced.length ? [a, b] : [b, a]
  return long.spaced.includes(short.spaced) ? 'unknown' : 'different'
}
