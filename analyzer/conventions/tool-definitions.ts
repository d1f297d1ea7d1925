// Definitions of tools: what a model was offered, what an MCP server listed, what a tool's own span says of it.
// OpenTelemetry has no name for MCP's annotations; they are in whole definitions, and `mcp.tool.*` is some servers' own.

import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { MAX_DESCRIPTION, type ToolDefinition } from '../model/run.ts'
import type { Attributes, AttributeValue, Span } from '../model/span.ts'
import { contentOf, textOf } from './attributes.ts'
import { nonEmpty } from './json-values.ts'
import { parseJson } from './parse-json.ts'

/** Attributes that hold a list of definitions, or an object with one. */
const LISTS = [
  'gen_ai.tool.definitions',
  'ai.prompt.tools',
  'llm.invocation_parameters',
  'mlflow.chat.tools',
  'model_request_parameters',
]
/** Where the answer to MCP's `tools/list` stands. */
const ANSWERS = ['gen_ai.tool.call.result', 'output.value', 'mcp.response.value', 'traceloop.entity.output']
const LISTS_TOOLS = /\btools\/list\b|\blist_?tools\b/i
/** Under these an object holds its list. */
const INSIDE = ['tools', 'function_tools', 'functionDeclarations', 'function_declarations', 'result']
const SCHEMAS = ['parameters', 'inputSchema', 'input_schema', 'parameters_json_schema', 'parametersJsonSchema']
/** Arguments that choose what a tool does. */
const CHOOSERS = new Set(['action', 'operation', 'op', 'method', 'command', 'mode', 'verb'])
const MAX_DEPTH = 4

/** Reads the definitions in the spans of one trace. It remembers what it has read: all model calls of a run repeat theirs. */
export class DefinitionReader {
  readonly #read = new Set<AttributeValue>()
  /** By name, whether a span lists tools. A trace has few names for its spans. */
  readonly #lists = new Map<string, boolean>()

