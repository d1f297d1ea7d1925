// All phrases of all arguments, found in one reading of the history: an Aho-Corasick automaton over token ids (A. Aho and
// M. Corasick, Efficient string matching, CACM 18, 1975). Its cost per token does not depend on how many phrases there are.
// A token that no argument holds sends it back to the start.

import { IntPairMap } from './int-pair-map.ts'

const ROOT = 0

export class PhraseAutomaton {
  private readonly next = new IntPairMap()
  private readonly parent: number[] = [-1]
  private readonly tokenOf: number[] = [-1]
  private readonly lengthOf: number[] = [0]
  private readonly fail: number[] = [ROOT]
  /** Per state: pattern that ends there, -1 for none. */
  private readonly pattern: number[] = [-1]
  /** Per state: nearest state down the failure links where a pattern ends, ROOT for none. */
  private readonly output: number[] = [ROOT]
  private linked = false
  /** Per token: whether a phrase begins with it. Most tokens of a text end here. */
  private readonly begins: boolean[] = []

  /** Adds a phrase, and returns the pattern that an equal phrase was added under, or `pattern`. Before any `step`. */
  add(phrase: readonly number[], pattern: number): number {
    let state = ROOT
    this.begins[phrase[0] ?? 0] = true
    for (const token of phrase) {
      let to = this.next.get(state, token)
      if (to < 0) {
        to = this.parent.length
        this.parent.push(state)
        this.tokenOf.push(token)
        this.lengthOf.push((this.lengthOf[state] as number) + 1)
        this.fail.push(ROOT)
        this.pattern.push(-1)
        this.output.push(ROOT)
        this.next.set(state, token, to)
      }
      state = to
    }
    const known = this.pattern[state] as number
    if (known >= 0) return known
    this.pattern[state] = pattern
    return pattern
  }

  /** The state after one more token of the text. */
  step(state: number, token: number): number {
    if (!this.linked) this.link()
    if (state === ROOT && this.begins[token] !== true) return ROOT
    let from = state
    for (;;) {
      const to = this.next.get(from, token)
      if (to >= 0) return to
      if (from === ROOT) return ROOT
      from = this.fail[from] as number
    }
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

  /** Failure links, shortest states first: a link leads to a shorter state, which is done by then. */
  private link(): void {
    this.linked = true
    const order = this.lengthOf.map((_, state) => state).sort((a, b) => this.length(a) - this.length(b) || a - b)
    for (const state of order) {
      if (this.length(state) < 2) continue
      const fail = this.step(this.fail[this.parent[state] as number] as number, this.tokenOf[state] as number)
      this.fail[state] = fail
      this.output[state] = this.firstOutput(fail)
    }
  }
}
