// What the spans of a trace say of its tools, beside their names and arguments: definitions, and what is inside their spans.

import { carriesMcp, isEmbedding, isServer, operationOf } from '../conventions/operations.ts'
import { DefinitionReader } from '../conventions/tool-definitions.ts'
import { type Call, MAX_DESCRIPTION, type Operation, type ToolDefinition } from '../model/run.ts'
import { NO_NODE, type TraceTree } from './trace-tree.ts'

export interface ToolsOfTrace {
  /** Of the call whose span is `node`; undefined where nothing was seen inside. */
  operationsOf(node: number): readonly Operation[] | undefined
  /** The field of a run with these calls: one definition per tool, by name; empty where there is none. */
  definitionsOf(calls: readonly Call[]): { readonly tools?: readonly ToolDefinition[] }
}

/** `tree` with its wrappers folded. */
export function toolsOfTrace(tree: TraceTree): ToolsOfTrace {
  const operations = operationsIn(tree)
  const definitions = definitionsInTrace(tree)
  return {
    operationsOf: (node) => {
      const found = operations.get(node)
      return found === undefined ? undefined : [...found.values()]
    },
    definitionsOf: (calls) => {
      if (definitions.size === 0) return {}
      const called = [...new Set(calls.map((call) => call.tool))].sort()
      const names = [...new Set([...called, ...definitions.keys()])]
      const tools = called.flatMap((tool) => {
        const definition = definitions.get(tool) ?? definitions.get(shortName(tool, names, definitions) ?? '')
        return definition === undefined ? [] : [{ ...definition, tool }]
      })
      return tools.length === 0 ? {} : { tools }
    },
  }
}

/**
 * Per tool node, by what they are. Spans inside other tools, agents and models are theirs; inside a database's or another
 * request's span they carry it out; below an MCP client's span they carry the question, up to the server's.
 */
function operationsIn(tree: TraceTree): Map<number, Map<string, Operation>> {
  const found = new Map<number, Map<string, Operation>>()
  if (!tree.records.some(({ kind }, i) => kind === 'group' && tree.parent[i] !== NO_NODE)) return found
  /** The tool that a span here would belong to, or NO_NODE. */
  const owner: number[] = []
  const carries: boolean[] = []
  for (const i of tree.order) {
    const { kind, span } = tree.records[i]!
    const parent = tree.parent[i]!
    if (kind !== 'group') {
      owner[i] = kind === 'tool' ? i : NO_NODE
      carries[i] = carriesMcp(span)
      continue
    }
    const above = parent === NO_NODE ? NO_NODE : owner[parent]!
    owner[i] = above === NO_NODE || isEmbedding(span) ? NO_NODE : above
    carries[i] = !isServer(span) && ((parent !== NO_NODE && carries[parent]!) || carriesMcp(span))
    if (owner[i] === NO_NODE || carries[i]) continue
    const operation = operationOf(span)
    if (operation === null) continue
    const ofTool = found.get(above) ?? new Map<string, Operation>()
    found.set(above, ofTool.set(JSON.stringify(operation), operation))
    // What a database client sends over HTTP is the same deed.
    if (operation.kind === 'database') owner[i] = NO_NODE
  }
  return found
}

/** By name. Several definitions of one tool are taken together; what one says against another is the worse of both. */
function definitionsInTrace(tree: TraceTree): Map<string, ToolDefinition> {
  const byTool = new Map<string, ToolDefinition>()
  const reader = new DefinitionReader()
  for (const record of tree.records) {
    for (const one of reader.definitionsIn(record.span, record.kind === 'tool' ? record.tool : null)) {
      const other = byTool.get(one.tool)
      byTool.set(one.tool, other === undefined ? one : joined(other, one))
    }
  }
  return byTool
}

function joined(a: ToolDefinition, b: ToolDefinition): ToolDefinition {
  const descriptions = new Set([...a.description.split('\n\n'), ...b.description.split('\n\n')].filter(Boolean))
  const readOnly = a.readOnly === false || b.readOnly === false ? false : (a.readOnly ?? b.readOnly)
  const destructive = a.destructive === true || b.destructive === true ? true : (a.destructive ?? b.destructive)
  return {
    tool: a.tool,
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(destructive === undefined ? {} : { destructive }),
    description: [...descriptions].join('\n\n').slice(0, MAX_DESCRIPTION),
    actions: [...new Set([...a.actions, ...b.actions])],
  }
}

/**
 * A server lists `find`, the agent calls `mcp__files__find`. The name that is defined and ends `tool`, if no other name ends
 * with it: then it may be another server's.
 */
function shortName(
  tool: string,
  names: readonly string[],
  definitions: ReadonlyMap<string, ToolDefinition>,
): string | undefined {
  const short = tool.split(/__|[./:]/).at(-1) ?? ''
  if (short === tool || !definitions.has(short)) return undefined
  const alike = names.filter((name) => name !== short && name.split(/__|[./:]/).at(-1) === short)
  return alike.length === 1 ? short : undefined
}
