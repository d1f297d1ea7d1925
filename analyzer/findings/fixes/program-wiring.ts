// A program that makes the calls of a chain: which value of which result goes into which argument.

import type { Inference } from '../../model/dependency.ts'
import type { Json } from '../../model/json.ts'
import type { Run } from '../../model/run.ts'
import { identifier } from './tool-code.ts'

/** A key of an object, an index of a list, or the reading of a text as JSON. */
export type Step = string | number | 'parse-json'

/** Where a value comes from. */
export interface Wire {
  readonly kind: 'wire'
  readonly variable: string
  readonly path: readonly (string | number | { readonly parse: true })[]
  /** The value is given as text, or as a number, where the result has the other. */
  readonly convert: 'text' | 'number' | null
}

export type Expression =
  | Wire
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Expression])[] }

export interface ProgramCall {
  readonly variable: string
  readonly tool: string
  readonly arguments: Expression
}

/** Stages one after another; the calls of a stage at the same time. */
export interface Program {
  readonly stages: readonly (readonly ProgramCall[])[]
}

/** The program that makes these calls with the arguments that they had, values from results wired by path wherever they hold. */
export function programOf(
  run: Run,
  inference: Inference,
  stages: readonly (readonly number[])[],
  content: boolean,
): Program {
  const variables = variablesOf(run, stages.flat())
  const known = new Set<number>()
  const indexOf = new Map(run.calls.map((call, index) => [call.id, index]))
  const made = stages.map((stage) => {
    const calls = stage.map((call): ProgramCall => {
      const wires = wiresOf(run, inference, call, known, variables, indexOf)
      const { tool, arguments: args } = run.calls[call]!
      return { variable: variables.get(call)!, tool, arguments: expressionOf(args ?? {}, wires, content) }
    })
    for (const call of stage) known.add(call)
    return calls
  })
  return { stages: made }
}

/** `get_user`, `get_user2`, …: one name per call. */
function variablesOf(run: Run, calls: readonly number[]): Map<number, string> {
  const counts = new Map<string, number>()
  const variables = new Map<number, string>()
  for (const call of calls) {
    const name = `${identifier(run.calls[call]!.tool)}_result`
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    variables.set(call, count === 1 ? name : `${name}${count}`)
  }
  return variables
}

/** Per path in the arguments: the result of an earlier stage that holds this very value. */
function wiresOf(
  run: Run,
  inference: Inference,
  call: number,
  known: ReadonlySet<number>,
  variables: ReadonlyMap<number, string>,
  indexOf: ReadonlyMap<string, number>,
): Map<string, Wire> {
  const wires = new Map<string, Wire>()
  const id = run.calls[call]!.id
  const edges = inference.dependencies.filter(({ to, kind }) => to === id && kind === 'data')
  for (const { from, evidence } of edges) {
    const producer = indexOf.get(from)
    if (producer === undefined || !known.has(producer)) continue
    for (const { toPath, fromPath } of evidence) {
      if (wires.has(toPath)) continue
      const wanted = valueAt(run.calls[call]!.arguments, keysOf(toPath))
      const found = valueAt(run.calls[producer]!.result, keysOf(fromPath))
      if (wanted === null || found === null) continue
      const convert = conversion(found.value, wanted.value)
      if (convert === undefined) continue
      wires.set(toPath, { kind: 'wire', variable: variables.get(producer)!, path: found.path, convert })
    }
  }
  return wires
}

/** A number as JSON writes it, which every language reads alike: not `012`, not `0x10`. */
const NUMBER = /^\s*-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?\s*$/i

/** How one value becomes the other; undefined if no plain way does. */
function conversion(from: Json, to: Json): Wire['convert'] | undefined {
  if (from === to) return null
  if (typeof to === 'string' && typeof from === 'number' && String(from) === to) return 'text'
  if (typeof to === 'number' && typeof from === 'string' && NUMBER.test(from) && Number(from) === to) return 'number'
  return undefined
}

/** Walks a value, reading texts as JSON where the path goes on inside; null if it leads nowhere. */
function valueAt(
  value: Json | undefined,
  keys: readonly (string | number)[],
): { readonly value: Json; readonly path: Wire['path'] } | null {
  let at = value
  const path: (string | number | { readonly parse: true })[] = []
  for (const key of keys) {
    if (typeof at === 'string') {
      try {
        at = JSON.parse(at) as Json
      } catch {
        return null
      }
      path.push({ parse: true })
    }
    if (at === null || typeof at !== 'object') return null
    const next: Json | undefined = Array.isArray(at)
      ? typeof key === 'number'
        ? (at as readonly Json[])[key]
        : undefined
      : Object.hasOwn(at, key)
        ? (at as Readonly<Record<string, Json>>)[key]
        : undefined
    if (next === undefined) return null
    path.push(key)
    at = next
  }
  return at === undefined ? null : { value: at, path }
}

/** The arguments as code builds them: wires where values come from results, the rest as it was. */
function expressionOf(args: Json, wires: ReadonlyMap<string, Wire>, content: boolean): Expression {
  return build(args, '$')

  // Recursion is safe: conventions let nothing through that is nested more than 200 levels deep.
  function build(value: Json, path: string): Expression {
    const wire = wires.get(path)
    if (wire) return wire
    if (Array.isArray(value)) {
      return { kind: 'list', items: (value as readonly Json[]).map((item, i) => build(item, `${path}[${i}]`)) }
    }
    if (value !== null && typeof value === 'object') {
      const entries = Object.entries(value as Readonly<Record<string, Json>>)
      return {
        kind: 'object',
        entries: entries.map(([key, item]) => [key, build(item, childPath(path, key))] as const),
      }
    }
    return { kind: 'literal', value: content ? value : null }
  }
}

const childPath = (path: string, key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`

/** The keys of a JSON path as reports write it: `$.rooms[0]["a b"]`. */
export function keysOf(path: string): (string | number)[] {
  const keys: (string | number)[] = []
  for (const [, name, index, quoted] of path.matchAll(/\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)) {
    if (name !== undefined) keys.push(name)
    else if (index !== undefined) keys.push(Number(index))
    else keys.push(JSON.parse(quoted!) as string)
  }
  return keys
}
