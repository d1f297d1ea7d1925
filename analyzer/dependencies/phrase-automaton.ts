// All phrases of all arguments, found in one reading of the history: an Aho-Corasick automaton over token ids (A. Aho and
// M. Corasick, Efficient string matching, CACM 18, 1975). Its cost per token does not depend on how many phrases there are.
// A phrase is a pair of neighbouring tokens and what follows: whoever reads has looked the pair up already, and where no
// phrase begins with it there is nothing to do.

import { IntPairMap } from '../base/int-pair-map.ts'
import { int32Zeros } from '../base/zeros.ts'
import { IntRows } from './int-rows.ts'

const ROOT = 0

/** Cells of a state, which is where a beginning of a phrase ends. */
const PARENT = 0
const TOKEN = 1
/** The pair of the last two tokens on the way to it. */
const PAIR = 2
const LENGTH = 3
/** The state of the longest end of it that is a beginning as well. */
const FAIL = 4
/** Pattern that ends there, plus one; 0 for none. */
const ENDS = 5
/** Nearest state down the failure links where a pattern ends, ROOT for none. */
const OUTPUT = 6
const CELLS = 7

export class PhraseAutomaton {
  /** States by the pair that the phrase begins with, and by state and next token. */
  private readonly first: number[] = []
  private readonly next = new IntPairMap()
  private readonly states = new IntRows(CELLS)
  private linked = false

  constructor() {
    this.newState(-1, -1, -1, 0)
  }

  /**
   * The pattern of a phrase of three tokens or more, which is added with a new one if no equal phrase was. Before any `step`.
   * @param pairs number of each pair of neighbouring tokens.
   */
  patternOf(phrase: readonly number[], pairs: readonly number[], newPattern: () => number): number {
    const begin = pairs[0] as number
    while (this.first.length <= begin) this.first.push(ROOT)
    let state = this.first[begin] as number
    if (state === ROOT) {
      state = this.newState(ROOT, phrase[1] as number, begin, 2)
      this.first[begin] = state
    }
    for (let k = 2; k < phrase.length; k++) {
      const token = phrase[k] as number
      let to = this.next.get(state, token)
      if (to < 0) {
        to = this.newState(state, token, pairs[k - 1] as number, k + 1)
        this.next.set(state, token, to)
      }
      state = to
    }
    if (this.patternAt(state) < 0) this.set(state, ENDS, newPattern() + 1)
    return this.patternAt(state)
  }

  /** The state after one more token of the text. `pair`: number of the pair that it makes with the one before, -1 for none. */
  step(state: number, token: number, pair: number): number {
    if (!this.linked) this.link()
    for (let from = state; from !== ROOT; from = this.get(from, FAIL)) {
      const to = this.next.get(from, token)
      if (to >= 0) return to
    }
    return pair < 0 || pair >= this.first.length ? ROOT : (this.first[pair] as number)
  }

  /** The longest state at or below `state` where a pattern ends; ROOT (0) for none. */
  firstOutput(state: number): number {
    return this.patternAt(state) >= 0 ? state : this.get(state, OUTPUT)
  }

  nextOutput(state: number): number {
    return this.get(state, OUTPUT)
  }

  patternAt(state: number): number {
    return this.get(state, ENDS) - 1
  }

  length(state: number): number {
    return this.get(state, LENGTH)
  }

  private newState(parent: number, token: number, pair: number, length: number): number {
    const state = this.states.add()
    this.set(state, PARENT, parent)
    this.set(state, TOKEN, token)
    this.set(state, PAIR, pair)
    this.set(state, LENGTH, length)
    this.set(state, FAIL, ROOT)
    this.set(state, OUTPUT, ROOT)
    return state
  }

  private get(state: number, cell: number): number {
    return this.states.cells[CELLS * state + cell]!
  }

  private set(state: number, cell: number, value: number): void {
    this.states.cells[CELLS * state + cell] = value
  }

  /** Failure links, shortest states first: a link leads to a shorter state, which is done by then. */
  private link(): void {
    this.linked = true
    const order = int32Zeros(this.states.size)
    for (let state = 0; state < order.length; state++) order[state] = state
    order.sort((a, b) => this.length(a) - this.length(b) || a - b)
    for (const state of order) {
      if (this.length(state) < 3) continue
      const before = this.get(this.get(state, PARENT), FAIL)
      const fail = this.step(before, this.get(state, TOKEN), this.get(state, PAIR))
      this.set(state, FAIL, fail)
      this.set(state, OUTPUT, this.firstOutput(fail))
    }
  }
}
