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
 * How the things of two calls relate. `same`: they share one, or one path contains the other. `different`: of a kind
 * that both name, they name different ones. `unknown`: nothing can be said.
 */
export function compareResources(a: readonly string[], b: readonly string[]): 'same' | 'different' | 'unknown' {
  let comparable = false
  for (const one of a) {
    for (const other of b) {
      if (thingOf(one) === thingOf(other)) return 'same'
      const kind = one.slice(0, one.indexOf(' ') < 0 ? one.indexOf(':') : one.indexOf(' '))
      if (!other.startsWith(kind)) continue
      if (kind === 'path' && (contains(one, other) || contains(other, one))) return 'same'
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
const cleanPath = (path: string): string => path.replace(/\\/g, '/').replace(/^\.\//, '').replace(/\/+$/, '') || '/'
const contains = (folder: string, path: string): boolean =>
  folder === 'path:.' || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
