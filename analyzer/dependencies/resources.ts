// The things that a call touches, read off its argument names: a file, a record, a channel. Two calls that name the
// same thing may get in each other's way; two that name different things of one kind do not.

import type { Json } from '../model/json.ts'
import { leavesOf } from './leaves.ts'
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
const MAX_RESOURCE_LENGTH = 200

/**
 * Normalised names of what a call touches, sorted, without duplicates: `path:/a/b`, `url:example.org`,
 * `id:order 123`, `channel:general`. Empty when the arguments name nothing, or were not captured.
 */
export function resourcesOf(tool: string, args: Json | undefined): string[] {
  if (args === undefined) return []
  const found = new Set<string>()
  for (const { key, value } of leavesOf(args)) {
    if (value === null || typeof value === 'boolean' || key === '') continue
    const text = String(value).trim().toLowerCase()
    if (text === '' || text.length > MAX_RESOURCE_LENGTH) continue
    const resource = resourceOf(tool, wordsOf(key), text)
    if (resource !== undefined) found.add(resource)
  }
  return [...found].sort()
}

/**
 * What a resource is called, whoever names it: `account:savings` and `from:savings` are one thing. A bare number is not:
 * order 12 and user 12 are two, so it keeps its kind.
 */
export function thingOf(resource: string): string {
  const name = resource.replace(/^(id:\S* |[a-z]+:)/, '')
  return /^[\d.]*$/.test(name) ? resource : name
}

/**
 * How the things of two calls relate. `same`: they share one, or one path contains or may be the other. `different`: of a kind
 * that both name, they name different ones. `unknown`: nothing can be said.
 */
export function compareResources(a: readonly string[], b: readonly string[]): 'same' | 'different' | 'unknown' {
  let comparable = false
  for (const one of a) {
    for (const other of b) {
      if (thingOf(one) === thingOf(other)) return 'same'
      const kind = kindOf(one)
      if (kind !== kindOf(other)) continue
      if (kind === 'path') {
        const relation = comparePaths(one.slice(5), other.slice(5))
        if (relation === 'same') return 'same'
        if (relation === 'unknown') continue
      }
      comparable = true
    }
  }
  return comparable ? 'different' : 'unknown'
}

function resourceOf(tool: string, words: readonly string[], text: string): string | undefined {
  const last = words.at(-1) ?? ''
  if (words.some((word) => URL_WORDS.has(word))) return `url:${hostOf(text)}`
  if (words.some((word) => PATH_WORDS.has(word.replace(/\d+$/, '')))) return `path:${cleanPath(text)}`
  if (last === 'id' || last === 'ids' || last === 'uuid' || last === 'number') {
    const noun = words.length > 1 ? words.slice(0, -1).join(' ') : (wordsOf(tool).at(-1) ?? '')
    return `id:${noun.replace(/ /g, '_')} ${text}`
  }
  const singular = last.replace(/s$/, '')
  if (NAMED.has(last) || NAMED.has(singular)) return `${NAMED.has(last) ? last : singular}:${text}`
  return undefined
}

const hostOf = (url: string): string => url.replace(/^[a-z][a-z0-9+.-]*:\/\//, '').replace(/[/?#].*$/, '')

/** `id:order` of `id:order 12`, `path` of `path:/a b`. */
const kindOf = (resource: string): string => resource.slice(0, resource.search(resource.startsWith('id:') ? / / : /:/))

/** `./src/../a//b/` is `a/b`. What climbs above the start keeps its `..`. */
export function cleanPath(path: string): string {
  const slashed = path.replace(/^file:\/\//, '').replace(/\\/g, '/')
  const parts: string[] = []
  for (const part of slashed.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '..' || !slashed.startsWith('/')) parts.push(part)
  }
  return (slashed.startsWith('/') ? '/' : '') + parts.join('/') || '.'
}

/**
 * Nobody knows the working directory: `src/a.ts` may well be `/repo/src/a.ts`, and `/repo` may hold it, so of an
 * absolute and a relative path only a file that does not end like it is `different`.
 */
function comparePaths(a: string, b: string): 'same' | 'different' | 'unknown' {
  if (a === b || contains(a, b) || contains(b, a)) return 'same'
  const [one, other] = [a, b].map((path) => path.replace(/^(\.\.\/)+|^~\//, ''))
  if (`/${one}`.endsWith(`/${other}`) || `/${other}`.endsWith(`/${one}`)) return 'same'
  if (a.startsWith('/') === b.startsWith('/'))
    return a.startsWith('..') === b.startsWith('..') ? 'different' : 'unknown'
  const [absolute, relative] = a.startsWith('/') ? [a, other] : [b, one]
  if (`${absolute}/`.includes(`/${relative}/`)) return 'same'
  return /\.\w+$/.test(absolute) ? 'different' : 'unknown'
}

function contains(folder: string, path: string): boolean {
  return folder === '.' || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}
