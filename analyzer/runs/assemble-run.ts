import { mapped } from '../base/mapped.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { ChatMessage, SpanRecord } from '../model/record.ts'
import { type Call, NO_TURN, type Run, type Turn } from '../model/run.ts'
import type { Attributes, SpanId } from '../model/span.ts'
import { type Drafts, draftsOf } from './drafts.ts'
import { clockNotes, turnsGivenResult } from './given-results.ts'
import { linkCalls, turnFromOf } from './link-calls.ts'
import { cutOffNotes, lostCallNotes, notesOf } from './notes.ts'
import type { PersonWait, PersonWaits } from './person-waits.ts'
import type { RunPlan } from './plan-runs.ts'
import { recoverContent } from './recover-content.ts'
import { endOf, maxOf, minOf, msBetween, startOf } from './time.ts'
import type { ToolsOfTrace } from './tools-of-trace.ts'
import { NO_NODE, type TraceTree } from './trace-tree.ts'
import type { Askers } from './tree-askers.ts'
import { readVisible } from './visible-text.ts'
import { gapsForUser } from './waits.ts'

/**
 * The run that `plan` describes, with its waits between turns only. `askers` is `askersByTree(tree)`; `renamed` as
 * `deduplicate` gives it, `said` as `personWaits` does, `tools` as `toolsOfTrace`. A plan has at least one member.
 */
export function assembleRun(
  tree: TraceTree,
  plan: RunPlan,
  askers: Askers,
  renamed: ReadonlyMap<string, SpanId>,
  said: PersonWaits,
  tools: ToolsOfTrace,
): Run {
  const drafts = draftsOf(tree, plan.members)
  const given = turnsGivenResult(drafts.turns, drafts.calls)
  const links = linkCalls(drafts.turns, drafts.calls, askers, given)
  const { turnEnds, streamEnds } = links
  const contents = recoverContent(drafts.turns, drafts.calls, links)
  const extent = extentOf(tree, plan, drafts)
  const { start, end } = extent
  const ms = (time: bigint) => msBetween(start, time)

  const calls = mapped(drafts.calls, (draft, c): Call => {
    const { record } = draft
    const content = contents[c]!
    const turnRule = links.rules[c]!
    const call: Call = {
      id: record.span.spanId,
      callId: content.callId,
      arguments: content.arguments,
      result: content.result,
      truncated: content.truncated,
      tool: draft.tool,
      turn: links.turns[c]!,
      turnFrom: turnFromOf(turnRule),
      turnRule,
      startMs: ms(draft.start),
      endMs: ms(draft.end),
      status: record.error === null ? 'ok' : 'error',
      error: record.error,
      childRunId: plan.childRuns.get(draft.node) ?? null,
    }
    const operations = tools.operationsOf(draft.node)
    return operations === undefined ? call : { ...call, operations }
  })
  const callsOfTurn = callsOfTurns(drafts.turns.length, calls)
  const turns = mapped(drafts.turns, ({ record, start: turnStart }, index): Turn => {
    const turn: Turn = {
      id: record.span.spanId,
      index,
      startMs: ms(turnStart),
      endMs: ms(turnEnds[index]!),
      model: record.model,
      inputTokens: record.inputTokens,
      outputTokens: record.outputTokens,
      text: wordsOf(record.output),
      calls: callsOfTurn[index]!,
    }
    const streamEnd = streamEnds[index]!
    return streamEnd === null ? turn : withStreaming(turn, ms(streamEnd))
  })

  const firstTurn = drafts.turns[0]
  const visible = readVisible(
    drafts.turns,
    () => plan.agents.flatMap((i) => inputOf(tree.records[i]!)),
    () => (calls.every((call) => call.callId !== null) ? new Set(calls.map((call) => call.callId!)) : null),
    firstTurn !== undefined && drafts.calls.some((call) => call.start < firstTurn.start),
  )
  return {
    traceId: tree.records[plan.members[0]!]!.span.traceId,
    runId: plan.runId,
    parentRunId: plan.parentRunId,
    name: nameOf(tree, plan),
    framework: frameworkOf(tree, plan),
    language: languageOf(tree, plan),
    conventions: conventionsOf(tree, plan),
    startTimeUnixNano: start,
    durationMs: ms(end),
    waits: [
      ...gapsForUser(turns, calls, visible.turnsAfterUser, (t) => drafts.turns[t]!.requests.length),
      ...waitsOfScopes(tree, plan, said, extent).map((wait) => ({ startMs: ms(wait.start), endMs: ms(wait.end) })),
    ],
    turns,
    calls,
    ...tools.definitionsOf(calls),
    messages: visible.messages,
    turnsAfterUser: visible.turnsAfterUser,
    promptKnown: visible.promptKnown,
    notes: [
      ...notesOf(tree, plan, renamed, extent),
      ...clockNotes(turns, calls, given),
      ...lostCallNotes(drafts.turns, links, given),
      ...cutOffNotes(plan, drafts.turns, links),
    ],
  }
}

