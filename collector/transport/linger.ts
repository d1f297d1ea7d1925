// After an answer that came before the end of the request. A client that is still sending has its answer on the way; were the
// connection ended now, the answer could be lost with it (RFC 9112, section 9.6). So the rest is read and dropped, for as
// long as it comes.

import type { Readable } from 'node:stream'
import { MAX_BODY_BYTES } from './limits.ts'
import { PROGRESS, type ProgressRule, watchProgress } from './progress.ts'

/** Of one request: more than any that is only a little too large. */
const MAX_BYTES = 2 * MAX_BODY_BYTES

/** Reads `source` to its end. True if it came; false if the client has left, has stopped sending or sends without end. */
export function linger(source: Readable, rule: ProgressRule = PROGRESS): Promise<boolean> {
  if (source.readableEnded) return Promise.resolve(true)
  if (source.destroyed) return Promise.resolve(false)
  return new Promise((resolve) => {
    let received = 0
    const settle = (hasEnded: boolean) => {
      stopWatching()
      source.off('data', onData)
      resolve(hasEnded)
    }
    const onData = (chunk: Uint8Array) => {
      received += chunk.length
      if (received > MAX_BYTES) settle(false)
    }
    const stopWatching = watchProgress(
      rule,
      () => received,
      () => settle(false),
    )
    // Whoever began to read is done with it. A web stream would keep all that comes, and stop the request each time it is full.
    source.removeAllListeners('data')
    source.on('data', onData)
    source.once('end', () => settle(true))
    source.once('error', () => settle(false))
    source.once('close', () => settle(false))
    source.resume()
  })
}
