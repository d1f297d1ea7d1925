import { mapped } from '../base/mapped.ts'
import type { CallEffect, Effect, EffectKind } from '../model/dependency.ts'
import type { AnalyzeOptions, ToolConfig } from '../model/options.ts'
import type { Call, Operation, Run } from '../model/run.ts'
import { argumentsChange } from './argument-effects.ts'
import { codeEffects } from './code-effects.ts'
import { argumentLeaves, type Leaf } from './leaves.ts'
import { type OperationEffect, operationEffects } from './operation-effects.ts'
import { resourcesOf } from './resources.ts'
import type { CodeEffect } from './shell-effects.ts'
import { sumsOf } from './suspects.ts'
import { configuredResources, toolConfigs } from './tool-config.ts'
import { hintsOf, type ToolHints } from './tool-hints.ts'
import { effectOfName, wordsOf } from './tool-lexicon.ts'
import { toolNumbers } from './tool-numbers.ts'

/** Names that are arithmetic whenever numbers alone go in and one comes out; `add` is a write only of something else. */
const ARITHMETIC = new Set(['add', 'sum', 'subtract', 'multiply', 'divide', 'power', 'modulo', 'round', 'max', 'min'])

/**
 * What each call does to the world, strongest source first: an override, the configuration, code in its arguments, MCP's
 * annotations, spans inside the tool's, its description, its name.
 */
export function effectsOf(run: Run, options: AnalyzeOptions, configOf = toolConfigs(options.tools)): CallEffect[] {
  const overridden = new Map<string, Effect>()
  for (const override of options.overrides) {
    if (override.kind === 'effect') overridden.set(override.tool, { kind: override.effect, from: 'override' })
  }
  const codeOf = codeEffects()
  const doneBy = operationEffects()
  const told = hintsOf(run, doneBy)
  const leaves = argumentLeaves(run.calls)
  const onlySums = sumsOf(run.calls).every((isSum) => isSum)
  const tools = toolNumbers(run.calls)
  const spoken = tools.names.map((tool) => ({ config: configOf(tool), said: overridden.get(tool) }))
  return mapped(run.calls, (call, i): CallEffect => {
    const args = leaves[i]!
    const { config, said } = spoken[tools.of[i]!]!
    const code = call.childRunId === null ? codeOf(call.tool, call.arguments) : undefined
    const found: CallEffect = {
      effect:
        said ?? configured(config) ?? coded(code) ?? hinted(call, args, told(call.tool)) ?? named(call, args, onlySums),
      resources:
        configuredResources(config, call.arguments) ??
        code?.resources ??
        firstNamed(resourcesOf(call.tool, args), call, doneBy),
    }
    // The word on an effect is the newer one, and given on this very run.
    if (said !== undefined || (config.pure !== true && config.session === undefined)) return found
    return {
      ...found,
      ...(config.pure === true ? { pure: true } : {}),
      ...(config.session !== undefined ? { session: config.session } : {}),
    }
  })
}

function configured({ effect, session, pure }: ToolConfig): Effect | undefined {
  const kind = session !== undefined ? 'session' : (effect ?? (pure === true ? 'read' : undefined))
  return kind === undefined ? undefined : { kind, from: 'config' }
}

const coded = (code: CodeEffect | undefined): Effect | undefined =>
  code === undefined ? undefined : { kind: code.kind, from: 'arguments' }

/** A host or a table is wider than the record that an argument names, so it stands in only where none is named. */
const firstNamed = (
  own: readonly string[],
  { operations }: Call,
  doneBy: (operations: readonly Operation[]) => OperationEffect | undefined,
): readonly string[] => (own.length > 0 || operations === undefined ? own : (doneBy(operations)?.resources ?? own))

/** A look by definition, spans or description is none where the arguments say otherwise. */
function hinted(call: Call, args: readonly Leaf[], hints: ToolHints): Effect | undefined {
  // What is done in a session keeps its order even if it only looks.
  if (effectOfName(call.tool) === 'session') return undefined
  const effect = hints.annotation ?? (call.childRunId === null ? hints.seen : undefined)
  return effect?.kind === 'read' && argumentsChange(call.tool, args) ? WRITE_BY_ARGUMENTS : effect
}

/** @param onlySums whether all calls of the run have numbers in and a number out. */
function named(call: Call, args: readonly Leaf[], onlySums: boolean): Effect {
  // Its name may say `analyze`; what the agent inside does is not told by it.
  if (call.childRunId !== null) return UNKNOWN
  const kind = effectOfName(call.tool)
  if (kind === 'read') return BY_NAME[argumentsChange(call.tool, args) ? 'write' : 'read']
  const name = wordsOf(call.tool)
  const isKnown = name.length === 1 && ARITHMETIC.has(name[0] as string)
  if ((isKnown || (kind === undefined && (onlySums || !isAcknowledged(call, args)))) && isArithmetic(call, args))
    return READ_BY_DEFAULT
  return kind === undefined ? UNKNOWN : BY_NAME[kind]
}

// Calls are many, and what their names tell is one of these. Reports hand them out, so nobody may change one.
const UNKNOWN: Effect = Object.freeze({ kind: 'unknown', from: 'default' })
const READ_BY_DEFAULT: Effect = Object.freeze({ kind: 'read', from: 'default' })
const WRITE_BY_ARGUMENTS: Effect = Object.freeze({ kind: 'write', from: 'arguments' })
const BY_NAME: Readonly<Record<EffectKind, Effect>> = {
  read: Object.freeze({ kind: 'read', from: 'name' }),
  write: Object.freeze({ kind: 'write', from: 'name' }),
  session: Object.freeze({ kind: 'session', from: 'name' }),
  unknown: Object.freeze({ kind: 'unknown', from: 'name' }),
}

/** Beside calls that work nothing out: a setting that is given back, or a code of success, as `tilt(10)` gives 10, or 0. */
const isAcknowledged = ({ result }: Call, leaves: readonly Leaf[]): boolean =>
  result === 0 || result === 1 || leaves.some(({ value }) => value === result)

/** Numbers in under names that say nothing, a number out: `add(2, 3)` adds to no list, `deposit(100)` changes a balance. */
function isArithmetic(call: Call, leaves: readonly Leaf[]): boolean {
  if (typeof call.result !== 'number' || call.arguments === undefined) return false
  return leaves.length > 0 && leaves.every(({ value, key }) => typeof value === 'number' && !/id$/i.test(key))
}
