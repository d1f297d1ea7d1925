// Log facts in order of time, with the start of each: a record says when something ended and perhaps how long it took.

import type { DecisionFact, LogFact, MessagesFact, ModelFact, PromptFact, ToolFact } from '../model/log-fact.ts'
import { maxOf, minOf } from './time.ts'

export interface Timed {
  readonly start: bigint
  readonly end: bigint
}

export interface Timeline {
  readonly prompts: readonly PromptFact[]
  readonly models: readonly (ModelFact & Timed)[]
  readonly tools: readonly (ToolFact & Timed)[]
  readonly decisions: readonly DecisionFact[]
  readonly messages: readonly MessagesFact[]
}

const KINDS: readonly LogFact['kind'][] = ['prompt', 'messages', 'model', 'decision', 'tool']

/** The order in which things happened; of equal times, the agent's numbers decide, then what can only come first. */
export function byTimeOfFact(a: LogFact, b: LogFact): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1
  if (a.sequence !== null && b.sequence !== null && a.sequence !== b.sequence) return a.sequence - b.sequence
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)
}

/** `facts` of one conversation, in any order. */
export function timelineOf(facts: readonly LogFact[]): Timeline {
  const sorted = [...facts].sort(byTimeOfFact)
  const models: (ModelFact & Timed)[] = []
  const tools = new Map<string, ToolFact & Timed>()
  /** Per agent: the model call that has begun, and the end of what was last. */
  const open = new Map<string | null, ModelFact & Timed>()
  const last = new Map<string | null, bigint>()

  const close = (agent: string | null) => {
    const begun = open.get(agent)
    if (begun) models.push(begun)
    open.delete(agent)
  }
  for (const fact of sorted) {
    if (fact.kind === 'model') {
      const start = startOf(fact, last)
      if (fact.phase === 'end') {
        const begun = open.get(fact.agent)
        open.delete(fact.agent)
        models.push(begun ? completed(begun, fact) : { ...fact, start, end: fact.at })
      } else {
        close(fact.agent)
        const timed = { ...fact, start, end: fact.at }
        if (fact.phase === 'begin') open.set(fact.agent, timed)
        else models.push(timed)
      }
    } else if (fact.kind === 'tool') {
      const key = fact.callId ?? `${tools.size}`
      const timed = { ...fact, start: startOf(fact, last), end: fact.at }
      const other = fact.callId === null ? undefined : tools.get(key)
      tools.set(key, other ? sameCall(other, timed) : timed)
    }
    if (fact.kind !== 'messages') last.set(fact.agent, maxOf(fact.at, last.get(fact.agent) ?? fact.at))
  }
  for (const agent of [...open.keys()]) close(agent)
  return {
    prompts: sorted.filter((fact) => fact.kind === 'prompt'),
    models: models.sort(byStart),
    tools: [...tools.values()].sort(byStart),
    decisions: sorted.filter((fact) => fact.kind === 'decision'),
    messages: sorted.filter((fact) => fact.kind === 'messages'),
  }
}

/** A model call without a duration began when what was before it had ended; a tool took no time that we know of. */
function startOf(fact: ModelFact | ToolFact, last: ReadonlyMap<string | null, bigint>): bigint {
  if (fact.durationNs !== null) return fact.at - fact.durationNs
  return fact.kind === 'model' ? (last.get(fact.agent) ?? fact.at) : fact.at
}

const completed = (begun: ModelFact & Timed, end: ModelFact): ModelFact & Timed => ({
  ...begun,
  phase: 'whole',
  end: end.at,
  requestId: begun.requestId ?? end.requestId,
  model: begun.model ?? end.model,
  inputTokens: end.inputTokens ?? begun.inputTokens,
  outputTokens: end.outputTokens ?? begun.outputTokens,
  error: end.error ?? begun.error,
})

/** Told of twice, as by a log record and by a span's event that has no content. */
const sameCall = (a: ToolFact & Timed, b: ToolFact & Timed): ToolFact & Timed => ({
  ...a,
  start: minOf(a.start, b.start),
  end: maxOf(a.end, b.end),
  arguments: a.arguments ?? b.arguments,
  result: a.result ?? b.result,
  isPartial: a.isPartial || b.isPartial,
  error: a.error ?? b.error,
})

const byStart = (a: Timed, b: Timed): number => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)
