import type { Json } from '../model/json.ts'
import type { RequestedCall } from '../model/record.ts'
import { canonicalJson } from './canonical-json.ts'
import type { CallDraft, TurnDraft } from './drafts.ts'

/** One tool call in one model's answer: indices into the run's turns and into that turn's requests. */
export interface RequestRef {
  readonly turn: number
  readonly request: number
}

/**
 * The requests of a run's turns, each of which at most one call may claim. Calls claim in time order, so duplicates
 * (same tool, same arguments) are matched by ordinal.
 */
export class RequestClaims {
  readonly #turns: readonly TurnDraft[]
  readonly #claimed: boolean[][]
  /** In turn order, under each of a request's keys. Made when first asked for: most calls are found by their ids. */
  #byArguments: Map<string, RequestRef[]> | null = null
  readonly #byId = new Map<string, RequestRef[]>()

  constructor(turns: readonly TurnDraft[]) {
    this.#turns = turns
    this.#claimed = turns.map((turn) => turn.requests.map(() => false))
    turns.forEach((turn, t) => {
      turn.requests.forEach((request, r) => {
        if (request.id !== null) addTo(this.#byId, request.id, { turn: t, request: r })
      })
    })
  }

  /** Requests with this id, in turn order. Several if a model numbers its calls anew in each turn. */
  withId(id: string): readonly RequestRef[] {
    return this.#byId.get(id) ?? []
  }

  /**
   * A free request with the call's tool and arguments in a turn that `allows`, claimed; else null. Of several turns the
   * latest or the first; of several requests of that turn the first: they and the calls they lead to start in one order.
   */
  claimByArguments(call: CallDraft, allows: (turn: number) => boolean, which: 'latest' | 'first'): RequestRef | null {
    if (call.record.kind !== 'tool' || call.record.arguments === undefined) return null
    this.#byArguments ??= this.#listByArguments()
    for (const key of keysOfCall(call.tool, call.record.arguments)) {
      const refs = this.#byArguments.get(key) ?? []
      const isFree = (ref: RequestRef) => !this.isClaimed(ref) && allows(ref.turn)
      const turn = (which === 'latest' ? refs.findLast(isFree) : refs.find(isFree))?.turn
      const ref = refs.find((candidate) => candidate.turn === turn && !this.isClaimed(candidate))
      if (ref) return this.claim(ref)
    }
    return null
  }

  #listByArguments(): Map<string, RequestRef[]> {
    const byArguments = new Map<string, RequestRef[]>()
    this.#turns.forEach((turn, t) => {
      turn.requests.forEach((request, r) => {
        for (const key of keysOf(request)) addTo(byArguments, key, { turn: t, request: r })
      })
    })
    return byArguments
  }

  /** The first free request for the call's tool in `turn`, claimed; else null. */
  claimByName(call: CallDraft, turn: number): RequestRef | null {
    const requests = this.#turns[turn]?.requests ?? []
    const request = requests.findIndex((r, i) => r.tool === call.tool && !this.isClaimed({ turn, request: i }))
    return request < 0 ? null : this.claim({ turn, request })
  }

  claim(ref: RequestRef): RequestRef {
    this.#claimed[ref.turn]![ref.request] = true
    return ref
  }

  isClaimed(ref: RequestRef): boolean {
    return this.#claimed[ref.turn]![ref.request]!
  }
}

function keysOf(request: RequestedCall): string[] {
  if (request.arguments === undefined) return []
  const keys = [exactKey(request.tool, request.arguments)]
  if (!isPlain(request.arguments)) return keys
  const values = Object.values(request.arguments)
  if (values.length === 1) keys.push(bareKey(request.tool, values[0]!))
  if (values.length > 1) keys.push(positionalKey(request.tool, values))
  return keys
}

/**
 * The surest first. LangChain hands `{"city": "Paris"}` to a tool of one argument as `Paris`, and that is what its tracer
 * records; a decorator around a Python function records positional arguments, which have no names.
 */
function keysOfCall(tool: string, args: Json): string[] {
  const keys = [exactKey(tool, args), bareKey(tool, args)]
  if (Array.isArray(args)) keys.push(positionalKey(tool, args))
  return keys
}

const isPlain = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const exactKey = (tool: string, value: Json): string => `${tool}\u0000${canonicalJson(value)}`
const bareKey = (tool: string, value: Json): string => `${tool}\u0001${canonicalJson(value)}`
const positionalKey = (tool: string, values: readonly Json[]): string => `${tool}\u0002${canonicalJson([...values])}`

function addTo(map: Map<string, RequestRef[]>, key: string, ref: RequestRef): void {
  const refs = map.get(key)
  if (refs) refs.push(ref)
  else map.set(key, [ref])
}
