// Where each argument of a call came from, one colour per value, so that prompt, result and argument can be marked alike.
// Where a value came from is the report's word. For the eye, a value from the prompt or from an earlier argument is looked
// for there, verbatim, so that the place can be shown; written in another form it is named without one.

import type { Json } from '../../analyzer/model/json.ts'
import type { ReportCall, ReportRun } from '../../analyzer/model/report.ts'
import { childPath } from './jsonPath.ts'
import type { Mark } from './prettyJson.ts'

export interface ArgumentOrigin {
  readonly path: string
  readonly value: Json
  readonly from:
    | { readonly kind: 'result'; readonly callId: string; readonly path: string; readonly transform: string }
    | { readonly kind: 'argument'; readonly callId: string; readonly path: string }
    | { readonly kind: 'message'; readonly index: number; readonly role: string; readonly text: string }
    /** In the prompt, but not in these letters. */
    | { readonly kind: 'prompt' }
    | { readonly kind: 'model' }
  readonly tint: number
}

/** How many marking colours the styles hold. */
export const TINTS = 6

/** Leaves in the order of the arguments. At most `maxLeaves`: beyond that a list helps nobody. */
export function argumentOrigins(run: ReportRun, call: ReportCall, maxLeaves = 60): ArgumentOrigin[] {
  const flows = run.dependencies
    .filter((d) => d.to === call.id)
    .flatMap((d) =>
      d.evidence.filter((e) => e.origin === 'result' && e.toPath !== '').map((e) => ({ from: d.from, e })),
    )
  const origins: ArgumentOrigin[] = []
  const tintOf = new Map<string, number>()
  const tint = (key: string): number => {
    const known = tintOf.get(key) ?? tintOf.size % TINTS
    tintOf.set(key, known)
    return known
  }
  for (const leaf of leaves(call.arguments, maxLeaves)) {
    const mine = flows.filter(
      ({ e }) => e.toPath === leaf.path || e.toPath.startsWith(`${leaf.path}.`) || e.toPath.startsWith(`${leaf.path}[`),
    )
    for (const { from, e } of mine) {
      const place = { kind: 'result', callId: from, path: e.fromPath, transform: e.transform } as const
      origins.push({ path: leaf.path, value: e.value, from: place, tint: tint(leaf.path + JSON.stringify(e.value)) })
    }
    if (mine.length > 0) continue
    const from = sourceOf(run, call, leaf, maxLeaves)
    const shown = from.kind === 'message' || from.kind === 'argument'
    origins.push({ ...leaf, from, tint: shown ? tint(JSON.stringify(leaf.value)) : -1 })
  }
  return origins
}

function sourceOf(
  run: ReportRun,
  call: ReportCall,
  leaf: { readonly path: string; readonly value: Json },
  maxLeaves: number,
): ArgumentOrigin['from'] {
  const said = call.origins.find((origin) => origin.path === leaf.path)
  const [producer] = said?.producers ?? []
  // The user called the pair independent: the dependency is gone, where the value came from is not.
  if (producer !== undefined) return { kind: 'result', callId: producer, path: '', transform: 'none' }
  if (said?.origin === 'prompt') return findInMessages(run, call, leaf.value) ?? { kind: 'prompt' }
  if (said?.origin === 'argument') return findInArguments(run, call, leaf.value, maxLeaves) ?? { kind: 'prompt' }
  return { kind: 'model' }
}

/** The marks for the call's own arguments. */
export function argumentMarks(origins: readonly ArgumentOrigin[]): Mark[] {
  return origins
    .filter((origin) => origin.tint >= 0)
    .map((origin) => ({ path: origin.path, text: asText(origin.value), tint: origin.tint }))
}

/** The marks for the result of an earlier call that the arguments draw on. */
export function resultMarks(origins: readonly ArgumentOrigin[], callId: string): Mark[] {
  return origins.flatMap((origin) =>
    origin.from.kind === 'result' && origin.from.callId === callId && origin.tint >= 0
      ? [{ path: origin.from.path, text: asText(origin.value), tint: origin.tint }]
      : [],
  )
}

/** A value as it would stand in a sentence. */
export function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function findInMessages(run: ReportRun, call: ReportCall, value: Json): ArgumentOrigin['from'] | null {
  const text = asText(value)
  // One or two characters are in every prompt.
  if (text.length < 3 || value === null || typeof value === 'boolean') return null
  for (const [index, message] of (run.messages ?? []).entries()) {
    if (call.turn >= 0 && message.beforeTurn > call.turn) continue
    if (message.text.includes(text)) return { kind: 'message', index, role: message.role, text }
  }
  return null
}

/** An argument of an earlier turn that was the same: the model had said it before. */
function findInArguments(
  run: ReportRun,
  call: ReportCall,
  value: Json,
  maxLeaves: number,
): ArgumentOrigin['from'] | null {
  const text = asText(value)
  if (text.length < 3 || typeof value === 'boolean') return null
  for (const earlier of run.calls) {
    if (earlier.turn >= call.turn) continue
    const same = leaves(earlier.arguments, maxLeaves).find((leaf) => asText(leaf.value) === text)
    if (same !== undefined) return { kind: 'argument', callId: earlier.id, path: same.path }
  }
  return null
}

function leaves(value: Json | undefined, max: number): { path: string; value: Json }[] {
  if (value === undefined) return []
  const found: { path: string; value: Json }[] = []
  const stack: { path: string; value: Json }[] = [{ path: '$', value }]
  for (let at = stack.pop(); at !== undefined && found.length < max; at = stack.pop()) {
    if (at.value === null || typeof at.value !== 'object') {
      found.push(at)
      continue
    }
    const children: [string | number, Json][] = Array.isArray(at.value)
      ? (at.value as readonly Json[]).map((child, index) => [index, child])
      : Object.entries(at.value as { readonly [key: string]: Json })
    for (const [key, child] of children.reverse()) stack.push({ path: childPath(at.path, key), value: child })
  }
  return found
}