  /** The definitions that `span` holds; `tool` is the tool that the span executed, if any. */
  definitionsIn(span: Span, tool: string | null): readonly ToolDefinition[] {
    const { attributes } = span
    const found: ToolDefinition[] = []
    for (const key of LISTS) take(attributes, key, this.#read, found)
    for (let i = 0; take(attributes, i === 0 ? FIRST_OFFERED : offered(i), this.#read, found); ) i++
    if (attributes.has(FIRST_FUNCTION)) found.push(...functionsIn(attributes))
    if (this.#listsTools(textOf(attributes, 'mcp.method.name') ?? span.name)) {
      for (const key of ANSWERS) take(attributes, key, this.#read, found)
    }
    const own = tool === null ? null : definitionOfSpan(span, tool)
    if (own !== null) found.push(own)
    return found
  }

  #listsTools(name: string): boolean {
    let lists = this.#lists.get(name)
    if (lists === undefined) {
      lists = LISTS_TOOLS.test(name)
      this.#lists.set(name, lists)
    }
    return lists
  }
}

const offered = (i: number): string => `llm.tools.${i}.tool.json_schema`

const FIRST_OFFERED = 'llm.tools.0.tool.json_schema'
const FIRST_FUNCTION = 'llm.request.functions.0.name'

/** Adds what the attribute defines to `found`; false if there is no such attribute. */
function take(attributes: Attributes, key: string, read: Set<AttributeValue>, found: ToolDefinition[]): boolean {
  const value = attributes.get(key)
  if (value === undefined) return false
  if (typeof value === 'string') {
    // Every definition has a name, and settings without tools are read for nothing.
    if (read.has(value) || !value.includes('name')) return true
    read.add(value)
  }
  for (const definition of definitionsOf(contentOf(attributes, key))) found.push(definition)
  return true
}

/** OpenLLMetry's, a field each. */
function functionsIn(attributes: Attributes): ToolDefinition[] {
  const found: ToolDefinition[] = []
  for (let i = 0; attributes.has(`llm.request.functions.${i}.name`); i++) {
    const field = (name: string): Json => contentOf(attributes, `llm.request.functions.${i}.${name}`) ?? null
    found.push(
      ...definitionsOf({ name: field('name'), description: field('description'), parameters: field('parameters') }),
    )
  }
  return found
}

/** In which a tool's own span defines it. */
const OWN = [
  'mcp.tool.annotations',
  'tool.annotations',
  'gen_ai.tool.description',
  'tool.description',
  'mcp.tool.read_only',
  'mcp.tool.destructive',
]

function definitionOfSpan({ attributes }: Span, tool: string): ToolDefinition | null {
  if (!OWN.some((key) => attributes.has(key))) return null
  const annotations = contentOf(attributes, 'mcp.tool.annotations', 'tool.annotations')
  const description = textOf(attributes, 'gen_ai.tool.description', 'tool.description') ?? ''
  const hints = {
    ...hintsIn({
      readOnlyHint: saidOf(textOf(attributes, 'mcp.tool.read_only')),
      destructiveHint: saidOf(textOf(attributes, 'mcp.tool.destructive')),
    }),
    ...(isObject(annotations) ? hintsIn(annotations) : {}),
  }
  if (description === '' && Object.keys(hints).length === 0) return null
  return { tool, ...hints, description: description.slice(0, MAX_DESCRIPTION), actions: [] }
}

const saidOf = (text: string | null): Json => (text === 'true' ? true : text === 'false' ? false : null)

function definitionsOf(value: Json | undefined): ToolDefinition[] {
  const found: ToolDefinition[] = []
  const open: { value: Json | undefined; depth: number }[] = [{ value, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { depth } = next
    const item = typeof next.value === 'string' ? parseJson(next.value) : next.value
    if (depth > MAX_DEPTH) continue
    if (Array.isArray(item)) for (const one of item) open.push({ value: one, depth: depth + 1 })
    if (!isObject(item)) continue
    const definition = definitionOf(item)
    if (definition !== null) found.push(definition)
    else for (const key of INSIDE) if (Object.hasOwn(item, key)) open.push({ value: item[key], depth: depth + 1 })
  }
  return found
}

/** One definition: flat, or inside `function` (OpenAI) or `toolSpec` (Bedrock). */
function definitionOf(item: JsonObject): ToolDefinition | null {
  const inner = isObject(item.function) ? item.function : isObject(item.toolSpec) ? item.toolSpec : item
  const tool = nonEmpty(inner.name)
  if (tool === null) return null
  const annotations = [item.annotations, inner.annotations].find(isObject) ?? inner
  return {
    tool,
    ...hintsIn(annotations),
    description: (nonEmpty(inner.description) ?? '').slice(0, MAX_DESCRIPTION),
    actions: actionsIn(SCHEMAS.map((key) => schemaOf(inner[key])).find(isObject)),
  }
}

function hintsIn({ readOnlyHint, destructiveHint }: JsonObject): Pick<ToolDefinition, 'readOnly' | 'destructive'> {
  return {
    ...(typeof readOnlyHint === 'boolean' ? { readOnly: readOnlyHint } : {}),
    ...(typeof destructiveHint === 'boolean' ? { destructive: destructiveHint } : {}),
  }
}

/** Bedrock puts the schema under `json`, the AI SDK under `jsonSchema`; some write it as text. */
function schemaOf(value: Json | undefined): Json | undefined {
  const schema = typeof value === 'string' ? parseJson(value) : value
  if (!isObject(schema)) return undefined
  return [schema.json, schema.jsonSchema].find(isObject) ?? schema
}

function actionsIn(schema: JsonObject | undefined): string[] {
  if (!isObject(schema?.properties)) return []
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    if (!CHOOSERS.has(name.toLowerCase()) || !isObject(property) || !Array.isArray(property.enum)) return []
    return property.enum.filter((word): word is string => typeof word === 'string')
  })
}
