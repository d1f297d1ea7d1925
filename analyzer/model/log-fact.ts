// The neutral log event: what a convention made of one log record of a coding agent. Everything after this knows no dialect.

import type { Json } from './json.ts'
import type { ChatMessage } from './record.ts'
import type { TraceId } from './span.ts'

interface FactBase {
  /** Id of the convention that read the record, and the agent's name for people. */
  readonly convention: string
  readonly framework: string
  /** What the agent calls a conversation: joins records to spans, and to one another. '' if it is not said. */
  readonly session: string
  /** The trace that the record names, null if none. */
  readonly traceId: TraceId | null
  /** When the record was written, in nanoseconds since 1970: what it tells of has just ended. */
  readonly at: bigint
  /** The agent's own numbering of its events, which decides where times are equal; null if it has none. */
  readonly sequence: number | null
  /** Id of the sub-agent that did it; null for the main agent, or if it is not said. */
  readonly agent: string | null
}

/** The user's words; '' where they were hidden. */
export interface PromptFact extends FactBase {
  readonly kind: 'prompt'
  readonly text: string
}

export interface ModelFact extends FactBase {
  readonly kind: 'model'
  /** Some agents tell of a model call twice: when the answer begins, and when it is complete. */
  readonly phase: 'whole' | 'begin' | 'end'
  /** Null if the record does not say how long it took. */
  readonly durationNs: bigint | null
  readonly requestId: string | null
  readonly model: string | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly error: string | null
}

export interface ToolFact extends FactBase {
  readonly kind: 'tool'
  readonly callId: string | null
  readonly tool: string
  readonly durationNs: bigint | null
  readonly arguments: Json | undefined
  readonly result: Json | undefined
  readonly isPartial: boolean
  readonly error: string | null
}

/** Whether a tool may run. */
export interface DecisionFact extends FactBase {
  readonly kind: 'decision'
  readonly callId: string | null
  readonly tool: string
  readonly isDenied: boolean
  /** False if the configuration or a hook decided. */
  readonly isPersons: boolean
}

/** What a model was given, or what it answered. */
export interface MessagesFact extends FactBase {
  readonly kind: 'messages'
  /** Written when the model call began, or when it ended. */
  readonly when: 'begin' | 'end'
  readonly requestId: string | null
  readonly input: readonly ChatMessage[]
  readonly output: readonly ChatMessage[]
}

export type LogFact = PromptFact | ModelFact | ToolFact | DecisionFact | MessagesFact
