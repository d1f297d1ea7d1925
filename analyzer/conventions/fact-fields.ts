// What all coding agents' log records have, under one name or another.

import type { LogRecord } from '../model/log.ts'
import type { LogFact } from '../model/log-fact.ts'
import { numberOf, textAmong, textOf } from './attributes.ts'
import { timeOfLog } from './log-event.ts'

type FactBase = Pick<LogFact, 'convention' | 'framework' | 'session' | 'traceId' | 'at' | 'sequence' | 'agent'>

const SESSION_KEYS = [
  'session.id',
  'gen_ai.conversation.id',
  'conversation.id',
  'copilot_chat.chat_session_id',
  'copilot_chat.session_id',
]

/** The conversation that attributes name; '' for none. The resource stands for a whole process, so it is asked last. */
export const sessionOf = ({ attributes, resource }: Pick<LogRecord, 'attributes' | 'resource'>): string =>
  textAmong(attributes, SESSION_KEYS) ?? textAmong(resource, SESSION_KEYS) ?? ''

export const factBase = (log: LogRecord, convention: string, framework: string): FactBase => ({
  convention,
  framework,
  session: sessionOf(log),
  traceId: log.traceId,
  at: timeOfLog(log),
  sequence: numberOf(log.attributes, 'event.sequence'),
  agent: textOf(log.attributes, 'agent_id', 'agent.id'),
})

/** `duration_ms` in nanoseconds; null if it is absent or nonsense. */
export function durationOf(log: LogRecord): bigint | null {
  const ms = numberOf(log.attributes, 'duration_ms')
  return ms === null || ms < 0 || ms > Number.MAX_SAFE_INTEGER / 1e6 ? null : BigInt(Math.round(ms * 1e6))
}

/** Null if the record says `success`; else why it failed, by the first of `keys` that says. */
export function failureOf(log: LogRecord, ...keys: readonly string[]): string | null {
  if (textOf(log.attributes, 'success') !== 'false') return null
  return textAmong(log.attributes, keys) ?? 'failed, without a message'
}
