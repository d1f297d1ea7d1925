// The neutral record: what a convention made of one span. Everything after this knows no dialect.

import type { Json } from './json.ts'
import type { Span } from './span.ts'

/** One tool call inside a model's message. `id` is null where the framework records none. */
export interface RequestedCall {
  readonly id: string | null
  readonly tool: string
  readonly arguments: Json | undefined
}

/** One tool result inside a message that the model was given. */
export interface GivenResult {
  readonly id: string | null
  readonly result: Json | undefined
}

/** One chat message, in or out of a model. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  /** The text parts, joined by newlines; '' where there are none. */
  readonly text: string
  readonly calls: readonly RequestedCall[]
  readonly results: readonly GivenResult[]
}

interface RecordBase {
  readonly span: Span
  /** Id of the convention that read the span, e.g. `openinference`. */
  readonly convention: string
  /** Framework name for people and for fixes, e.g. `LangGraph`, `Vercel AI SDK`. */
  readonly framework: string
  /** Error text if the span failed, by status or by the framework's own sign; null if it did not. */
  readonly error: string | null
}

/** One agent invocation: may become a run. */
export interface AgentRecord extends RecordBase {
  readonly kind: 'agent'
  readonly name: string
  /** What the agent was given, where the span says so; used when no model span holds the prompt. */
  readonly input: readonly ChatMessage[]
}

/** One model call: becomes a turn. */
export interface ModelRecord extends RecordBase {
  readonly kind: 'model'
  readonly model: string | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  /** Messages in, oldest first. Empty when content was not captured: see `hasContent`. */
  readonly input: readonly ChatMessage[]
  readonly output: readonly ChatMessage[]
  readonly hasContent: boolean
  /** A step number that the framework gives its nodes (LangGraph's `langgraph_step`): tools of step k+1 belong to the model of step k. */
  readonly step: number | null
}

/** One tool execution: becomes a call. */
export interface ToolRecord extends RecordBase {
  readonly kind: 'tool'
  readonly tool: string
  readonly callId: string | null
  /** Undefined when not captured, which is not the same as an empty object. */
  readonly arguments: Json | undefined
  readonly result: Json | undefined
  /** Set where only a part of the arguments or of the result was captured, and the values do not show it. */
  readonly isPartial?: boolean
  readonly step: number | null
}

/** A span that groups others and does nothing itself (a step, a chain, a graph node), or that no convention knows. */
export interface GroupRecord extends RecordBase {
  readonly kind: 'group'
  /** Set for a container of one turn that may hold the containers of later turns too (Genkit's `generate`). */
  readonly isStep?: boolean
  /**
   * `wait`: all of its time was a person's, who was asked for leave or for words. `execution`: the work of the tool that it is
   * directly inside of. If either failed, so did that tool.
   */
  readonly part?: 'wait' | 'execution'
}

export type SpanRecord = AgentRecord | ModelRecord | ToolRecord | GroupRecord
