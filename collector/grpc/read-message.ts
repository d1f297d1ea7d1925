// A unary call's one message: a flag, a length of 4 bytes, and that many bytes, in HTTP/2 frames of any size.

import type { ServerHttp2Stream } from 'node:http2'
import { err, ok, type Result } from '../../analyzer/base/result.ts'
import { BodyCollector } from '../transport/body-collector.ts'
import type { ByteBudget } from '../transport/byte-budget.ts'
import type { Bounds } from '../transport/decompress.ts'
import { type ProgressRule, watchProgress } from '../transport/progress.ts'
import { BUSY, GONE, malformed, type Refusal, tooLarge } from '../transport/refusal.ts'

export interface Message {
  readonly isCompressed: boolean
  readonly bytes: Uint8Array<ArrayBuffer>
}

interface Rules extends Bounds {
  readonly budget: ByteBudget
  readonly progress: ProgressRule
}

const HEAD_BYTES = 5

/** Reads the message. What is wrong is told as soon as it is known: a length past the limit without waiting for the bytes. */
export function readMessage(stream: ServerHttp2Stream, rules: Rules): Promise<Result<Message, Refusal>> {
  const { limit, lease, budget, progress } = rules
  return new Promise((resolve) => {
    const head = Buffer.alloc(HEAD_BYTES)
    let received = 0
    let length = 0
    let collector: BodyCollector | undefined
    const settle = (result: Result<Message, Refusal>) => {
      stopWatching()
      stream.off('data', onData)
      if (!result.ok) collector?.drop()
      resolve(result)
    }
    const begin = (): Refusal | null => {
      if (head[0]! > 1) return malformed(`a message begins with flag ${head[0]}, expected 0 or 1`)
      length = head.readUInt32BE(1)
      if (length > limit) return tooLarge(limit)
      if (!budget.hasRoom(length)) return BUSY
      collector = new BodyCollector(limit, lease, length)
      return null
    }
    const take = (chunk: Uint8Array): Refusal | null => {
      const headPart = chunk.subarray(0, Math.max(0, HEAD_BYTES - received))
      head.set(headPart, Math.min(received, HEAD_BYTES))
      received += chunk.length
      if (received < HEAD_BYTES) return null
      const refusal = collector ? null : begin()
      if (refusal) return refusal
      const rest = chunk.subarray(headPart.length)
      if (collector!.length + rest.length > length) return malformed('a unary call has one message, this one has more')
      return collector!.push(rest)
    }
    const onData = (chunk: Uint8Array) => {
      const refusal = take(chunk)
      if (refusal) settle(err(refusal))
    }
    const onEnd = () => {
      if (received === 0) settle(err(malformed('the call has no message')))
      else if (collector === undefined || collector.length < length) {
        settle(err(malformed(`the message is cut off: ${received} bytes of ${HEAD_BYTES + length} came`)))
      } else settle(ok({ isCompressed: head[0] === 1, bytes: collector.take() }))
    }
    const stopWatching = watchProgress(
      progress,
      () => received,
      () => settle(err({ kind: 'too-slow', message: 'the message came too slowly, or the call was not half-closed' })),
    )
    stream.on('data', onData)
    stream.once('end', onEnd)
    stream.once('aborted', () => settle(err(GONE)))
    stream.once('close', () => settle(err(GONE)))
  })
}
