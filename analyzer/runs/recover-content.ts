// What a tool's own span does not say, the models around it often do: the request holds the call's id and its arguments,
// and the next turn was given its result.

import { uint8Zeros } from '../base/zeros.ts'
import { isTruncated } from '../conventions/truncation.ts'
import { isObject, type Json } from '../model/json.ts'
import type { GivenResult, RequestedCall, ToolRecord } from '../model/record.ts'
import type { CallDraft, TurnDraft } from './drafts.ts'
import type { Links } from './link-calls.ts'
import { NO_REQUEST } from './request-claims.ts'

export interface CallContent {
  readonly callId: string | null
  readonly arguments: Json | undefined
  readonly result: Json | undefined
  readonly truncated: boolean
}

/** Per call: its id, arguments and result, from its span first and from the messages of the turns around it second. */
export function recoverContent(turns: readonly TurnDraft[], calls: readonly CallDraft[], links: Links): CallContent[] {
  const contents = new Array<CallContent>(calls.length)
  const needed = new Set<string>()
  const isCut = uint8Zeros(calls.length)
  const unsure: number[] = []
  let someWithout = false
  for (let c = 0; c < calls.length; c++) {
    const { record, callId: ownId } = calls[c]!
    const result = record.kind === 'tool' ? record.result : undefined
    if (isTruncated(result)) isCut[c] = 1
    else if (record.kind === 'tool' && saysAll(record)) {
      const { callId, arguments: args, isPartial } = record
      contents[c] = { callId, arguments: args, result, truncated: isPartial === true }
      continue
    }
    unsure.push(c)
    if (isCut[c] === 0 && ownId !== null && result !== undefined) continue
    const callId = ownId ?? requestOf(turns, links, c)?.id ?? null
    if (callId !== null && (result === undefined || isCut[c] === 1)) needed.add(callId)
    if (callId === null || result === undefined) someWithout = true
  }
  const byId = resultsById(turns, needed)
  const byOrder = someWithout ? resultsByOrder(turns, calls, links) : new Map<number, GivenResult>()

  for (const c of unsure) {
    const call = calls[c]!
    const own = call.record.kind === 'tool' ? call.record : undefined
    const request = requestOf(turns, links, c)
    const ordered = byOrder.get(c)
    const callId = call.callId ?? request?.id ?? ordered?.id ?? null
    const given = callId === null ? undefined : byId.get(callId)
    const seen = (given === undefined ? undefined : resultAfter(given, links.turns[c]!)) ?? ordered?.result
    const result = whole({ value: own?.result, isCut: isCut[c] === 1 }, seen)
    const args = chooseArguments(own?.arguments, request?.arguments)
    contents[c] = {
      callId,
      arguments: args.value,
      result: result.value,
      truncated: own?.isPartial === true || args.isCut || result.isCut,
    }
  }
  return contents
}

/** Whether the messages have nothing to add, but for an end of the result; so it is of most calls. */
const saysAll = ({ callId, arguments: args, result }: ToolRecord): boolean =>
  callId !== null && result !== undefined && isObject(args) && !isTruncated(args)

function requestOf(turns: readonly TurnDraft[], links: Links, call: number): RequestedCall | undefined {
  const request = links.requests[call]!
  return request === NO_REQUEST ? undefined : turns[links.turns[call]!]?.requests[request]
}

interface GivenAt {
  readonly turn: number
  readonly result: Json
}

/** The captured results for these call ids, each with the turn that was given it, in order of turns. */
function resultsById(turns: readonly TurnDraft[], ids: ReadonlySet<string>): Map<string, GivenAt[]> {
  const byId = new Map<string, GivenAt[]>()
  if (ids.size === 0) return byId
  turns.forEach(({ record }, turn) => {
    for (const { results } of record.input) {
      for (const { id, result } of results) {
        if (id === null || result === undefined || !ids.has(id)) continue
        const others = byId.get(id)
        if (others) others.push({ turn, result })
        else byId.set(id, [{ turn, result }])
      }
    }
  })
  return byId
}

/** A value with whether its end is missing, which is found by walking through all of it. */
interface Captured {
  readonly value: Json | undefined
  readonly isCut: boolean
}

const captured = (value: Json | undefined): Captured => ({ value, isCut: isTruncated(value) })

/** The span's own, unless it was cut off and the messages hold it whole. */
function whole(own: Captured, other: Json | undefined): Captured {
  if (own.value === undefined) return captured(other)
  return own.isCut && other !== undefined && !isTruncated(other) ? { value: other, isCut: false } : own
}

/** The span's own, unless the request has names for what the span has none: unwrapped, positional, or spelled by `repr`. */
function chooseArguments(own: Json | undefined, requested: Json | undefined): Captured {
  if (own === undefined || (!isObject(own) && isObject(requested))) return captured(requested)
  return whole(captured(own), requested)
}

/** What the first later turn was given for the id; of several the last. Ids may be used again, so earlier turns do not count. */
function resultAfter(given: readonly GivenAt[], turn: number): Json | undefined {
  let low = 0
  let high = given.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (given[middle]!.turn <= turn) low = middle + 1
    else high = middle
  }
  const first = given[low]?.turn
  while (low + 1 < given.length && given[low + 1]!.turn === first) low++
  return given[low]?.result
}

/**
 * Where messages carry no ids: the k-th result that the next turn was newly given answers the k-th request of this one.
 * Only if there are as many new results as requests; anything else would be a guess.
 */
function resultsByOrder(
  turns: readonly TurnDraft[],
  calls: readonly CallDraft[],
  links: Links,
): Map<number, GivenResult> {
  const given = turns.map((turn) => turn.record.input.flatMap((message) => message.results))
  const callsOfTurn = turns.map((): number[] => [])
  links.turns.forEach((turn, c) => {
    callsOfTurn[turn]?.push(c)
  })
  const found = new Map<number, GivenResult>()
  for (let t = 0; t + 1 < turns.length; t++) {
    const [before, after] = [given[t]!, given[t + 1]!]
    const asked = turns[t]!.requests.length || callsOfTurn[t]!.length
    const added = after.length - before.length === asked ? after.slice(before.length) : after
    if (asked === 0 || added.length !== asked) continue
    const starts = new Set(callsOfTurn[t]!.map((c) => calls[c]!.start))
    // Without requests the calls' own order has to do, and calls that started together have none.
    if (turns[t]!.requests.length === 0 && starts.size < asked) continue
    callsOfTurn[t]!.forEach((c, ordinal) => {
      const k = turns[t]!.requests.length > 0 ? links.requests[c]! : ordinal
      const result = k === NO_REQUEST ? undefined : added[k]
      if (result && (result.id === null || calls[c]!.callId === null)) found.set(c, result)
    })
  }
  return found
}
