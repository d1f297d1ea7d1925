import { int32Zeros, uint8Zeros } from '../base/zeros.ts'
import { isObject, type Json } from '../model/json.ts'
import type { RequestedCall } from '../model/record.ts'
import { canonicalJson } from './canonical-json.ts'
import type { CallDraft, TurnDraft } from './drafts.ts'
import { TIE_NS } from './time.ts'

/** Instead of a request: there is none. */
export const NO_REQUEST = -1

/**
 * The requests of a run's turns, each of which at most one call may claim. Calls claim in time order, so duplicates
 * (same tool, same arguments) are matched by ordinal. A request is a number, counted through all turns.
 */
export class RequestClaims {
  readonly #turns: readonly TurnDraft[]
  /** Per turn the number of its first request, and after the last that of all requests. */
  readonly #firstOf: Int32Array
  readonly #turnOf: Int32Array
  readonly #claimed: Uint8Array
  /** In turn order, under each of a request's keys. Made when first asked for: most calls are found by their ids. */
  #byArguments: Map<string, number[]> | null = null
  /** In turn order. Several under one id if a model numbers its calls anew in each turn. */
  readonly #byId = new Map<string, number | number[]>()

  constructor(turns: readonly TurnDraft[]) {
    this.#turns = turns
    this.#firstOf = int32Zeros(turns.length + 1)
    for (let t = 0; t < turns.length; t++) this.#firstOf[t + 1] = this.#firstOf[t]! + turns[t]!.requests.length
    const count = this.#firstOf[turns.length]!
    this.#turnOf = int32Zeros(count)
    this.#claimed = uint8Zeros(count)
    for (let t = 0, ref = 0; t < turns.length; t++) {
      for (const { id } of turns[t]!.requests) {
        this.#turnOf[ref] = t
        if (id !== null) this.#addId(id, ref)
        ref++
      }
    }
  }

  #addId(id: string, ref: number): void {
    const others = this.#byId.get(id)
    if (others === undefined) this.#byId.set(id, ref)
    else if (typeof others === 'number') this.#byId.set(id, [others, ref])
    else others.push(ref)
  }

  turnOf(ref: number): number {
    return this.#turnOf[ref]!
  }

  /** Its place among the requests of its turn. */
  placeOf(ref: number): number {
    return ref - this.#firstOf[this.turnOf(ref)]!
  }

  /** A request with the call's id, claimed, be it for a second time; else NO_REQUEST. Of several see `latestStarted`. */
  claimById(call: CallDraft): number {
    const refs = call.callId === null ? undefined : this.#byId.get(call.callId)
    if (refs === undefined) return NO_REQUEST
    if (typeof refs === 'number') return this.#claim(refs)
    const free = refs.filter((ref) => !this.#isClaimed(ref))
    return this.#claim(this.#latestStarted(free.length > 0 ? free : refs, call))
  }

  /** Of several turns that used one id: the latest that had started when the call did. */
  #latestStarted(refs: readonly number[], call: CallDraft): number {
    if (refs.length < 2) return refs[0]!
    return refs.findLast((ref) => this.#turns[this.turnOf(ref)]!.start <= call.start + TIE_NS) ?? refs[0]!
  }

  /**
   * A free request with the call's tool and arguments in a turn that `allows`, claimed; else NO_REQUEST. Of several turns the
   * latest or the first; of several requests of that turn the first: they and the calls they lead to start in one order.
   */
  claimByArguments(call: CallDraft, allows: (turn: number) => boolean, which: 'latest' | 'first'): number {
    if (call.record.kind !== 'tool' || call.record.arguments === undefined) return NO_REQUEST
    this.#byArguments ??= this.#listByArguments()
    for (const key of keysOfCall(call.tool, call.record.arguments)) {
      const refs = this.#byArguments.get(key) ?? []
      const isFree = (ref: number) => !this.#isClaimed(ref) && allows(this.turnOf(ref))
      const found = which === 'latest' ? refs.findLast(isFree) : refs.find(isFree)
      if (found === undefined) continue
      const turn = this.turnOf(found)
      return this.#claim(refs.find((ref) => this.turnOf(ref) === turn && !this.#isClaimed(ref))!)
    }
    return NO_REQUEST
  }

  #listByArguments(): Map<string, number[]> {
    const byArguments = new Map<string, number[]>()
    let ref = 0
    for (const { requests } of this.#turns) {
      for (const request of requests) {
        for (const key of keysOf(request)) addTo(byArguments, key, ref)
        ref++
      }
    }
    return byArguments
  }

  /** The first free request for the call's tool in `turn`, claimed; else NO_REQUEST. */
  claimByName(call: CallDraft, turn: number): number {
    const requests = this.#turns[turn]?.requests
    if (requests === undefined) return NO_REQUEST
    const first = this.#firstOf[turn]!
    const place = requests.findIndex((request, i) => request.tool === call.tool && !this.#isClaimed(first + i))
    return place < 0 ? NO_REQUEST : this.#claim(first + place)
  }

  /** Whether some call claimed the request at `place` of `turn`. */
  isAnswered(turn: number, place: number): boolean {
    return this.#isClaimed(this.#firstOf[turn]! + place)
  }

  #claim(ref: number): number {
    this.#claimed[ref] = 1
    return ref
  }

  #isClaimed(ref: number): boolean {
    return this.#claimed[ref] === 1
  }
}

function keysOf(request: RequestedCall): string[] {
  if (request.arguments === undefined) return []
  const keys = [exactKey(request.tool, request.arguments)]
  if (!isObject(request.arguments)) return keys
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

const exactKey = (tool: string, value: Json): string => `${tool}\u0000${canonicalJson(value)}`
const bareKey = (tool: string, value: Json): string => `${tool}\u0001${canonicalJson(value)}`
const positionalKey = (tool: string, values: readonly Json[]): string => `${tool}\u0002${canonicalJson([...values])}`

function addTo(map: Map<string, number[]>, key: string, ref: number): void {
  const refs = map.get(key)
  if (refs) refs.push(ref)
  else map.set(key, [ref])
}
