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
  /** In turn order. A request is listed under its exact arguments, and under its only value if it has just one. */
  readonly #byArguments = new Map<string, RequestRef[]>()
  readonly #byId = new Map<string, RequestRef[]>()

  constructor(turns: readonly TurnDraft[]) {
    this.#turns = turns
    this.#claimed = turns.map((turn) => turn.requests.map(() => false))
    turns.forEach((turn, t) => {
      turn.requests.forEach((request, r) => {
        const ref = { turn: t, request: r }
        if (request.id !== null) addTo(this.#byId, request.id, ref)
        for (const key of keysOf(request)) addTo(this.#byArguments, key, ref)
      })
    })
  }

  /** Requests with this id, in turn order. Several if a model numbers its calls anew in each turn. */
  withId(id: string): readonly RequestRef[] {
    return this.#byId.get(id) ?? []
  }

  /** The last free request with the call's tool and arguments in a turn that `allows`, claimed; else null. */
  claimByArguments(call: CallDraft, allows: (turn: number) => boolean): RequestRef | null {
    if (call.record.kind !== 'tool' || call.record.arguments === undefined) return null
    for (const key of [exactKey(call.tool, call.record.arguments), bareKey(call.tool, call.record.arguments)]) {
      const refs = this.#byArguments.get(key) ?? []
      const turn = refs.findLast((ref) => !this.isClaimed(ref) && allows(ref.turn))?.turn
      // The first of that turn: requests and the calls they lead to start in the same order.
      const ref = refs.find((candidate) => candidate.turn === turn && !this.isClaimed(candidate))
      if (ref) return this.claim(ref)
    }
    return null
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
  const only = onlyValue(request.arguments)
  if (only !== undefined) keys.push(bareKey(request.tool, only))
  return keys
}

/** LangChain hands `{"city": "Paris"}` to a tool of one argument as `Paris`, and that is what its tracer records. */
export function onlyValue(value: Json): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const values = Object.values(value)
  return values.length === 1 ? values[0] : undefined
}

const exactKey = (tool: string, value: Json): string => `${tool}\u0000${canonicalJson(value)}`
const bareKey = (tool: string, value: Json): string => `${tool}\u0001${canonicalJson(value)}`

function addTo(map: Map<string, RequestRef[]>, key: string, ref: RequestRef): void {
  const refs = map.get(key)
  if (refs) refs.push(ref)
  else map.set(key, [ref])
}
