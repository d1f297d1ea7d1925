import { startOf, TIE_NS } from './time.ts'
import type { TraceTree } from './trace-tree.ts'
import { NO_NODE } from './trace-tree.ts'

/**
 * For each node the model span that the tree says asked for it, or NO_NODE: the model span that it is inside of, else
 * the only model span in the nearest group that holds any (a step).
 *
 *   step 1 { chat, tool, tool }      -> chat
 *   call_llm { tool, tool }          -> call_llm
 *   loop { chat, tool, chat, tool }  -> neither: the group holds two models
 */
export function askersByTree(tree: TraceTree): number[] {
  const steps = modelsWithin(tree)
  const asker: number[] = []
  for (const i of tree.order) {
    const parent = tree.parent[i]!
    const above = parent === NO_NODE ? undefined : tree.records[parent]!.kind
    if (above === undefined || above === 'agent' || above === 'tool') asker[i] = NO_NODE
    else if (above === 'model') asker[i] = parent
    else asker[i] = steps[parent]!.count === 0 ? asker[parent]! : steps[parent]!.only
  }
  // What began before the model did was not asked for by it.
  return asker.map((model, i) => {
    if (model === NO_NODE) return NO_NODE
    return startOf(tree.records[model]!.span) <= startOf(tree.records[i]!.span) + TIE_NS ? model : NO_NODE
  })
}

/** Per group: how many models are in it, outside of agents and tools inside it, and the one if it is one. */
function modelsWithin(tree: TraceTree): { count: number; only: number }[] {
  const within = tree.records.map(() => ({ count: 0, only: NO_NODE }))
  for (let k = tree.order.length - 1; k >= 0; k--) {
    const i = tree.order[k]!
    const parent = tree.parent[i]!
    const { kind } = tree.records[i]!
    if (parent === NO_NODE || kind === 'agent' || kind === 'tool') continue
    const [from, to] = [within[i]!, within[parent]!]
    const own = kind === 'model' ? 1 : 0
    to.count += from.count + own
    to.only = to.count !== 1 ? NO_NODE : own === 1 ? i : from.only !== NO_NODE ? from.only : to.only
  }
  return within
}
