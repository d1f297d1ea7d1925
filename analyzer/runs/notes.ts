import type { SpanId } from '../model/span.ts'
import { keyOf } from './deduplicate.ts'
import type { RunPlan } from './plan-runs.ts'
import { endOf, startOf, TIE_NS } from './time.ts'
import { NO_NODE, type TraceTree } from './trace-tree.ts'

/**
 * What is odd in the spans of a run, in sentences for the user. Empty if nothing is. `renamed` is as `deduplicate`
 * gives it.
 */
export function notesOf(tree: TraceTree, plan: RunPlan, renamed: ReadonlyMap<string, SpanId>): string[] {
  const notes: string[] = []
  const spans = plan.members.map((i) => tree.records[i]!.span)

  if (plan.rootIsMissing) {
    notes.push('The root span of this run has not arrived. Its start and end are those of the spans that have.')
  }
  if (plan.trees > 1) {
    notes.push(`The spans of this run have no common root: ${plan.trees} trees of one trace are shown as one run.`)
  }
  for (const { name, traceId, spanId } of spans) {
    const id = renamed.get(keyOf(traceId, spanId))
    if (id === undefined) continue
    notes.push(`Two different spans have the id ${id}. The later one, “${name}”, is shown under the id ${spanId}.`)
  }
  const incomplete = spans.filter((span) => span.droppedAttributesCount > 0)
  if (incomplete.length > 0) {
    const dropped = incomplete.reduce((sum, span) => sum + span.droppedAttributesCount, 0)
    notes.push(
      `The SDK dropped ${counted(dropped, 'attribute')} of ${counted(incomplete.length, 'span')} before export, so ` +
        'messages, arguments or results may be missing. Raise OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT (128 unless set).',
    )
  }
  const root = plan.root === NO_NODE ? undefined : tree.records[plan.root]!.span
  const outside = root
    ? spans.filter((span) => startOf(span) < startOf(root) - TIE_NS || endOf(span) > endOf(root) + TIE_NS)
    : []
  if (outside.length > 0) {
    notes.push(
      `${counted(outside.length, 'span')} began before the root span or ended after it. The run lasts from the first ` +
        'start to the last end; if the spans are from several machines, their clocks may disagree.',
    )
  }
  return notes
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
