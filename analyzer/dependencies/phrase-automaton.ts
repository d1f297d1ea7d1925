// All phrases of all arguments, found in one reading of the history: an Aho-Corasick automaton over token ids (A. Aho and
// M. Corasick, Efficient string matching, CACM 18, 1975). Its cost per token does not depend on how many phrases there are.
// A phrase is a pair of neighbouring tokens and what follows: whoever reads has looked the pair up already, and where no
// phrase begins with it there is nothing to do.

import { IntPairMap } from './int-pair-map.ts'

const ROOT = 0

export class PhraseAutomaton {
  /** States by the pair that the phrase begins with, and by state and next token. */
  private readonly first: number[] = []
  private readonly next = new IntPairMap()
  private readonly parent: number[] = [-1]
  private readonly tokenOf: number[] = [-1]
  /** Per state: the pair of the last two tokens on the way to it. */
  private readonly pairOf: number[] = [-1]
  private readonly lengthOf: number[] = [0]
  private readonly fail: number[] = [ROOT]
  /** Per state: pattern that ends there, -1 for none. */
  private readonly pattern: number[] = [-1]
  /** Per state: nearest state down the failure links where a pattern ends, ROOT for none. */
  private readonly output: number[] = [ROOT]
  private linked = false

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
    if (this.pattern[state]! < 0) this.pattern[state] = newPattern()
    return this.pattern[state]!
  }

  /** The state after one more token of the text. `pair`: number of the pair that it makes with the one before, -1 for none. */
  step(state: number, token: number, pair: number): number {
    if (!this.linked) this.link()
    for (let from = state; from !== ROOT; from = this.fail[from] as number) {
      const to = this.next.get(from, token)
      if (to >= 0) return to
    }
    return pair < 0 || pair >= this.first.length ? ROOT : (this.first[pair] as number)
  }

  /** The longest state at or below `state` where a pattern ends; ROOT (0) for none. */
  firstOutput(state: number): number {
    return (this.pattern[state] as number) >= 0 ? state : (this.output[state] as number)
  }

  nextOutput(state: number): number {
    return this.output[state] as number
  }

  patternAt(state: number): number {
    return this.pattern[state] as number
  }

  length(state: number): number {
    return this.lengthOf[state] as number
  }

  private newState(parent: number, token: number, pair: number, length: number): number {
    this.parent.push(parent)
    this.tokenOf.push(token)
    this.pairOf.push(pair)
    this.lengthOf.push(length)
    this.fail.push(ROOT)
    this.pattern.push(-1)
    this.output.push(ROOT)
    return this.parent.length - 1
  }

  /** Failure links, shortest states first: a link leads to a shorter state, which is done by then. */
  private link(): void {
    this.linked = true
    const order = this.lengthOf.map((_, state) => state).sort((a, b) => this.length(a) - this.length(b) || a - b)
    for (const state of order) {
      if (this.length(state) < 3) continue
      const before = this.fail[this.parent[state] as number] as number
      const fail = this.step(before, this.tokenOf[state] as number, this.pairOf[state] as number)
      this.fail[state] = fail
      this.output[state] = this.firstOutput(fail)
    }
  }
}
