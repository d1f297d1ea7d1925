// The four kinds of record, each made in one place: all records of a kind have their fields in one order, which is what
// keeps reading a hundred thousand of them fast, and no convention forgets one.

import type { AgentRecord, ChatMessage, GroupRecord, ModelRecord, SpanRecord, ToolRecord } from '../model/record.ts'

/** What every record says, whatever its kind. */
export type RecordBase = Pick<SpanRecord, 'span' | 'convention' | 'framework' | 'error'>

/** `base` with another error. */
export const withError = ({ span, convention, framework }: RecordBase, error: string | null): RecordBase => ({
  span,
  convention,
  framework,
  error,
})

type ToolFields = Pick<ToolRecord, 'tool' | 'callId' | 'arguments' | 'result'> & { readonly step?: number | null }

export const asTool = (base: RecordBase, of: ToolFields): ToolRecord => ({
  span: base.span,
  convention: base.convention,
  framework: base.framework,
  error: base.error,
  kind: 'tool',
  tool: of.tool,
  callId: of.callId,
  arguments: of.arguments,
  result: of.result,
  step: of.step ?? null,
})

type ModelFields = Pick<ModelRecord, 'model' | 'inputTokens' | 'outputTokens' | 'input' | 'output'> & {
  readonly step?: number | null
}

export const asModel = (base: RecordBase, of: ModelFields): ModelRecord => ({
  span: base.span,
  convention: base.convention,
  framework: base.framework,
  error: base.error,
  kind: 'model',
  model: of.model,
  inputTokens: of.inputTokens,
  outputTokens: of.outputTokens,
  input: of.input,
  output: of.output,
  hasContent: of.input.some(holdsSomething) || of.output.some(holdsSomething),
  step: of.step ?? null,
})

/**
 * `input` is called when somebody reads it, at most once: what an agent was given is often all of its conversation, and
 * counts only where no model's span says what it was given.
 */
export function asAgent(base: RecordBase, name: string, input: () => readonly ChatMessage[]): AgentRecord {
  let read: readonly ChatMessage[] | null = null
  return {
    span: base.span,
    convention: base.convention,
    framework: base.framework,
    error: base.error,
    kind: 'agent',
    name,
    get input() {
      read ??= input()
      return read
    },
  }
}

export const asGroup = (base: RecordBase, isStep = false): GroupRecord => ({
  span: base.span,
  convention: base.convention,
  framework: base.framework,
  error: base.error,
  kind: 'group',
  isStep,
})

/** Messages whose content was hidden keep their roles. */
const holdsSomething = (message: ChatMessage): boolean =>
  message.text !== '' ||
  message.calls.some((call) => call.arguments !== undefined) ||
  message.results.some((given) => given.result !== undefined)
