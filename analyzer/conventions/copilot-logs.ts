// GitHub Copilot's log events, of VS Code and of its CLI. Its spans are those of the GenAI conventions, so the records only
// add to them: what a model said, and how a tool failed.

import type { LogRecord } from '../model/log.ts'
import type { LogFact } from '../model/log-fact.ts'
import { textOf } from './attributes.ts'
import { COPILOT, copilot, isCopilots } from './copilot.ts'
import { durationOf, factBase, failureOf } from './fact-fields.ts'
import type { LogConvention } from './log-convention.ts'
import { DETAILS, inputIn, outputIn } from './message-events.ts'

export const copilotLogs: LogConvention = {
  id: copilot.id,
  recognises: (log, name) =>
    name.startsWith('copilot_chat.') || name.startsWith('github.copilot.') || (name === DETAILS && isCopilot(log)),
  read,
}

const isCopilot = (log: LogRecord): boolean =>
  isCopilots(log.scope.name) || isCopilots(textOf(log.resource, 'service.name') ?? '')

function read(log: LogRecord, name: string): LogFact | null {
  const { attributes } = log
  const base = factBase(log, copilot.id, COPILOT)
  if (name === DETAILS) {
    const requestId = textOf(attributes, 'gen_ai.response.id')
    const [input, output] = [inputIn(attributes), outputIn(attributes)]
    return { ...base, kind: 'messages', when: 'end', requestId, input, output }
  }
  if (!name.endsWith('.tool.call')) return null
  return {
    ...base,
    kind: 'tool',
    callId: textOf(attributes, 'gen_ai.tool.call.id'),
    tool: textOf(attributes, 'gen_ai.tool.name') ?? 'unknown tool',
    durationNs: durationOf(log),
    arguments: undefined,
    result: undefined,
    isPartial: false,
    error: failureOf(log, 'error.type', 'error'),
  }
}
