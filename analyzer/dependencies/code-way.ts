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
/** `https://host/c/42?v=1` -> `42` takes two cuts. */
const MAX_CUTS = 3
/** Longer ones hold documents. Units: UTF-16 code units. */
const MAX_CUT_TEXT = 2_000

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
  const spellings: readonly (readonly [string, readonly CodeStep[]])[] = [
    [trimmed, before],
    [trimmed.toLowerCase(), [...before, { kind: 'lower' }]],
    [trimmed.toUpperCase(), [...before, { kind: 'upper' }]],
  ]
  for (const [text, steps] of spellings) if (text === to) return steps
  // Whoever takes a part of a sentence has read it.
  if (to === '' || from.length > MAX_CUT_TEXT || /\s/.test(trimmed)) return undefined
  for (const [text, steps] of spellings) {
    const cuts = cutsTo(text, to)
    if (cuts !== undefined) return [...steps, ...cuts]
  }
  return undefined
}

/** The fewest cuts that leave `to`, the outer separators first. A part that stands there twice is at no one place. */
function cutsTo(text: string, to: string): readonly CodeStep[] | undefined {
  let level: readonly (readonly [string, readonly CodeStep[]])[] = [[text, []]]
  for (let cuts = 0; cuts < MAX_CUTS; cuts++) {
    const next: (readonly [string, readonly CodeStep[]])[] = []
    for (const [whole, steps] of level) {
      for (const separator of SEPARATORS) {
        if (!whole.includes(separator) || to.includes(separator)) continue
        const parts = whole.split(separator)
        const at = parts.findIndex((part) => part.includes(to))
        if (at === -1 || parts.some((part, other) => other > at && part.includes(to))) continue
        const place = at === parts.length - 1 ? -1 : at
        const cut: readonly CodeStep[] = [...steps, { kind: 'part', separator, place }]
        if (parts[at] === to) return cut
        next.push([parts[at]!, cut])
      }
    }
    level = next
  }
  return undefined
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
