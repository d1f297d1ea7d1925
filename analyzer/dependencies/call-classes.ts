import { wordsIn } from '../base/bits.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import type { RelationOf } from './relations.ts'
import type { Situations } from './situations.ts'
import { sumsOf } from './suspects.ts'

/** Calls of which the same is said beside any other call, but for what leads to them and the things that they name. */
export interface CallClasses {
  /** Per call: -1 beyond the most that are told apart. */
  readonly of: Int32Array
  readonly count: number
  /** Per class: whether numbers go in and a number comes out. */
  readonly sums: readonly boolean[]
  readonly tools: readonly string[]
  /** Which classes the 32 calls of a word have, a bit for each call: those from `start[word]` to before `start[word + 1]`. */
  readonly start: Int32Array
  readonly classes: Int32Array
  readonly bits: Int32Array
  /** Per word: a bit for each call without a class. */
  readonly without: Int32Array
}

/** What is known of two classes is held in a square. Chosen: far above what the tools of a run give. */
const MOST = 128

const GIVEN = ['no arguments', 'quotes results', 'all explained'] as const

export function callClasses({ calls }: Run, { classOf }: RelationOf, known: readonly Situations[]): CallClasses {
  const of = int32Zeros(calls.length)
  const numbers = new Map<number, number>()
  const areSums = sumsOf(calls)
  const sums: boolean[] = []
  const tools: string[] = []
  for (let call = 0; call < calls.length; call++) {
    const { truncated, arguments: args, result } = calls[call]!
    let key = classOf[call]!
    for (let at = 0; at < known.length; at++) key = key * GIVEN.length + GIVEN.indexOf(known[at]!.givenTo[call]!)
    key = key * 4 + (truncated ? 1 : 0) + (areSums[call] ? 2 : 0)
    key = key * 4 + (args === undefined ? 1 : 0) + (result === undefined ? 2 : 0)
    let number = numbers.get(key)
    if (number === undefined) {
      number = numbers.size < MOST ? numbers.size : -1
      numbers.set(key, number)
      if (number >= 0) {
        sums.push(areSums[call]!)
        tools.push(calls[call]!.tool)
      }
    }
    of[call] = number
  }
  const { start, classes, bits, without } = byWord(of)
  return { of, count: sums.length, sums, tools, start, classes, bits, without }
}

function byWord(of: Int32Array): Pick<CallClasses, 'start' | 'classes' | 'bits' | 'without'> {
  const words = wordsIn(of.length)
  const start = int32Zeros(words + 1)
  const classes = int32Zeros(of.length)
  const bits = int32Zeros(of.length)
  const without = int32Zeros(words)
  let kept = 0
  for (let word = 0; word < words; word++) {
    const until = Math.min(of.length, (word + 1) << 5)
    for (let call = word << 5; call < until; call++) {
      if (of[call]! < 0) {
        without[word] = without[word]! | (1 << (call & 31))
        continue
      }
      let at = start[word]!
      while (at < kept && classes[at] !== of[call]) at++
      if (at === kept) classes[kept++] = of[call]!
      bits[at] = bits[at]! | (1 << (call & 31))
    }
    start[word + 1] = kept
  }
  return { start, classes, bits, without }
}
