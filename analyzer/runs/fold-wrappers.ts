// Two spans, one thing: an MCP client's span around the server's, an SDK's model span around the provider's.
// After this, no tool is directly inside the same tool, and every model span is a turn of its own.

import type { GroupRecord, ModelRecord, SpanRecord, ToolRecord } from '../model/record.ts'
import { clockOf, minOf, startOf } from './time.ts'
import { NO_NODE, type TraceTree } from './trace-tree.ts'

/** `tree` with the inner spans of wrappers turned into groups, and what they knew moved to the outer ones. */
export function foldWrappers(tree: TraceTree): TraceTree {
  // What is in no tool and in no model is in no wrapper.
  let [toolsHold, modelsHold] = [false, false]
  for (const parent of tree.parent) {
    const kind = parent === NO_NODE ? undefined : tree.records[parent]!.kind
    if (kind === 'tool') toolsHold = true
    else if (kind === 'model') modelsHold = true
  }
  if (!toolsHold && !modelsHold) return tree
  const records = [...tree.records]
  if (toolsHold) foldTools(tree, records)
  if (modelsHold) foldModels(tree, records)
  return { ...tree, records }
}

/** The nearest node above `i` that is not a group, or NO_NODE; `above` holds those of the nodes over it. */
function nearestTo(tree: TraceTree, records: readonly SpanRecord[], above: readonly number[], i: number): number {
  const parent = tree.parent[i]!
  return parent === NO_NODE || records[parent]!.kind !== 'group' ? parent : above[parent]!
}

/** From the top down, so that of three nested ones the outermost gathers all. */
function foldTools(tree: TraceTree, records: SpanRecord[]): void {
  const above: number[] = []
  for (const i of tree.order) {
    above[i] = nearestTo(tree, records, above, i)
    const inner = records[i]!
    const outer = above[i] === NO_NODE ? undefined : records[above[i]!]
    if (outer?.kind !== 'tool') continue
    if (inner.kind === 'group' && inner.part !== undefined && outer.error === null && inner.error !== null) {
      records[above[i]!] = { ...outer, error: inner.error }
    }
    if (inner.kind !== 'tool' || !isSameTool(outer.tool, inner.tool)) continue
    records[above[i]!] = mergedTools(outer, inner)
    records[i] = asGroup(inner)
  }
}

/** Equal, or equal but for a server's or a namespace's prefix: `mcp__weather__get`, `weather.get`, `weather/get`. */
const isSameTool = (a: string, b: string): boolean => a === b || isQualified(a, b) || isQualified(b, a)
const isQualified = (long: string, short: string): boolean =>
  ['__', '.', '/', ':'].some((separator) => long.endsWith(separator + short))

/** Whether it failed is the outer's to say: it may have tried again inside. */
const mergedTools = (outer: ToolRecord, inner: ToolRecord): ToolRecord => ({
  ...outer,
  callId: outer.callId ?? inner.callId,
  arguments: outer.arguments ?? inner.arguments,
  result: outer.result ?? inner.result,
})

/** What a node passes up: the model spans that show at its surface, and the first tool started there. */
interface Surface {
  /** 0, 1 or 2, which stands for more. */
  models: number
  /** One of them, the last seen. */
  model: number
  firstModel: bigint | null
  firstTool: bigint | null
}

/**
 * From the bottom up. A model span that holds model spans is
 * - a turn of its own, if its first tool ran before they began: they are later turns, nested by the framework;
 * - the same turn as the one inside, if there is one: a wrapper;
 * - a container, if there are several: they are the turns.
 */
function foldModels(tree: TraceTree, records: SpanRecord[]): void {
  const surfaces: Surface[] = records.map(() => ({ models: 0, model: NO_NODE, firstModel: null, firstTool: null }))
  for (let k = tree.order.length - 1; k >= 0; k--) {
    const i = tree.order[k]!
    const record = records[i]!
    const inside = surfaces[i]!
    if (record.kind === 'model') {
      const start = startOf(record.span)
      const { firstModel, firstTool } = inside
      const isTurnItself = firstModel === null || (firstTool !== null && firstTool < firstModel)
      if (!isTurnItself && inside.models > 1) {
        records[i] = asGroup(record)
      } else {
        const inner = isTurnItself ? undefined : records[inside.model]
        if (inner?.kind === 'model') {
          records[i] = mergedModels(record, inner)
          records[inside.model] = asGroup(inner)
        }
        surfaces[i] = { models: 1, model: i, firstModel: start, firstTool }
      }
    }
    const parent = tree.parent[i]!
    if (parent !== NO_NODE) passUp(record, surfaces[i]!, surfaces[parent]!, records[parent]!)
  }
}

/** Agents and tools close their inside off; a tool shows itself. */
function passUp(record: SpanRecord, from: Surface, to: Surface, parent: SpanRecord): void {
  if (record.kind === 'agent') return
  if (record.kind === 'tool') {
    // By another clock nothing says whether it ran before a model did.
    const isTimed = clockOf(record.span) === clockOf(parent.span)
    if (isTimed) to.firstTool = earliest(to.firstTool, startOf(record.span))
    return
  }
  to.models = Math.min(2, to.models + from.models)
  if (from.model !== NO_NODE) to.model = from.model
  to.firstModel = earliest(to.firstModel, from.firstModel)
  to.firstTool = earliest(to.firstTool, from.firstTool)
}

const earliest = (a: bigint | null, b: bigint | null): bigint | null => (a === null ? b : b === null ? a : minOf(a, b))

/** The outer span's times and id; of each side what it knows. Call ids are worth more than anything else in an output. */
function mergedModels(outer: ModelRecord, inner: ModelRecord): ModelRecord {
  const hasIds = (record: ModelRecord) =>
    record.output.some((message) => message.calls.some((call) => call.id !== null))
  const innerOutput = outer.output.length === 0 || (hasIds(inner) && !hasIds(outer))
  return {
    ...outer,
    model: outer.model ?? inner.model,
    inputTokens: outer.inputTokens ?? inner.inputTokens,
    outputTokens: outer.outputTokens ?? inner.outputTokens,
    input: outer.input.length > 0 ? outer.input : inner.input,
    output: innerOutput ? inner.output : outer.output,
    hasContent: outer.hasContent || inner.hasContent,
    step: outer.step ?? inner.step,
  }
}

const asGroup = ({ span, convention, framework, error }: SpanRecord): GroupRecord => ({
  kind: 'group',
  isStep: false,
  span,
  convention,
  framework,
  error,
})
