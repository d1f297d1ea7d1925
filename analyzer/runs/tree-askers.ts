import { int32Zeros, uint8Zeros } from '../base/zeros.ts'
import { clockOf, startOf, TIE_NS } from './time.ts'
import type { TraceTree } from './trace-tree.ts'
import { NO_NODE } from './trace-tree.ts'

export interface Askers {
  /** Per node of the trace: the model span that the tree says asked for it, or NO_NODE. */
  readonly model: Int32Array
  /** Per node: 1 if it is inside that span, and not beside it in a step. */
  readonly isInside: Uint8Array
}

/**
 * For each node the model span that the tree says asked for it, or NO_NODE: the model span that it is inside of, else
 * the only model span in the nearest group that holds any (a step).
 *
 *   step 1 { chat, tool, tool }      -> chat
 *   call_llm { tool, tool }          -> call_llm
 *   loop { chat, tool, chat, tool }  -> neither: the group holds two models
 *   generate { chat, tool, generate { chat, tool } }  -> each tool to the chat beside it, if `generate` is marked as a step
 */
export function askersByTree(tree: TraceTree): Askers {
  const steps = modelsWithin(tree)
  const model = int32Zeros(tree.records.length)
  const isInside = uint8Zeros(tree.records.length)
  for (const i of tree.order) {
    const parent = tree.parent[i]!
    const above = parent === NO_NODE ? undefined : tree.records[parent]!.kind
    if (above === undefined || above === 'agent' || above === 'tool') model[i] = NO_NODE
    else if (above === 'model') {
      model[i] = parent
      isInside[i] = 1
    } else if (steps.count[parent] === 0) {
      model[i] = model[parent]!
      isInside[i] = isInside[parent]!
    } else model[i] = steps.only[parent]!
  }
  for (let i = 0; i < model.length; i++) if (!couldAsk(tree, model[i]!, i)) model[i] = NO_NODE
  return { model, isInside }
}

/** What began before the model did was not asked for by it, as far as one clock tells. */
function couldAsk(tree: TraceTree, asker: number, i: number): boolean {
  if (asker === NO_NODE) return false
  const [model, span] = [tree.records[asker]!.span, tree.records[i]!.span]
  return startOf(model) <= startOf(span) + TIE_NS || clockOf(model) !== clockOf(span)
}

/** Per group: how many models are in it, outside of agents, tools and marked steps inside it, and the one if it is one. */
function modelsWithin(tree: TraceTree): { readonly count: Int32Array; readonly only: Int32Array } {
  const count = int32Zeros(tree.records.length)
  const only = int32Zeros(tree.records.length).fill(NO_NODE)
  for (let k = tree.order.length - 1; k >= 0; k--) {
    const i = tree.order[k]!
    const parent = tree.parent[i]!
    const record = tree.records[i]!
    const { kind } = record
    if (parent === NO_NODE || kind === 'agent' || kind === 'tool' || (kind === 'group' && record.isStep)) continue
    const own = kind === 'model' ? 1 : 0
    count[parent] = count[parent]! + count[i]! + own
    if (count[parent] !== 1) only[parent] = NO_NODE
    else if (own === 1) only[parent] = i
    else if (only[i] !== NO_NODE) only[parent] = only[i]!
  }
  return { count, only }
}
