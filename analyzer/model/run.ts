// Runs, turns and calls as DESIGN words them. Times are milliseconds from the run's start, with fractions.
// Invariants: turns are ordered by start, `turns[i].index === i`; calls are ordered by start, then by end, then by id;
// every time is finite and end >= start; a call's `turn` is an index into `turns`, or NO_TURN.

import type { Json } from './json.ts'
import type { SpanId, TraceId } from './span.ts'

/** `turn` of a call that no model turn asked for: a program made it before or without any model call. */
export const NO_TURN = -1

/** How a call was linked to the turn that asked for it, from surest to weakest. */
export type TurnFrom = 'call-id' | 'tree' | 'time'

/**
 * The rule that linked a call to its turn, in the order in which they are tried. `call-id`: its id is in the turn's answer.
 * `parent`: it is inside the model's span. `step`: it shares a container with one model only. `graph-step`: it runs one step
 * of the graph after it. `arguments`: the turn asked for the same tool with the same arguments. `result`: the turn before
 * the first that was given its result. `before`: the latest turn that had ended. `none`: no turn asked for it.
 */
export type TurnRule = 'call-id' | 'parent' | 'step' | 'graph-step' | 'arguments' | 'result' | 'before' | 'none'

export interface Turn {
  /** Span id of the model call. */
  readonly id: SpanId
  readonly index: number
  readonly startMs: number
  /** Where the model's own time ends. Earlier than its span's end if the span stays open around the tools. */
  readonly endMs: number
  /**
   * Where the model stopped writing, if it went on beside the first of its calls: the framework starts calls as soon as their
   * arguments are complete. Absent where no call was seen to start before its model had ended, or the span stays open around them.
   */
  readonly streamedUntilMs?: number
  readonly model: string | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  /** Words that the model wrote in this turn, '' for none. */
  readonly text: string
  /** Span ids of the calls that this turn asked for, in run order. */
  readonly calls: readonly SpanId[]
}

/**
 * What a span inside a tool's span did to the world outside. `name` is the HTTP method or the database operation, `on` the
 * host, table or destination; each is '' where the span does not say. `statement` holds no values.
 */
export interface Operation {
  readonly kind: 'http' | 'database' | 'publish'
  readonly name: string
  readonly on: string
  readonly statement: string
}

/** What the definitions of one tool say of its effect: MCP's annotations, and words. */
export interface ToolDefinition {
  readonly tool: string
  /** `readOnlyHint`; absent where no definition says. */
  readonly readOnly?: boolean
  /** `destructiveHint`. */
  readonly destructive?: boolean
  /** Of at most MAX_DESCRIPTION characters; one of that length was cut. */
  readonly description: string
  /** The words that its schema lets an argument such as `action` choose from. */
  readonly actions: readonly string[]
}

export const MAX_DESCRIPTION = 2000

export interface Call {
  /** Span id of the tool execution. */
  readonly id: SpanId
  /** The model's id for it (`call_…`), null where the framework records none. */
  readonly callId: string | null
  readonly tool: string
  readonly turn: number
  readonly turnFrom: TurnFrom
  readonly turnRule: TurnRule
  readonly startMs: number
  readonly endMs: number
  readonly status: 'ok' | 'error'
  /** The error's text; null if status is ok. */
  readonly error: string | null
  /** As captured, parsed where JSON; undefined when not captured. */
  readonly arguments: Json | undefined
  readonly result: Json | undefined
  /** Arguments or result were cut off by the SDK: what is missing may be what another call needed. */
  readonly truncated: boolean
  /** Run of the agent that this call invoked, if the tool is itself an agent. */
  readonly childRunId: SpanId | null
  /** What spans inside its own did, each once; absent where none was seen. */
  readonly operations?: readonly Operation[]
}

/** Text that the model could see, apart from tool results: seen by the turn `beforeTurn` and all later ones. */
export interface VisibleText {
  readonly beforeTurn: number
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
}

/** A stretch in which the run waited for a person and for nothing else, between turns or inside a call. */
export interface Wait {
  readonly startMs: number
  readonly endMs: number
}

export interface Run {
  readonly traceId: TraceId
  /** Span id of the run's root; the id that a missing root would have, if children name it. */
  readonly runId: SpanId
  readonly parentRunId: SpanId | null
  readonly name: string
  readonly framework: string
  /** Of the process that made the spans, by its OpenTelemetry SDK; null for another, or where it does not say. */
  readonly language: 'typescript' | 'python' | null
  readonly conventions: readonly string[]
  readonly startTimeUnixNano: bigint
  /** Wall clock, waits for a person included. */
  readonly durationMs: number
  /** Disjoint, in order of time. */
  readonly waits: readonly Wait[]
  readonly turns: readonly Turn[]
  readonly calls: readonly Call[]
  /** Definitions of tools that were called, by name; absent where the spans hold none. */
  readonly tools?: readonly ToolDefinition[]
  readonly messages: readonly VisibleText[]
  /** Turns that a new message of the user's precedes, ascending; the first turn is not among them. */
  readonly turnsAfterUser: readonly number[]
  /** Whether the prompt was captured. Without it no value can be cleared as the user's own. */
  readonly promptKnown: boolean
  /** Sentences for the user about what is odd in this run's spans (a missing root, dropped attributes). */
  readonly notes: readonly string[]
}
