import { type Span, STATUS_ERROR } from '../model/span.ts'
import { textOf } from './attributes.ts'

/** A stack trace, or the blank line that some SDKs put before one. */
const STACK = /\r?\n(?:\s*\r?\n|\s*at\s|\s*Traceback|\s*File ")[\s\S]*$/

/** What is thrown to stop a run until a person has answered (LangGraph's `interrupt`): nothing failed. */
const INTERRUPT = /^(?:langgraph\.errors\.)?(?:GraphInterrupt|NodeInterrupt|GraphBubbleUp)\b/

/**
 * Why the span failed, without the stack; null if it did not. A span failed if its status says so, or if it has an
 * `exception` event or an `error.type`: some SDKs set the status to OK all the same. One that was interrupted, to be
 * resumed with a person's answer, did not fail.
 */
export function errorOf(span: Span): string | null {
  const exception = span.events.length === 0 ? undefined : span.events.findLast(({ name }) => name === 'exception')
  const errorType = textOf(span.attributes, 'error.type')
  if (span.status.code !== STATUS_ERROR && !exception && errorType === null) return null

  const message = exception && textOf(exception.attributes, 'exception.message')
  const type = exception && textOf(exception.attributes, 'exception.type')
  if ([type, errorType, message, span.status.message].some((said) => said && INTERRUPT.test(said))) return null
  const text = message || span.status.message || type || errorType || 'failed, without a message'
  return text.replace(STACK, '').trim()
}
