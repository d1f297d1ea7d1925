import { stretch } from '../base/bits.ts'
import { int32s } from '../base/typed-lists.ts'
import { float64Zeros, int32Zeros } from '../base/zeros.ts'
import { NO_TURN, type Run } from '../model/run.ts'

/** Calls that are not simply of an earlier turn and over. */
export interface Beside {
  /** The first of the unbroken row of calls of j's turn that j stands in. */
  turnSince(j: number): number
  /** Whether call i is of an earlier turn than j, and had ended when j began. */
  isOver(i: number, j: number): boolean
  /** Of the 32 calls of a word, a bit for each before `end` that is of a turn before this one. */
  ofTurnsBefore(turn: number, word: number, end: number): number
  /** Of the 32 calls of a word, a bit for each before `end` that had not ended when j began, or is not of an earlier turn. */
  notOver(j: number, word: number, end: number): number
}

export function besideOf({ calls }: Run): Beside {
  const turnOf = int32s(calls, ({ turn }) => turn)
  const rowStart = int32Zeros(calls.length)
  const startMs = float64Zeros(calls.length)
  const endMs = float64Zeros(calls.length)
  /** Up to each call: the latest end, the highest turn, and how many calls no turn asked for. */
  const latestEnd = float64Zeros(calls.length)
  const highestTurn = int32Zeros(calls.length)
  const strays = int32Zeros(calls.length + 1)
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i]!
    startMs[i] = call.startMs
    endMs[i] = call.endMs
    rowStart[i] = i > 0 && turnOf[i - 1] === call.turn ? rowStart[i - 1]! : i
    latestEnd[i] = i > 0 ? Math.max(latestEnd[i - 1]!, call.endMs) : call.endMs
    highestTurn[i] = i > 0 ? Math.max(highestTurn[i - 1]!, call.turn) : call.turn
    strays[i + 1] = strays[i]! + (call.turn === NO_TURN ? 1 : 0)
  }
  return {
    turnSince: (j) => rowStart[j]!,
    isOver: (i, j) => turnOf[i]! < turnOf[j]! && turnOf[i] !== NO_TURN && endMs[i]! <= startMs[j]!,
    ofTurnsBefore(turn, word, end) {
      const first = word << 5
      const until = Math.min(end, first + 32)
      if (until <= first || turn <= 0) return 0
      if (highestTurn[until - 1]! < turn) return stretch(word, first, until)
      let bits = 0
      for (let i = first; i < until; i++) if (turnOf[i]! < turn) bits |= 1 << (i & 31)
      return bits
    },
    notOver(j, word, end) {
      const first = word << 5
      const until = Math.min(end, first + 32)
      if (until <= first) return 0
      const turn = turnOf[j]!
      const began = startMs[j]!
      const allOver = latestEnd[until - 1]! <= began && highestTurn[until - 1]! < turn
      if (allOver && strays[until] === strays[first]) return 0
      let bits = 0
      for (let i = first; i < until; i++) {
        if (endMs[i]! > began || turnOf[i]! >= turn || turnOf[i] === NO_TURN) bits |= 1 << (i & 31)
      }
      return bits
    },
  }
}
