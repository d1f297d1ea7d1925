// Numbers that a call may have been worked out from: those of the latest results, each with its unit where it names one.

import type { Json } from '../model/json.ts'
import type { HistoryDocument } from './history.ts'
import { type Leaf, leavesOf, type PathNode } from './leaves.ts'
import type { Look, Match, MatchKind } from './look.ts'
import { parseNested } from './nested-json.ts'
import { textNumbers } from './text-numbers.ts'
import { wordsOf } from './tool-lexicon.ts'
import { type Unit, unitOf } from './units.ts'

/** Results looked at, latest first, and numbers taken from each: what is worked with is at hand. */
const MAX_RESULTS = 12
const MAX_NUMBERS = 40
/** Of longer results only numbers with a name of their own: which element of a long list was meant nobody knows. */
const MAX_RESULT_TOKENS = 2500

export interface Operand {
  readonly document: number
  readonly value: number
  readonly decimals: number
  readonly unit: Unit | undefined
  /** It stands in a text, with a space behind it or run into the next word. */
  readonly inText: 'no' | 'apart' | 'glued'
  readonly path: PathNode | null
  readonly key: string
}

/** Numbers of the results that the call could see, latest result first. */
export function operandsOf(look: Look): Operand[] {
  const operands: Operand[] = []
  let seen = 0
  for (let at = placeFrom(look.results, look.end) - 1; at >= 0 && seen < MAX_RESULTS; at--) {
    const d = look.results[at]!
    if (!look.sees(d)) continue
    seen++
    let found = look.operandsIn.get(d)
    if (found === undefined) {
      const { value } = look.documents[d] as HistoryDocument
      const long = (look.index.documentTokens[d] ?? 0) > MAX_RESULT_TOKENS
      found = numbersIn(long ? namedLeaves(value) : leavesOf(value), d)
      look.operandsIn.set(d, found)
    }
    for (const operand of found) operands.push(operand)
  }
  return operands
}

/** How many of an ascending list are below `end`. */
function placeFrom(list: readonly number[], end: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (list[middle]! < end) low = middle + 1
    else high = middle
  }
  return low
}

function numbersIn(leaves: readonly Leaf[], document: number): readonly Operand[] {
  let found: Operand[] | undefined
  let texts = 0
  let numbers = 0
  for (const { value: held, path, key } of leaves) {
    if (numbers >= MAX_NUMBERS && texts >= MAX_NUMBERS) break
    if (typeof held === 'number') {
      if (Math.abs(held) <= 1 || numbers >= MAX_NUMBERS) continue
      numbers++
      const decimals = String(held).split('.')[1]?.length ?? 0
      found ??= []
      found.push({ document, value: held, decimals, unit: unitOfName(key), inText: 'no', path, key })
    } else if (typeof held === 'string' && texts < MAX_NUMBERS) {
      for (const { value: number, decimals, word, glued } of textNumbers(held)) {
        if (Math.abs(number) <= 1 || texts >= MAX_NUMBERS) continue
        texts++
        const inText = glued ? 'glued' : 'apart'
        found ??= []
        found.push({ document, value: number, decimals, unit: unitOf(word), inText, path, key })
      }
    }
  }
  return found ?? NO_OPERANDS
}

const NO_OPERANDS: readonly Operand[] = []

/** The unit that `distance_km` and `minutes` end with. One letter alone may stand for anything. */
export function unitOfName(key: string): Unit | undefined {
  const words = wordsOf(key)
  const last = words[words.length - 1] ?? ''
  return words.length < 2 && last.length < 2 ? undefined : unitOf(last)
}

/** Scalars that no list holds, in document order. */
function namedLeaves(root: Json): Leaf[] {
  const leaves: Leaf[] = []
  const open: { readonly value: Json; readonly path: PathNode | null; readonly key: string }[] = [
    { value: root, path: null, key: '' },
  ]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { path, key } = at
    const value = typeof at.value === 'string' ? (parseNested(at.value) ?? at.value) : at.value
    if (Array.isArray(value)) continue
    if (value === null || typeof value !== 'object') leaves.push({ value: value as Leaf['value'], path, key })
    else {
      const inner = Object.entries(value as Readonly<Record<string, Json>>)
      for (const [name, held] of inner.reverse())
        open.push({ value: held, path: { parent: path, key: name }, key: name })
    }
  }
  return leaves
}

/** Adds a match for each result that has an operand. */
export function addOperands(
  kind: MatchKind,
  operands: readonly Operand[],
  bits: number,
  leafIndex: number,
  look: Look,
): void {
  for (const { document, path, key, value } of operands) {
    look.matches.push({
      from: (look.documents[document] as HistoryDocument).call,
      leaf: leafIndex,
      kind,
      rival: 'none',
      bits,
      resultTokens: look.index.documentTokens[document] ?? 0,
      affinity: 0,
      wholeResult: false,
      numeric: true,
      plain: false,
      saidLater: 'no',
      loose: false,
      unused: false,
      share: 1,
      incidental: false,
      hit: { document, path, key, whole: kind !== 'substring', negative: value < 0 },
    } satisfies Match)
  }
}
