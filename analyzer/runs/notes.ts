import { mapped } from '../base/mapped.ts'
import { sessionOf } from '../conventions/session.ts'
import { CUT_OFF, DROPPED, LOST_CALLS, NO_TIME } from '../model/notes.ts'
import type { Span, SpanId } from '../model/span.ts'
import { keyOf } from './deduplicate.ts'
import type { TurnDraft } from './drafts.ts'
import type { Links } from './link-calls.ts'
import type { PersonWait } from './person-waits.ts'
import type { RunPlan } from './plan-runs.ts'
import { SYNTHETIC_SCOPE } from './synthetic-spans.ts'
import { endOf, startOf, TIE_NS } from './time.ts'
import { NO_NODE, type TraceTree } from './trace-tree.ts'

/**
 * What is odd in the spans of a run, in sentences for the user. Empty if nothing is. `renamed` is as `deduplicate`
 * gives it, `extent` is that of the run.
 */
export function notesOf(
  tree: TraceTree,
  plan: RunPlan,
  renamed: ReadonlyMap<string, SpanId>,
  extent: PersonWait,
): string[] {
  const notes: string[] = []
  const spans = mapped(plan.members, (i) => tree.records[i]!.span)
  const isDropped = spans.some((span) => span.droppedAttributesCount > 0 || (span.droppedEventsCount ?? 0) > 0)

  if (plan.members.length > 0 && spans.every((span) => span.scope.name === SYNTHETIC_SCOPE)) {
    notes.push(
      'The agent sent log records and no spans: turns and calls are made of those, and begin as long before a record as it says.',
    )
  }
  if (plan.rootIsMissing) {
    notes.push('The root span of this run has not arrived. Its start and end are those of the spans that have.')
  }
  const cut = [...(plan.root === NO_NODE ? [] : [plan.root]), ...plan.members].filter((i) => tree.cutFrom[i] !== null)
  if (cut.length > 0) {
    const names = [...new Set(cut.map((i) => `“${tree.records[i]!.span.name}”`))].sort()
    notes.push(
      `${counted(cut.length, 'span')} of this run (${names.join(', ')}) named as parent itself or a span inside it. Which ` +
        'agent it belongs to is told by call ids and times.',
    )
  }
  if (plan.trees > 1 && spans.some((span) => span.traceId !== spans[0]!.traceId)) {
    const session = sessionOf(spans[0]!)
    notes.push(
      `The ${spans.length} spans of this run have no parents and a trace each. They are shown as one run because one process ` +
        `made them${session === null ? '' : `, in the session “${session}”,`} one after another. An outer span around the ` +
        'agent would say so for certain.',
    )
  } else if (plan.trees > 1) {
    notes.push(`The spans of this run have no common root: ${plan.trees} trees of one trace are shown as one run.`)
  }
  for (const { name, traceId, spanId } of renamed.size === 0 ? [] : spans) {
    const id = renamed.get(keyOf(traceId, spanId))
    if (id === undefined) continue
    notes.push(`Two different spans have the id ${id}. The later one, “${name}”, is shown under the id ${spanId}.`)
  }
  if (isDropped) notes.push(...dropNotes(spans))
  // A time of zero is how OTLP leaves it out.
  const timeless = spans.filter((span) => span.startTimeUnixNano === 0n || span.endTimeUnixNano === 0n)
  if (timeless.length > 0) {
    const names = [...new Set(timeless.map((span) => `“${span.name}”`))].sort()
    notes.push(
      `${NO_TIME}for the start or the end of ${counted(timeless.length, 'span')}: ${names.slice(0, MAX_NAMES).join(', ')}.`,
    )
  }
  const root = plan.root === NO_NODE ? undefined : tree.records[plan.root]!.span
  const [earliest, latest] = root ? [startOf(root) - TIE_NS, endOf(root) + TIE_NS] : [0n, 0n]
  if (root && (extent.start < earliest || extent.end > latest)) {
    const outside = spans.filter((span) => startOf(span) < earliest || endOf(span) > latest)
    notes.push(
      `${counted(outside.length, 'span')} began before the root span or ended after it. The run lasts from the first ` +
        'start to the last end; if the spans are from several machines, their clocks may disagree.',
    )
  }
  return notes
}

/** What SDKs dropped for their limits: attributes, and the events in which some dialects have their messages. */
function dropNotes(spans: readonly Span[]): string[] {
  const note = (noun: string, of: (span: Span) => number, variable: string): string[] => {
    let [dropped, from] = [0, 0]
    for (const span of spans) {
      const count = of(span)
      if (count > 0) {
        dropped += count
        from++
      }
    }
    if (dropped === 0) return []
    return [
      `${DROPPED}${counted(dropped, noun)} of ${counted(from, 'span')} before export, so ` +
        `messages, arguments or results may be missing. Raise ${variable} (128 unless set).`,
    ]
  }
  return [
    ...note('attribute', (span) => span.droppedAttributesCount, 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT'),
    ...note('event', (span) => span.droppedEventsCount ?? 0, 'OTEL_SPAN_EVENT_COUNT_LIMIT'),
  ]
}

const MAX_NAMES = 4

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/**
 * A sentence if turns were given results for calls that no span stands for: for each turn its unanswered requests, those
 * whose id a later turn's messages hold a result for. Else nothing.
 */
export function lostCallNotes(
  turns: readonly TurnDraft[],
  links: Links,
  given: ReadonlyMap<string, readonly number[]>,
): string[] {
  if (given.size === 0) return []
  const lost = new Set<string>()
  turns.forEach(({ requests }, t) => {
    requests.forEach(({ id, tool }, place) => {
      if (id === null || links.claims.isAnswered(t, place)) return
      if (given.get(id)?.some((later) => later > t)) lost.add(tool)
    })
  })
  if (lost.size === 0) return []
  return [
    `${LOST_CALLS}: ${[...lost].sort().join(', ')}. Their time shows as a gap. ` +
      'Some SDKs never end the span of a tool that fails.',
  ]
}

/**
 * A sentence if the root has not arrived and neither has a turn after the last calls: the run is not over, or its end was
 * lost. Exporters that die early often lose the root alone; then the last turn is an answer.
 */
export function cutOffNotes({ rootIsMissing }: RunPlan, turns: readonly TurnDraft[], links: Links): string[] {
  const last = turns.at(-1)
  if (!rootIsMissing || last === undefined) return []
  if (last.requests.length === 0 && !links.turns.includes(turns.length - 1)) return []
  return [
    `${CUT_OFF}asked for calls, and none after it has read their results: the rest of the run is lost or still to come.`,
  ]
}
