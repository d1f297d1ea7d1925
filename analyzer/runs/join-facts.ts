// What log records tell of one trace, joined to the records of its spans; what no span tells becomes records of its own.

import type { LogFact } from '../model/log-fact.ts'
import type { AgentRecord, ModelRecord, SpanRecord, ToolRecord } from '../model/record.ts'
import type { TraceId } from '../model/span.ts'
import { type Timeline, timelineOf } from './fact-timeline.ts'
import { matchModels, matchTools, requestIdOf } from './match-facts.ts'
import { fillSlots, type ModelSlot } from './model-slots.ts'
import { recordsOfFacts } from './records-of-facts.ts'
import { createSpanMaker } from './synthetic-spans.ts'
import { endOf, startOf } from './time.ts'

/** How long before its agent's span a prompt may have been logged, and how far clocks of one machine disagree. */
const NEAR_NS = 2_000_000_000n

/**
 * `records` are of the trace `traceId`, `facts` are of one conversation and belong to that trace. Spans are believed first: a
 * log record only fills in what they leave out.
 */
export function joinFacts(
  traceId: TraceId,
  records: readonly SpanRecord[],
  facts: readonly LogFact[],
): readonly SpanRecord[] {
  const timeline = timelineOf(facts)
  const joined = [...records]
  const toolMatches = matchTools(records, timeline.tools)
  timeline.tools.forEach((fact, f) => {
    const record = joined[toolMatches[f]!]
    if (record?.kind === 'tool') joined[toolMatches[f]!] = filledTool(record, fact)
  })
  const unmatched = joinModels(joined, timeline)
  joinPrompts(joined, timeline)

  const rest = {
    ...timeline,
    tools: timeline.tools.filter((_, f) => toolMatches[f] === -1),
    models: unmatched,
    answeredAt: timeline.models.map(({ end }) => end),
    decisions: withoutTold(timeline, toolMatches),
  }
  const maker = createSpanMaker(
    traceId,
    records.map(({ span }) => span.spanId),
  )
  return [...joined, ...recordsOfFacts(rest, agentsOf(joined), maker)]
}

/** Where a tool has a span, so has the wait for leave to run it, if there was one. */
function withoutTold(timeline: Timeline, toolMatches: readonly number[]): Timeline['decisions'] {
  const told = new Set(timeline.tools.filter((_, f) => toolMatches[f] !== -1).map(({ callId }) => callId))
  return timeline.decisions.filter(({ callId }) => callId === null || !told.has(callId))
}

function filledTool(record: ToolRecord, fact: Timeline['tools'][number]): ToolRecord {
  // The arguments of a log record are all that were given, those of a span perhaps the few that have a name.
  const isBetter = record.isPartial === true && fact.arguments !== undefined && !fact.isPartial
  return {
    ...record,
    callId: record.callId ?? fact.callId,
    arguments: isBetter ? fact.arguments : (record.arguments ?? fact.arguments),
    result: record.result ?? fact.result,
    isPartial: isBetter ? false : (record.isPartial ?? false) || (record.arguments === undefined && fact.isPartial),
    error: record.error ?? fact.error,
  }
}

export type FilledModel = Timeline['models'][number] & ModelSlot

/** Gives the model calls that no span tells of, with their content. */
function joinModels(joined: SpanRecord[], timeline: Timeline): readonly FilledModel[] {
  const matches = matchModels(joined, timeline.models)
  const spanSlots = new Map<number, ModelSlot>()
  joined.forEach((record, i) => {
    if (record.kind !== 'model') return
    const [start, end] = [startOf(record.span), endOf(record.span)]
    spanSlots.set(i, { start, end, requestId: requestIdOf(record), input: record.input, output: record.output })
  })
  const unmatched: FilledModel[] = []
  timeline.models.forEach((fact, f) => {
    const record = joined[matches[f]!]
    if (record?.kind === 'model') joined[matches[f]!] = filledModel(record, fact)
    else unmatched.push({ ...fact, input: [], output: [] })
  })
  fillSlots([...spanSlots.values(), ...unmatched], timeline.messages)
  for (const [i, { input, output }] of spanSlots) {
    const record = joined[i] as ModelRecord
    joined[i] = { ...record, input, output, hasContent: record.hasContent || input.length + output.length > 0 }
  }
  return unmatched
}

const filledModel = (record: ModelRecord, fact: Timeline['models'][number]): ModelRecord => ({
  ...record,
  model: record.model ?? fact.model,
  inputTokens: record.inputTokens ?? fact.inputTokens,
  outputTokens: record.outputTokens ?? fact.outputTokens,
  error: record.error ?? fact.error,
})

/** An agent's span that does not hold the prompt gets the one that was logged when it began. */
function joinPrompts(joined: SpanRecord[], { prompts }: Timeline): void {
  for (const { text, at } of prompts) {
    if (text === '') continue
    const i = joined.findIndex((record) => {
      if (record.kind !== 'agent' || record.input.length > 0) return false
      return startOf(record.span) - NEAR_NS <= at && at <= endOf(record.span)
    })
    const record = joined[i]
    if (record?.kind === 'agent') {
      joined[i] = { ...record, input: [{ role: 'user', text, calls: [], results: [] }] }
    }
  }
}

const agentsOf = (records: readonly SpanRecord[]): AgentRecord[] =>
  records.filter((record): record is AgentRecord => record.kind === 'agent')
