import { affinityOf } from './key-affinity.ts'
import type { Holders, Look, Needle } from './look.ts'
import type { Hit } from './pattern-places.ts'

/**
 * Where the call's own arguments hold the leaf. With a `role`, only what is called alike: a call given `adults: 2` that returns
 * `room: 2`, or `Room 2 is free`, does not repeat the two.
 */
export function echoOf(needle: Needle, call: number, holders: Holders, look: Look, role?: string): Hit | undefined {
  const own = look.argumentsOf(call)
  if (own < 0 || !holdsAscending(holders.arguments, own)) return undefined
  const { index } = look
  let entry = index.first(needle.pattern)
  while (entry >= 0 && index.documentOf(entry) < own) entry = index.next(entry)
  for (; entry >= 0 && index.documentOf(entry) === own; entry = index.next(entry)) {
    const hit = index.hitOf(entry)
    if (role === undefined || affinityOf({ key: hit.key, context: [] }, { key: role, context: [] }) > 0) return hit
  }
  return undefined
}

function holdsAscending(list: readonly number[], wanted: number): boolean {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return list[low] === wanted
}