/** Per turn, in lists as long as they get: the report has them. */
function callsOfTurns(count: number, calls: readonly Call[]): SpanId[][] {
  const lengths = int32Zeros(count)
  for (const { turn } of calls) if (turn !== NO_TURN) lengths[turn]!++
  const callsOf: SpanId[][] = []
  for (const length of lengths) callsOf.push(new Array<SpanId>(length))
  for (let call = calls.length - 1; call >= 0; call--) {
    const { turn, id } = calls[call]!
    if (turn !== NO_TURN) callsOf[turn]![--lengths[turn]!] = id
  }
  return callsOf
}

/** What spans outside of the run's calls say. Such a span may reach beyond the run; what is outside is not of it. */
function waitsOfScopes(
  tree: TraceTree,
  plan: RunPlan,
  said: PersonWaits,
  { start, end }: PersonWait,
): readonly PersonWait[] {
  if (said.size === 0) return []
  const root = plan.root === NO_NODE || tree.records[plan.root]!.kind !== 'tool' ? [] : [plan.root]
  const scopes = plan.agents.length > 0 ? plan.agents : root
  const waits = scopes.length > 0 ? scopes.map((i) => said.get(tree.records[i]!.span.spanId)) : [said.get(null)]
  return waits
    .flatMap((found) => found ?? [])
    .map((wait) => ({ start: maxOf(wait.start, start), end: minOf(wait.end, end) }))
    .filter((wait) => wait.start < wait.end)
}

const inputOf = (record: SpanRecord) => (record.kind === 'agent' ? record.input : [])

/** From the root's start to its end, and further where a member reaches beyond: every turn and call fits inside. */
function extentOf(tree: TraceTree, plan: RunPlan, { turns, calls }: Drafts): PersonWait {
  const first = tree.records[plan.root === NO_NODE ? plan.members[0]! : plan.root]!.span
  let [start, end] = [startOf(first), endOf(first)]
  for (const drafts of [turns, calls]) {
    for (const draft of drafts) {
      if (draft.start < start) start = draft.start
      if (draft.end > end) end = draft.end
    }
  }
  return { start, end }
}

function wordsOf(output: readonly ChatMessage[]): string {
  if (output.length === 1) return output[0]!.text
  return output
    .map((message) => message.text)
    .filter((text) => text !== '')
    .join('\n')
}

/** The agent's own name and not that of the workflow around it; else the root's; else the service's. */
function nameOf(tree: TraceTree, plan: RunPlan): string {
  const agent = plan.agents.at(-1)
  const record = agent === undefined ? undefined : tree.records[agent]
  if (record?.kind === 'agent') return record.name
  const root = plan.root === NO_NODE ? undefined : tree.records[plan.root]
  if (root) return root.kind === 'tool' ? root.tool : root.span.name
  const { span } = tree.records[plan.members[0]!]!
  const service = span.resource.get('service.name')
  return typeof service === 'string' && !service.startsWith('unknown_service') ? service : span.name
}

/** The framework of most members; of the earliest among equals. */
function frameworkOf(tree: TraceTree, plan: RunPlan): string {
  const counts = new Map<string, number>()
  // Members of one framework follow one another: they are counted together.
  let at = 0
  while (at < plan.members.length) {
    const first = at
    const { framework } = tree.records[plan.members[first]!]!
    while (at < plan.members.length && tree.records[plan.members[at]!]!.framework === framework) at++
    counts.set(framework, (counts.get(framework) ?? 0) + at - first)
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

/** By the SDK's own word: OpenTelemetry's `telemetry.sdk.language`. */
function languageOf(tree: TraceTree, plan: RunPlan): Run['language'] {
  let asked: Attributes | undefined
  for (const i of plan.members) {
    const { resource } = tree.records[i]!.span
    if (resource === asked) continue
    asked = resource
    const language = resource.get('telemetry.sdk.language')
    if (language === 'nodejs' || language === 'webjs') return 'typescript'
    if (language === 'python') return 'python'
  }
  return null
}

function conventionsOf(tree: TraceTree, plan: RunPlan): string[] {
  const found = new Set<string>()
  for (const i of plan.agents) found.add(tree.records[i]!.convention)
  for (const i of plan.members) found.add(tree.records[i]!.convention)
  return [...found].sort()
}

function withStreaming({ id, index, startMs, endMs, ...rest }: Turn, streamedUntilMs: number): Turn {
  return { id, index, startMs, endMs, streamedUntilMs, ...rest }
}
