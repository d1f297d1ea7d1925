import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Context } from 'hono'
import { err, ok, type Result } from '../../analyzer/base/result.ts'
import { BodyCollector } from '../transport/body-collector.ts'
import type { ByteBudget } from '../transport/byte-budget.ts'
import type { Bounds } from '../transport/decompress.ts'
import { type ProgressRule, watchProgress } from '../transport/progress.ts'
import { BUSY, GONE, type Refusal, tooLarge } from '../transport/refusal.ts'

interface Rules extends Bounds {
  readonly budget: ByteBudget
  readonly progress: ProgressRule
}

/**
 * The request's body as sent. A refusal leaves what is still to come unread: the server reads and drops it after the answer.
 */
export function readBody(c: Context, rules: Rules): Promise<Result<Uint8Array<ArrayBuffer>, Refusal>> {
  const { limit, lease, budget, progress } = rules
  const announced = Number(c.req.header('content-length') ?? 0)
  if (announced > limit) return Promise.resolve(err(tooLarge(limit)))
  if (!budget.hasRoom(announced)) return Promise.resolve(err(BUSY))
  const source = sourceOf(c)
  if (source === null) return Promise.resolve(ok(new Uint8Array(0)))
  return new Promise((resolve) => {
    const collector = new BodyCollector(limit, lease, announced)
    const settle = (result: Result<Uint8Array<ArrayBuffer>, Refusal>) => {
      stopWatching()
      source.off('data', onData)
      source.pause()
      if (!result.ok) collector.drop()
      resolve(result)
    }
    const onData = (chunk: Uint8Array) => {
      const refusal = collector.push(chunk)
      if (refusal) settle(err(refusal))
    }
    const stopWatching = watchProgress(
      progress,
      () => collector.length,
      () => settle(err(tooSlow(progress))),
    )
    source.on('data', onData)
    source.once('end', () => settle(ok(collector.take())))
    // `close` without `end`: the client went away. An `error` says the same, and must have a listener.
    source.once('error', () => settle(err(GONE)))
    source.once('close', () => settle(err(GONE)))
  })
}

const tooSlow = ({ minBytes, windowMs }: ProgressRule): Refusal => ({
  kind: 'too-slow',
  message: `fewer than ${minBytes} bytes of the body came in ${windowMs / 1000} s`,
})

/** Node's own request where there is a socket, since a web stream around it costs a third more; in tests there is none. */
function sourceOf(c: Context): Readable | null {
  const { incoming } = (c.env ?? {}) as { incoming?: Readable }
  if (incoming) return incoming
  const { body } = c.req.raw
  return body && Readable.fromWeb(body as ReadableStream)
}
