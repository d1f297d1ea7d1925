// The analyzer's public face, and the library that `import 'tailrace'` gives.

export { type AnalyzeInput, analyze } from './analyze.ts'
export { configOfOverrides } from './config-of-overrides.ts'
export { defineConfig, type TailraceConfig } from './model/config.ts'
export type { Json } from './model/json.ts'
export type { LogRecord } from './model/log.ts'
export { type AnalyzeOptions, DEFAULT_OPTIONS, type Override, type Rung, type ToolConfig } from './model/options.ts'
export type * from './model/report.ts'
export { REPORT_SCHEMA } from './model/report.ts'
export type { Attributes, AttributeValue, Span, SpanId, TraceId } from './model/span.ts'
export type { Telemetry } from './model/telemetry.ts'
export { reanalyze } from './reanalyze.ts'
