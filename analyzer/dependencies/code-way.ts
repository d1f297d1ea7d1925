// How code gets from a value of a result to a value in an argument: the steps that a program of the run's calls would do. What
// has no such way is no matter of copying, however plain it is that the one is made of the other.

import type { Json } from '../model/json.ts'
import { mayBeJson } from './nested-json.ts'

export type CodeStep =
  /** One part of a text, between these separators; counted from 0, the last one is -1. */
  | { readonly kind: 'part'; readonly separator: string; readonly place: number }
  | { readonly kind: 'trim' | 'lower' | 'upper' | 'text' | 'number' }

/** What texts are put together with, the outer ones first. */
const SEPARATORS = ['?', '#', '&', ';', ',', '|', '://', '=', '/', '\\', ':', '@', '.', '_', '-']
/** Longer ones hold documents, and each leaf of each call may ask. Units: UTF-16 code units. */
const MAX_CUT_TEXT = 200

/** A number as JSON writes it, which every language reads alike: not `012`, not `0x10`. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i
/** A number that every language writes alike: not `1e-7`, which Python writes as `1e-07`. */
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/

/**
 * The steps that make `to` of `from`, none where they are equal; undefined if there are no plain ones. They say nothing of
 * these two values alone: `customers/CUS-88` -> `CUS-88` is the last part between slashes.
 */
export function codeWay(from: Json, to: Json): readonly CodeStep[] | undefined {
  if (from === to) return NO_STEPS
  if (typeof from === 'number' && typeof to === 'string') {
    return PLAIN_NUMBER.test(to) && String(from) === to ? [{ kind: 'text' }] : undefined
  }
  if (typeof from !== 'string') return undefined
  if (typeof to === 'string') return wayToText(from, to)
  if (typeof to !== 'number') return undefined
  const whole = from.trim()
  if (NUMBER.test(whole) && Number(whole) === to) return [{ kind: 'number' }]
  const part = NUMBER.test(String(to)) ? wayToText(from, String(to)) : undefined
  return part && [...part, { kind: 'number' }]
}

const NO_STEPS: readonly CodeStep[] = []

function wayToText(from: string, to: string): readonly CodeStep[] | undefined {
  const trimmed = from.trim()
  const before: readonly CodeStep[] = trimmed === from ? [] : [{ kind: 'trim' }]
  if (trimmed === to) return before
  // No letter has fewer code units in the other case: a longer text than `to` can only be cut to it.
  if (from.length > MAX_CUT_TEXT && trimmed.length > to.length) return undefined
  const lower = trimmed.toLowerCase()
  if (lower === to) return [...before, { kind: 'lower' }]
  const upper = trimmed.toUpperCase()
  if (upper === to) return [...before, { kind: 'upper' }]
  // Whoever takes a part of a sentence has read it.
  if (to === '' || from.length > MAX_CUT_TEXT || /\s/.test(trimmed)) return undefined
  const asIs = cutsTo(trimmed, to)
  if (asIs !== undefined) return [...before, ...asIs]
  const lowered = lower === trimmed ? undefined : cutsTo(lower, to)
  if (lowered !== undefined) return [...before, { kind: 'lower' }, ...lowered]
  const raised = upper === trimmed ? undefined : cutsTo(upper, to)
  return raised && [...before, { kind: 'upper' }, ...raised]
}

/**
 * The fewest cuts that leave `to`, the outer separators first: one, or one for each of its sides, as `https://host/c/42?v=1` ->
 * `42` takes. Undefined if it stands there twice: a cut between the two leaves two parts with `to`, and no one place.
 */
function cutsTo(text: string, to: string): readonly CodeStep[] | undefined {
  const start = text.indexOf(to)
  if (start === -1 || text.lastIndexOf(to) !== start) return undefined
  const end = start + to.length
  const left = text.slice(0, start)
  // Only a cut at a separator next to `to` takes away what stands on that side of it.
  const near = SEPARATORS.filter(
    (separator) => (left.endsWith(separator) || text.startsWith(separator, end)) && !to.includes(separator),
  )
  const cuts = near.flatMap((separator) => partsWith(text, to, separator))
  for (const [part, cut] of cuts) if (part === to) return [cut]
  for (const [rest, first] of cuts) {
    for (const separator of near) {
      for (const [part, second] of partsWith(rest, to, separator)) if (part === to) return [first, second]
    }
  }
  return undefined
}

/** The one part with `to`, and the cut that leaves it; none where `to` reaches into the separator, as `s3:` does in `s3://b`. */
function partsWith(text: string, to: string, separator: string): readonly (readonly [string, CodeStep])[] {
  const parts = text.split(separator)
  const at = parts.findIndex((part) => part.includes(to))
  if (at === -1) return []
  return [[parts[at]!, { kind: 'part', separator, place: at === parts.length - 1 ? -1 : at }]]
}

/** A key of an object, an index of a list, or the reading of a text as JSON. */
export type CodeKey = string | number | { readonly parse: true }

/** What code finds at a path of a value, reading texts as JSON where the path goes on inside; null if it leads nowhere. */
export function codeValueAt(
  value: Json | undefined,
  keys: readonly (string | number)[],
  parse: (text: string) => Json | undefined = parsed,
): { readonly value: Json; readonly path: readonly CodeKey[] } | null {
  let at = value
  const path: CodeKey[] = []
  for (const key of keys) {
    if (typeof at === 'string') {
      at = parse(at)
      path.push({ parse: true })
    }
    if (at === undefined || at === null || typeof at !== 'object') return null
    if (Array.isArray(at)) at = typeof key === 'number' ? (at as readonly Json[])[key] : undefined
    else at = Object.hasOwn(at, key) ? (at as Readonly<Record<string, Json>>)[key] : undefined
    path.push(key)
  }
  return at === undefined ? null : { value: at, path }
}

/** The object or list that a text holds as JSON; undefined for any other text, what Python prints too. */
export function parsed(text: string): Json | undefined {
  if (!mayBeJson(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
