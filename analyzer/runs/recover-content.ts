// What a tool's own span does not say, the models around it often do: the request holds the call's id and its arguments,
// and the next turn was given its result.

import { isTruncated } from '../conventions/truncation.ts'
import type { Json } from '../model/json.ts'
import type { GivenResult } from '../model/record.ts'
import type { CallDraft, TurnDraft } from './drafts.ts'
import type { Link } from './link-calls.ts'

export interface CallContent {
  readonly callId: string | null
  readonly arguments: Json | undefined
  readonly result: Json | undefined
  readonly truncated: boolean
}

/** Per call: its id, arguments and result, from its span first and from the messages of the turns around it second. */
export function recoverContent(
  turns: readonly TurnDraft[],
  calls: readonly CallDraft[],
  links: readonly Link[],
): CallContent[] {
  const given = turns.map((turn) => turn.record.input.flatMap((message) => message.results))
  const byId = given.map((results) => new Map(results.map((item) => [item.id, item.result])))
  const byOrder = resultsByOrder(turns, calls, links, given)

  return calls.map((call, c) => {
    const { turn, request: r } = links[c]!
    const request = r === null ? undefined : turns[turn]?.requests[r]
    const ordered = byOrder.get(c)
    const callId = call.callId ?? request?.id ?? ordered?.id ?? null
    const own = call.record.kind === 'tool' ? call.record : undefined
    const seen = (callId === null ? undefined : resultAfter(byId, turn, callId)) ?? ordered?.result
    const result = whole(own?.result, seen)
    const args = chooseArguments(own?.arguments, request?.arguments)
    return {
      callId,
      arguments: args,
      result,
      truncated: own?.isPartial === true || isTruncated(args) || isTruncated(result),
    }
  })
}

/** The span's own, unless it was cut off and the messages hold it whole. */
const whole = (own: Json | undefined, other: Json | undefined): Json | undefined =>
  own === undefined || (isTruncated(own) && other !== undefined && !isTruncated(other)) ? other : own

/** The span's own, unless the request has names for what the span has none: unwrapped, positional, or spelled by `repr`. */
function chooseArguments(own: Json | undefined, requested: Json | undefined): Json | undefined {
  if (own === undefined) return requested
  const isNamed = (value: Json | undefined) => typeof value === 'object' && value !== null && !Array.isArray(value)
  return !isNamed(own) && isNamed(requested) ? requested : whole(own, requested)
}

/** The first later turn that was given a result for the id. Ids may be used again, so earlier turns do not count. */
function resultAfter(
  byId: readonly ReadonlyMap<string | null, Json | undefined>[],
  turn: number,
  callId: string,
): Json | undefined {
  for (let t = turn + 1; t < byId.length; t++) {
    const result = byId[t]!.get(callId)
    if (result !== undefined) return result
  }
  return undefined
}

/**
 * Where messages carry no ids: the k-th result that the next turn was newly given answers the k-th request of this one.
 * Only if there are as many new results as requests; anything else would be a guess.
 */
function resultsByOrder(
  turns: readonly TurnDraft[],
  calls: readonly CallDraft[],
  links: readonly Link[],
  given: readonly (readonly GivenResult[])[],
): Map<number, GivenResult> {
  const callsOfTurn = turns.map((): number[] => [])
  links.forEach((link, c) => {
    callsOfTurn[link.turn]?.push(c)
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
      const k = turns[t]!.requests.length > 0 ? links[c]!.request : ordinal
      const result = k === null ? undefined : added[k]
      if (result && (result.id === null || calls[c]!.callId === null)) found.set(c, result)
    })
  }
  return found
}
