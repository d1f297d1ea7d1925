// The report: the one document that the collector's API, the command line, the library and the UI share.
// `analyzer/report.schema.json` is the same shape as a JSON Schema; a test holds them together.
// Times inside a run are milliseconds from its start, with fractions. Field names are DESIGN's.

import type { DependencyKind, Effect, Evidence, ModeReason, Origin, VerdictWord } from './dependency.ts'
import type { Json } from './json.ts'
import type { Learnt } from './learnt.ts'
import type { Override, PriceTable, RuleId, RuleOptions, Rung, Silence, ToolConfig } from './options.ts'
import type { PairReason } from './pair-reason.ts'

export type { RuleId }

import type { Operation, ToolDefinition, TurnFrom, TurnRule, VisibleText } from './run.ts'
import type { SpanId, TraceId } from './span.ts'

export const REPORT_SCHEMA = 'tailrace.report/1'

export interface Report {
  readonly schema: typeof REPORT_SCHEMA
  readonly options: ReportOptions
  readonly runs: readonly ReportRun[]
  readonly patterns: readonly Pattern[]
}

/** The options that shaped the figures, so that a report can be read and recomputed on its own. */
export interface ReportOptions {
  readonly rung: Rung
  readonly threshold: number
  /** Null for no cap. */
  readonly concurrency: number | null
  /** Per resource, as a name or pattern. */
  readonly resourceCaps: Readonly<Record<string, number>>
  /** In ms, for every call that a schedule starts beside others it did not run beside. */
  readonly callOverheadMs: number
  /** How many times as long such a call takes. At least 1. */
  readonly contention: number
  readonly prices: PriceTable | null
  readonly overrides: readonly Override[]
  readonly rules: RuleOptions
  readonly silence: readonly Silence[]
  /** What the configuration says of tools, by name or pattern. */
  readonly tools: Readonly<Record<string, ToolConfig>>
}

export interface ReportRun {
  readonly traceId: TraceId
  readonly runId: SpanId
  readonly parentRunId: SpanId | null
  readonly name: string
  readonly framework: string
  readonly language: 'typescript' | 'python' | null
  readonly conventions: readonly string[]
  /** ISO 8601 in UTC with nine digits of fraction: no nanosecond is lost. */
  readonly startTime: string
  readonly durationMs: number
  readonly waitingForUserMs: number
  readonly waits: readonly { readonly startMs: number; readonly endMs: number }[]
  readonly coverage: {
    readonly turns: number
    readonly calls: number
    readonly withArguments: number
    readonly withResults: number
  }
  readonly notes: readonly string[]
  /** What the model could see apart from results; left out with `--no-content`. */
  readonly messages?: readonly VisibleText[]
  /** What definitions say of the tools that were called; left out where there are none, and with `--no-content`. */
  readonly tools?: readonly ToolDefinition[]
  /** Indices of turns that a new message of the user's precedes, ascending; the first turn is not among them. */
  readonly turnsAfterUser: readonly number[]
  readonly promptKnown: boolean
  readonly turns: readonly ReportTurn[]
  readonly calls: readonly ReportCall[]
  readonly dependencies: readonly ReportDependency[]
  readonly verdicts: readonly ReportVerdict[]
  /** Pairs that a claim rests on beyond the 20,000 listed. */
  readonly verdictsOmitted: number
  /** How well the model of the run reproduces what was measured. Nothing is claimed when `ok` is false. */
  readonly replay: {
    readonly measuredMs: number
    readonly simulatedMs: number
    /** |simulated - measured| / measured; 0 for a run of no length. */
    readonly error: number
    readonly ok: boolean
    /** Where it does not fit, '' when ok. */
    readonly reason: string
  }
  readonly schedules: {
    readonly actual: ReportSchedule
    readonly overlap: ReportSchedule
    readonly batch: ReportSchedule
    readonly plan: ReportSchedule
    /** The longest chain of dependencies alone: no turn, no gap, no cap. Nothing can beat it. */
    readonly bound: ReportSchedule
  }
  readonly serialized: {
    readonly rung: Rung
    /** Actual minus achievable, trusting only verdicts above the threshold: budgets and headlines use this. */
    readonly ms: number
    /** The same with `unknown` counted as independent. upToMs >= ms. */
    readonly upToMs: number
    /** ms as a share of the actual duration, in [0, 1]. */
    readonly share: number
    readonly tokens: number
    /** Price of those tokens, in the currency of the options; null where a model's price or token count is not known. */
    readonly cost: number | null
  }
  /** Turns with calls, in order, joined while they share a batch, share a program, or are sequential work: the run read as a plan. */
  readonly stretches: readonly Stretch[]
  /** What the model's time is made of, by the run's own turns: the price of a turn that takes over calls. */
  readonly modelLatency: readonly ModelLatency[]
  /** What a faster tool would be worth to the actual run: those on its critical path, the most valuable first, at most ten. */
  readonly speedups: readonly Speedup[]
  readonly findings: readonly Finding[]
  /** Findings that the configuration silenced. */
  readonly silenced: number
  /** What earlier runs of the agent say that counted here; left out where there are none, or they say nothing. */
  readonly learnt?: Learnt
}

export interface ReportTurn {
  readonly id: SpanId
  readonly index: number
  readonly startMs: number
  readonly endMs: number
  /** Where the model stopped writing, if calls of the turn were started before that. */
  readonly streamedUntilMs?: number
  readonly model: string | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  /** Left out with `--no-content`. */
  readonly text?: string
  readonly calls: readonly SpanId[]
}

/**
 * The way of working that fits. parallel: independent calls, at the same time. code: values only pass through the model, so
 * a program could make the calls. sequential: adaptive or stateful work.
 */
export type Mode = 'parallel' | 'code' | 'sequential'

