// What a run's spans say of each tool beside its name: annotations, operations inside its spans, a description.

import type { Effect } from '../model/dependency.ts'
import type { Operation, Run, ToolDefinition } from '../model/run.ts'
import { effectOfDescription } from './description-effects.ts'
import type { OperationEffect } from './operation-effects.ts'
import { effectOfName } from './tool-lexicon.ts'

export interface ToolHints {
  readonly annotation: Effect | undefined
  /** By spans, else by description. */
  readonly seen: Effect | undefined
}

/**
 * The hints of each tool of `run`. A tool is what any of its calls did: one that only looked this time (found nothing to
 * delete) may do more the next. So spans in which nothing was changed clear no tool whose name or description tells of a
 * deed, and no description clears such a name; an annotation does.
 */
export function hintsOf(
  run: Run,
  effectOf: (operations: readonly Operation[]) => OperationEffect | undefined,
): (tool: string) => ToolHints {
  const definitions = new Map((run.tools ?? []).map((definition) => [definition.tool, definition]))
  const operations = new Map<string, Operation[]>()
  for (const call of run.calls) {
    if (call.operations === undefined) continue
    const known = operations.get(call.tool)
    if (known === undefined) operations.set(call.tool, [...call.operations])
    else known.push(...call.operations)
  }
  const known = new Map<string, ToolHints>()
  return (tool) => {
    let hints = known.get(tool)
    if (hints === undefined) {
      const definition = definitions.get(tool)
      hints = {
        annotation: annotated(definition),
        seen: seen(tool, effectOf(operations.get(tool) ?? [])?.kind, definition),
      }
      known.set(tool, hints)
    }
    return hints
  }
}

/** `destructiveHint` means something only where `readOnlyHint` is not true; of a contradiction the worse half is taken. */
function annotated(definition: ToolDefinition | undefined): Effect | undefined {
  if (definition?.readOnly === false || definition?.destructive === true) return { kind: 'write', from: 'annotation' }
  return definition?.readOnly === true ? { kind: 'read', from: 'annotation' } : undefined
}

function seen(
  tool: string,
  done: OperationEffect['kind'] | undefined,
  definition: ToolDefinition | undefined,
): Effect | undefined {
  if (done === 'write') return { kind: 'write', from: 'spans' }
  const described = definition === undefined ? undefined : effectOfDescription(definition)
  const name = effectOfName(tool)
  const isDeed = name === 'write' || (described !== undefined && described !== 'read')
  if (done === 'read' && !isDeed) return { kind: 'read', from: 'spans' }
  if (described === undefined || (described === 'read' && name === 'write')) return undefined
  return { kind: described, from: 'description' }
}
