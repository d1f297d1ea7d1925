// What a model was given and what it answered, from log records, put to the model call that they tell of.

import type { MessagesFact } from '../model/log-fact.ts'
import type { ChatMessage } from '../model/record.ts'
import type { Timed } from './fact-timeline.ts'

export interface ModelSlot extends Timed {
  readonly requestId: string | null
  input: readonly ChatMessage[]
  output: readonly ChatMessage[]
}

/** How far from a model call's start or end a record of its content may be. */
const NEAR_NS = 2_000_000_000n

/** Fills what is empty in `slots`. By the response's id, else by the nearest start or end. */
export function fillSlots(slots: readonly ModelSlot[], facts: readonly MessagesFact[]): void {
  const byId = new Map<string, ModelSlot>()
  for (const slot of slots) if (slot.requestId !== null) byId.set(slot.requestId, slot)
  for (const fact of facts) {
    const named = fact.requestId === null ? undefined : byId.get(fact.requestId)
    const slot = named ?? nearest(slots, fact)
    if (!slot) continue
    if (slot.input.length === 0) slot.input = fact.input
    if (slot.output.length === 0 || !hasCalls(slot.output)) {
      // Words alone are less than the whole answer, which may come after them.
      if (slot.output.length === 0 || hasCalls(fact.output)) slot.output = fact.output
    }
  }
}

const hasCalls = (messages: readonly ChatMessage[]): boolean => messages.some(({ calls }) => calls.length > 0)

function nearest(slots: readonly ModelSlot[], fact: MessagesFact): ModelSlot | undefined {
  let best: ModelSlot | undefined
  let bestNs = NEAR_NS + 1n
  for (const slot of slots) {
    if (fact.input.length > 0 && slot.input.length > 0) continue
    if (fact.input.length === 0 && hasCalls(slot.output)) continue
    const off = fact.at - (fact.when === 'begin' ? slot.start : slot.end)
    const distance = off < 0n ? -off : off
    if (distance >= bestNs) continue
    best = slot
    bestNs = distance
  }
  return best
}
