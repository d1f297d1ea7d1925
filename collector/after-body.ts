// Answers that come before the end of a request: what is still to come is read first or last, so that no answer is lost.

import type { IncomingMessage } from 'node:http'
import { linger } from './transport/linger.ts'
import type { ProgressRule } from './transport/progress.ts'

/** The answer, once the client has sent all it has; a client that has stopped gets it then. */
export async function afterBody(
  answer: Response | Promise<Response>,
  incoming: IncomingMessage,
  rule: ProgressRule,
): Promise<Response> {
  const response = await answer
  if (!incoming.complete) await linger(incoming, rule)
  return response
}

/** The connection can be used again after the rest of the request; it ends if that does not come. */
export async function endAfterBody(incoming: IncomingMessage, rule: ProgressRule): Promise<void> {
  // What is there and unread Node drops itself, and no `end` tells of it. The next request may be under way by then.
  if (incoming.complete || (await linger(incoming, rule)) || incoming.complete) return
  incoming.socket.destroySoon()
}
