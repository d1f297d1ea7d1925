// The one table of coding agents' log records. Records that none of them knows may be events of a span: see log-event.ts.

import type { LogRecord } from '../model/log.ts'
import type { LogFact } from '../model/log-fact.ts'
import type { Span } from '../model/span.ts'
import { claudeCodeLogs } from './claude-code-logs.ts'
import { codexEvents, codexLogs } from './codex-logs.ts'
import { copilotLogs } from './copilot-logs.ts'
import { geminiCliLogs } from './gemini-cli-logs.ts'
import type { LogConvention } from './log-convention.ts'
import { eventNameOf } from './log-event.ts'

export const logConventions: readonly LogConvention[] = [claudeCodeLogs, codexLogs, geminiCliLogs, copilotLogs]

/** Records that a span has as its events: Codex CLI writes the same into both, without content into its spans. */
export const logsInSpan = (span: Span): LogRecord[] => codexEvents(span)

/** Whether `logsInSpan` holds any. */
export const holdsLogs = (span: Span): boolean => span.events.length > 0 && logsInSpan(span).length > 0

/** Whether a coding agent wrote the record, in words of its own. Its GenAI events are what they are anywhere. */
export const isAgentsOwn = (log: LogRecord): boolean => {
  const name = eventNameOf(log)
  return !name.startsWith('gen_ai.') && conventionOf(log, name) !== undefined
}

/** What the record tells, by the first convention that knows it; null if none does, or if it tells nothing of a run. */
export function factOf(log: LogRecord): LogFact | null {
  const name = eventNameOf(log)
  return conventionOf(log, name)?.read(log, name) ?? null
}

const conventionOf = (log: LogRecord, name: string): LogConvention | undefined =>
  logConventions.find((convention) => convention.recognises(log, name))
