// A program that makes the calls of a chain: which value of which result goes into which argument.

import { type CodeKey, type CodeStep, codeValueAt, codeWay, parsed } from '../../dependencies/code-way.ts'
import type { Inference, LeafOrigin } from '../../model/dependency.ts'
import type { Json } from '../../model/json.ts'
import type { Run } from '../../model/run.ts'
import { identifier } from './tool-code.ts'

/** Where a value comes from. */
export interface Wire {
  readonly kind: 'wire'
  readonly variable: string
  readonly path: readonly CodeKey[]
  /** What is done to what stands there. */
  readonly way: readonly CodeStep[]
}

/** A value that was known before the program began, from a result outside of it. */
export interface Given {
  readonly kind: 'given'
  readonly name: string
}

export type Expression =
  | Wire
  | Given
  /** JSON in a text. */
  | { readonly kind: 'json'; readonly holds: Expression }
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
  /** Names of what has to be given to it, each once. */
  readonly given: readonly string[]
  readonly stages: readonly (readonly ProgramCall[])[]
}

/**
 * The program that makes these calls with the arguments that they had: values from results are wired by path, or have to be given
 * where the result is of no call of the program, so that none of them stays what it was in this run.
 */
export function programOf(
  run: Run,
  inference: Inference,
  stages: readonly (readonly number[])[],
  content: boolean,
): Program {
  const variables = variablesOf(run, stages.flat())
  const known = new Set<number>()
  const given = new GivenNames([...variables.values(), 'tools', 'plan', 'asyncio', 'json'])
  const indexOf = new Map(run.calls.map((call, index) => [call.id, index]))
  const made = stages.map((stage) => {
    const calls = stage.map((call): ProgramCall => {
      const { wires, flows } = wiresOf(run, inference, call, known, variables, indexOf)
      const sources = new Map<string, Wire | Given>(wires)
      for (const leaf of inference.leaves[call]!) {
        const flowed = leaf.origin === 'result' || flows.has(leaf.path)
        if (flowed && !sources.has(leaf.path)) sources.set(leaf.path, given.of(leaf))
      }
      const { tool, arguments: args } = run.calls[call]!
      return { variable: variables.get(call)!, tool, arguments: expressionOf(args ?? {}, sources, content) }
    })
    for (const call of stage) known.add(call)
    return calls
  })
  return { given: given.names(), stages: made }
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

/** Per path in the arguments: the result of an earlier stage that has its value. `flows`: paths that any result gave. */
function wiresOf(
  run: Run,
  inference: Inference,
  call: number,
  known: ReadonlySet<number>,
  variables: ReadonlyMap<number, string>,
  indexOf: ReadonlyMap<string, number>,
): { readonly wires: ReadonlyMap<string, Wire>; readonly flows: ReadonlySet<string> } {
  const wires = new Map<string, Wire>()
  const flows = new Set<string>()
  const id = run.calls[call]!.id
  const edges = inference.dependencies.filter(({ to, kind }) => to === id && kind === 'data')
  for (const { from, evidence } of edges) {
    const producer = indexOf.get(from)
    for (const { toPath, fromPath } of evidence) {
      flows.add(toPath)
      if (producer === undefined || !known.has(producer) || wires.has(toPath)) continue
      const wanted = codeValueAt(run.calls[call]!.arguments, keysOf(toPath))
      const found = codeValueAt(run.calls[producer]!.result, keysOf(fromPath))
      const way = wanted === null || found === null ? undefined : codeWay(found.value, wanted.value)
      if (way !== undefined) {
        wires.set(toPath, { kind: 'wire', variable: variables.get(producer)!, path: found!.path, way })
      }
    }
  }
  return { wires, flows }
}

/** One name for each value under a key. */
class GivenNames {
  private readonly nameOf = new Map<string, string>()
  private readonly taken: Set<string>

  constructor(taken: readonly string[]) {
    this.taken = new Set(taken)
  }

  of({ path, value }: LeafOrigin): Given {
    const key = keysOf(path).findLast((one) => typeof one === 'string') ?? 'value'
    const id = JSON.stringify([key, value])
    let name = this.nameOf.get(id)
    if (name === undefined) {
      const plain = identifier(String(key))
      name = plain
      for (let count = 2; this.taken.has(name); count++) name = `${plain}${count}`
      this.taken.add(name)
      this.nameOf.set(id, name)
    }
    return { kind: 'given', name }
  }

  names(): string[] {
    return [...this.nameOf.values()]
  }
}

/** The arguments as code builds them: from results where values come from them, the rest as it was. */
function expressionOf(args: Json, sources: ReadonlyMap<string, Wire | Given>, content: boolean): Expression {
  const paths = [...sources.keys()]
  return build(args, '$')

  // Recursion is safe: conventions let nothing through that is nested more than 200 levels deep.
  function build(value: Json, path: string): Expression {
    const source = sources.get(path)
    if (source) return source
    if (typeof value === 'string' && paths.some((one) => one.startsWith(`${path}.`) || one.startsWith(`${path}[`))) {
      const holds = parsed(value)
      if (holds !== undefined) return { kind: 'json', holds: build(holds, path) }
    }
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