/** Consecutive turns that one mode fits. */
export interface Stretch {
  readonly mode: Mode
  /** Indices in `turns`, both inclusive. */
  readonly firstTurn: number
  readonly lastTurn: number
  /** The most frequent one. */
  readonly reason: ModeReason
  /** The reason, or the two most frequent, as a person reads it, such as `each step reacts to an error`. */
  readonly text: string
  /** Indices in `turns` of others whose calls go together with these; left out where there is none. */
  readonly withTurns?: readonly number[]
  readonly calls: readonly SpanId[]
}

export interface ModelLatency {
  readonly model: string | null
  /** Time to the first token, in ms. */
  readonly firstTokenMs: number
  /** Milliseconds per output token. */
  readonly msPerToken: number
  /** `default` where the run has too few turns that differ. */
  readonly from: 'fit' | 'default'
}

export interface Speedup {
  readonly tool: string
  readonly calls: number
  /** Sum of its calls. */
  readonly totalMs: number
  /** How much sooner the actual run would end if each of its calls took 25 %, 50 % or 100 % less time. Exact on the graph. */
  readonly savedMs: { readonly by25: number; readonly by50: number; readonly by100: number }
}

export interface ReportCall {
  readonly id: SpanId
  readonly callId: string | null
  readonly tool: string
  readonly turn: number
  readonly turnFrom: TurnFrom
  /** The rule behind `turnFrom`. */
  readonly turnRule: TurnRule
  readonly startMs: number
  readonly endMs: number
  readonly status: 'ok' | 'error'
  /** Null if status is ok; empty with `--no-content`. */
  readonly error: string | null
  readonly arguments?: Json
  readonly result?: Json
  /** Arguments or result were cut off by the SDK. */
  readonly truncated: boolean
  readonly childRunId: SpanId | null
  /** Requests, statements and messages inside its span; left out where there are none, and with `--no-content`. */
  readonly operations?: readonly Operation[]
  /** Where each leaf of the arguments came from, in their order; empty when they were not captured. */
  readonly origins: readonly ArgumentOrigin[]
  readonly effect: Effect
  /** Left empty with `--no-content`: they hold values of arguments. */
  readonly resources: readonly string[]
  /** How far the call can slip in the actual schedule before the run's end moves. */
  readonly slackMs: number
  /** How much earlier the actual run would end if the call took no time. */
  readonly dragMs: number
  readonly mode: Mode
  readonly modeReason: ModeReason
}

/** Where one leaf of a call's arguments came from. */
export interface ArgumentOrigin {
  /** JSON path in the arguments, such as `$.rooms[0].id`. */
  readonly path: string
  readonly origin: Origin
  /** Calls whose results hold the value, for origin `result`. */
  readonly producers: readonly SpanId[]
}

export interface ReportDependency {
  readonly from: SpanId
  readonly to: SpanId
  readonly kind: DependencyKind
  readonly confidence: number
  readonly evidence: readonly Evidence[]
}

export interface ReportVerdict {
  readonly a: SpanId
  readonly b: SpanId
  readonly verdict: VerdictWord
  readonly confidence: number
  /** Why nothing is said, for `unknown`. */
  readonly reason?: PairReason
}

export interface Placement {
  readonly id: SpanId
  readonly startMs: number
  readonly endMs: number
}

/**
 * One link of a critical path. A gap carries the id of the turn or call that waited; the run's own for its tail. A `wait` is
 * for a person.
 */
export interface PathSegment {
  readonly kind: 'turn' | 'call' | 'gap' | 'wait'
  readonly id: SpanId
  readonly startMs: number
  readonly endMs: number
  /** Of a gap. `queueing`: other calls of the same turn were running by then. `framework`: nothing else explains it. */
  readonly cause?: 'queueing' | 'framework'
}

export interface ReportSchedule {
  /** Waits for a person left out. Trusts only verdicts above the threshold. */
  readonly durationMs: number
  /** With `unknown` counted as independent. durationMs >= bestCaseMs. */
  readonly bestCaseMs: number
  readonly turnsRemoved: number
  readonly tokensRemoved: number
  /** Price of those tokens, in the currency of the options; null where a model's price or token count is not known. */
  readonly costRemoved: number | null
  /** Turns and calls that are in this schedule. A turn that is not here was removed. */
  readonly placements: readonly Placement[]
  /** In time order, without holes, from the run's start to the schedule's end. */
  readonly criticalPath: readonly PathSegment[]
  /** Per turn and call of this schedule, as in ReportCall for the actual one. */
  readonly slack: readonly { readonly id: SpanId; readonly slackMs: number; readonly dragMs: number }[]
}

export type Severity = 'error' | 'warning' | 'info'

export interface Finding {
  readonly rule: RuleId
  readonly severity: Severity
  readonly calls: readonly SpanId[]
  /** low trusts only verdicts above the threshold; high also counts `unknown` as independent. */
  readonly savedMs: { readonly low: number; readonly high: number }
  readonly savedTokens: number
  readonly confidence: number
  /** One line, with the user's own tool names. */
  readonly title: string
  /** Sentences in a person's words. */
  readonly evidence: readonly string[]
  readonly fix: { readonly summary: string; readonly code: string }
  /**
   * Where other findings are about some of the same calls: their places in the run's list, and what all of them together
   * save. Only of findings that a schedule has: not of `duplicate-call`, `late-start` and `over-capacity`.
   */
  readonly together?: {
    readonly findings: readonly number[]
    readonly savedMs: { readonly low: number; readonly high: number }
  }
}

export interface Pattern {
  readonly rule: RuleId
  readonly tools: readonly string[]
  readonly runs: number
  readonly share: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly totalMs: number
  readonly exampleRunIds: readonly SpanId[]
}
