// Numbers that a call may have been worked out from: those of the latest results, each with its unit where it names one.

import type { Json } from '../model/json.ts'
import type { HistoryDocument } from './history.ts'
import { type Leaf, type PathNode, type Place, someScalar } from './leaves.ts'
import { addMatch, type Look, type Match, type MatchKind } from './look.ts'
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
  for (let at = look.results.length - 1; at >= 0 && seen < MAX_RESULTS; at--) {
    const d = look.results[at]!
    if (!look.sees(d)) continue
    seen++
    let found = look.operandsIn.get(d)
    if (found === undefined) {
      const { value } = look.documents[d] as HistoryDocument
      const long = (look.index.documentTokens[d] ?? 0) > MAX_RESULT_TOKENS
      found = long ? namedNumbers(value, d) : numbersIn(value, d)
      look.operandsIn.set(d, found)
    }
    for (const operand of found) operands.push(operand)
  }
  return operands
}

function numbersIn(value: Json, document: number): readonly Operand[] {
  const list = new OperandList(document)
  someScalar(value, (held, key, place) => list.add(held, key, place))
  return list.found
}

/** Numbers of one document. */
class OperandList {
  found: Operand[] = NO_OPERANDS
  private readonly document: number
  private texts = 0
  private numbers = 0

  constructor(document: number) {
    this.document = document
  }

  /** Adds the numbers of a scalar. Returns whether there is no room for more. */
  add(held: Leaf['value'], key: string, place: Place): boolean {
    const { document } = this
    if (typeof held === 'number') {
      if (Math.abs(held) > 1 && this.numbers < MAX_NUMBERS) {
        this.numbers++
        const decimals = Number.isSafeInteger(held) ? 0 : (String(held).split('.')[1]?.length ?? 0)
        this.put({ document, value: held, decimals, unit: unitOfName(key), inText: 'no', path: place.path(), key })
      }
    } else if (typeof held === 'string' && this.texts < MAX_NUMBERS) {
      let path: PathNode | null | undefined
      for (const { value, decimals, word, glued } of textNumbers(held)) {
        if (Math.abs(value) <= 1 || this.texts >= MAX_NUMBERS) continue
        this.texts++
        path ??= place.path()
        this.put({ document, value, decimals, unit: unitOf(word), inText: glued ? 'glued' : 'apart', path, key })
      }
    }
    return this.numbers >= MAX_NUMBERS && this.texts >= MAX_NUMBERS
  }

  private put(one: Operand): void {
    if (this.found === NO_OPERANDS) this.found = [one]
    else this.found.push(one)
  }
}

/** In place of a list that nothing is in: most results hold no number. Never pushed to. */
const NO_OPERANDS: Operand[] = []

/** The unit that `distance_km` and `minutes` end with. One letter alone may stand for anything. */
export function unitOfName(key: string): Unit | undefined {
  const words = wordsOf(key)
  const last = words[words.length - 1] ?? ''
  return words.length < 2 && last.length < 2 ? undefined : unitOf(last)
}

/** Numbers that no list holds, in document order. */
function namedNumbers(root: Json, document: number): readonly Operand[] {
  const list = new OperandList(document)
  const open: { readonly value: Json; readonly path: PathNode | null; readonly key: string }[] = [
    { value: root, path: null, key: '' },
  ]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { path, key } = at
    const value = typeof at.value === 'string' ? (parseNested(at.value) ?? at.value) : at.value
    if (Array.isArray(value)) continue
    if (value === null || typeof value !== 'object') {
      if (list.add(value as Leaf['value'], key, { path: () => path })) break
    } else {
      const inner = Object.entries(value as Readonly<Record<string, Json>>)
      for (const [name, held] of inner.reverse())
        open.push({ value: held, path: { parent: path, key: name }, key: name })
    }
  }
  return list.found
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
    addMatch(look, {
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
