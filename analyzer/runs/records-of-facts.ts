// Runs of agents that write log records and no spans: one agent record per prompt, and inside it what came before the next.

import type { DecisionFact, LogFact, PromptFact, ToolFact } from '../model/log-fact.ts'
import type { AgentRecord, SpanRecord, ToolRecord } from '../model/record.ts'
import type { SpanId } from '../model/span.ts'
import type { Timed, Timeline } from './fact-timeline.ts'
import type { FilledModel } from './join-facts.ts'
import { nestFacts } from './nest-facts.ts'
import type { SpanMaker } from './synthetic-spans.ts'
import { endOf, maxOf, minOf, startOf, TIE_NS } from './time.ts'

interface Untold extends Omit<Timeline, 'models' | 'messages'> {
  readonly models: readonly FilledModel[]
  /** When model calls ended, those that have spans among them. */
  readonly answeredAt: readonly bigint[]
}

type TimedTool = ToolFact & Timed
type TimedDecision = DecisionFact & Timed
type Item = FilledModel | TimedTool | TimedDecision

/** `agents` are those that have spans: what happened while one of them was at work is put inside it. */
export function recordsOfFacts(untold: Untold, agents: readonly AgentRecord[], maker: SpanMaker): SpanRecord[] {
  const records: SpanRecord[] = []
  const items: Item[] = [
    ...untold.models,
    ...untold.tools,
    ...denied(untold).map((fact): TimedTool => ({ ...fact, start: fact.at, end: fact.at })),
    ...waitsOf(untold),
  ].sort(byStart)
  const segments = new Map<string, { agent: AgentRecord | null; prompt: PromptFact | null; items: Item[] }>()
  for (const item of items) {
    const agent = smallestAround(agents, item)
    const prompt = agent ? null : (untold.prompts.findLast(({ at }) => at <= item.start + TIE_NS) ?? null)
    const key = agent ? agent.span.spanId : `prompt ${prompt ? untold.prompts.indexOf(prompt) : 'before all'}`
    const segment = segments.get(key) ?? { agent, prompt, items: [] }
    segments.set(key, segment)
    segment.items.push(item)
  }
  for (const { agent, prompt, items: own } of segments.values()) {
    const made = agent === null ? agentRecord(prompt, own, maker) : null
    if (made) records.push(made)
    records.push(...recordsInside((agent ?? made)!.span.spanId, own, maker))
  }
  return records
}

function agentRecord(prompt: PromptFact | null, items: readonly Item[], maker: SpanMaker): AgentRecord {
  const { convention, framework } = items[0]!
  const started = items.map(({ start }) => start).reduce(minOf)
  const start = prompt ? minOf(prompt.at, started) : started
  const end = items.map((item) => item.end).reduce(maxOf)
  const span = maker.make(`agent ${prompt?.at ?? started}`, framework, null, start, end)
  const text = prompt?.text ?? ''
  const input = text === '' ? [] : [{ role: 'user' as const, text, calls: [], results: [] }]
  return { kind: 'agent', span, convention, framework, error: null, name: framework, input }
}

/** Items in order of start. */
function recordsInside(agent: SpanId, items: readonly Item[], maker: SpanMaker): SpanRecord[] {
  const work = items.filter((item) => item.kind !== 'decision')
  const parents = nestFacts(work)
  const ids: SpanId[] = []
  const idOfCall = new Map<string, SpanId>()
  // A container starts before what it contains, so its id is there when it is asked for.
  const records = work.map((item, i): SpanRecord => {
    const parent = parents[i]! < 0 ? agent : ids[parents[i]!]!
    const record = item.kind === 'model' ? modelRecord(item, parent, maker) : toolRecord(item, parent, maker)
    ids[i] = record.span.spanId
    if (item.kind === 'tool' && item.callId !== null) idOfCall.set(item.callId, ids[i]!)
    return record
  })
  for (const wait of items) {
    if (wait.kind !== 'decision') continue
    const { convention, framework } = wait
    const call =
      wait.callId === null ? undefined : work.find((item) => item.kind === 'tool' && item.callId === wait.callId)
    // Some agents count the wait as a part of the tool's time.
    const isInside = call !== undefined && call.start < wait.end
    const parent = isInside ? idOfCall.get(wait.callId!)! : agent
    const start = isInside ? maxOf(wait.start, call.start) : wait.start
    const span = maker.make(`wait ${wait.callId ?? wait.at}`, 'waiting for the user', parent, start, wait.end)
    records.push({ kind: 'group', part: 'wait', span, convention, framework, error: null })
  }
  return records
}

function modelRecord(fact: FilledModel, parent: SpanId, maker: SpanMaker): SpanRecord {
  const { convention, framework, model, inputTokens, outputTokens, input, output, error } = fact
  const name = model === null ? 'model' : `model ${model}`
  const span = maker.make(`model ${fact.requestId ?? fact.at}`, name, parent, fact.start, fact.end)
  const hasContent = input.length + output.length > 0
  const known = { model, inputTokens, outputTokens, input, output, hasContent }
  return { kind: 'model', span, convention, framework, error, ...known, step: null }
}

function toolRecord(fact: TimedTool, parent: SpanId, maker: SpanMaker): ToolRecord {
  const { convention, framework, tool, callId, arguments: args, result, isPartial, error } = fact
  const span = maker.make(`tool ${callId ?? `${tool} ${fact.at}`}`, tool, parent, fact.start, fact.end)
  return {
    kind: 'tool',
    span,
    convention,
    framework,
    tool,
    callId,
    arguments: args,
    result,
    isPartial,
    error,
    step: null,
  }
}

/** Calls that were asked for and never ran. */
function denied({ decisions, tools }: Untold): ToolFact[] {
  const ran = new Set(tools.map(({ callId }) => callId))
  return decisions
    .filter(({ isDenied, callId }) => isDenied && (callId === null || !ran.has(callId)))
    .map(
      (fact): ToolFact => ({
        ...fact,
        kind: 'tool',
        durationNs: 0n,
        arguments: undefined,
        result: undefined,
        isPartial: false,
        error: fact.isPersons ? 'rejected by the user' : 'rejected by the configuration',
      }),
    )
}

/**
 * A person was asked when the model had answered, or when the question before had been decided.
 *
 *   model     |====|
 *   decision               1    2
 *   waits          |.......|....|
 */
function waitsOf({ decisions, answeredAt }: Untold): TimedDecision[] {
  const ends = [...answeredAt].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const waits: TimedDecision[] = []
  let next = 0
  let since: bigint | null = null
  for (const decision of decisions) {
    for (; next < ends.length && ends[next]! <= decision.at; next++)
      since = since === null ? ends[next]! : maxOf(since, ends[next]!)
    if (decision.isPersons && since !== null && since < decision.at)
      waits.push({ ...decision, start: since, end: decision.at })
    since = since === null ? null : maxOf(since, decision.at)
  }
  return waits
}

function smallestAround(agents: readonly AgentRecord[], item: Timed): AgentRecord | null {
  let best: AgentRecord | null = null
  for (const agent of agents) {
    const [start, end] = [startOf(agent.span), endOf(agent.span)]
    if (item.start < start - TIE_NS || item.end > end + TIE_NS) continue
    if (best === null || end - start < endOf(best.span) - startOf(best.span)) best = agent
  }
  return best
}

const byStart = (a: LogFact & Timed, b: LogFact & Timed): number => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)
