import { int32Zeros } from '../base/zeros.ts'
import type { Call } from '../model/run.ts'

/** The tools of a run by number. */
export interface ToolNumbers {
  /** Each once, as they were first called. */
  readonly names: readonly string[]
  /** Per call: the number of its tool. */
  readonly of: Int32Array
}

/** Tools are asked for from all sides, so they are remembered as long as the list of calls lives, which nobody changes. */
export function toolNumbers(calls: readonly Call[]): ToolNumbers {
  let numbers = known.get(calls)
  if (numbers === undefined) {
    numbers = numbered(calls)
    known.set(calls, numbers)
  }
  return numbers
}

const known = new WeakMap<readonly Call[], ToolNumbers>()

function numbered(calls: readonly Call[]): ToolNumbers {
  const numberOf = new Map<string, number>()
  const of = int32Zeros(calls.length)
  for (let at = 0; at < calls.length; at++) {
    const { tool } = calls[at]!
    let number = numberOf.get(tool)
    if (number === undefined) {
      number = numberOf.size
      numberOf.set(tool, number)
    }
    of[at] = number
  }
  return { names: [...numberOf.keys()], of }
}
