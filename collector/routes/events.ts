import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { RunsEvent } from '../../analyzer/model/api.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import type { RouteContext } from './route-context.ts'

/** A comment at least this often tells both ends that the other is there, in milliseconds. */
const HEARTBEAT_MS = 15_000

/** A page that has not taken this many changes is not reading: it is let go, and reconnects when it wakes. */
const MAX_PENDING = 10_000

/** GET /api/events: `runs` events with the traces that have new spans, until one of the two sides goes. */
export function streamEvents(
  { events }: Pick<RouteContext, 'events'>,
  heartbeatMs = HEARTBEAT_MS,
): (c: Context) => Response {
  return (c) =>
    streamSSE(c, async (stream) => {
      const pending = new Set<TraceId>()
      let isOver = false
      let wake = () => {}
      const end = () => {
        isOver = true
        wake()
      }
      const unsubscribe = events.subscribe({
        changed(traceIds) {
          for (const id of traceIds) pending.add(id)
          if (pending.size > MAX_PENDING) end()
          else wake()
        },
        closed: end,
      })
      stream.onAbort(end)
      // Half-closed connections are answered (see serve.ts), so a page that leaves shows as an end, not as an abort.
      const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
      incoming?.socket.once('end', end)
      // Sends the headers now, and asks for a quick return if the server restarts.
      await stream.write('retry: 1000\n\n')
      while (!isOver) {
        if (pending.size > 0) {
          const data: RunsEvent = { traceIds: [...pending] }
          pending.clear()
          await stream.writeSSE({ event: 'runs', data: JSON.stringify(data) })
          continue
        }
        const wasWoken = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(false), heartbeatMs)
          wake = () => {
            clearTimeout(timer)
            resolve(true)
          }
        })
        if (!wasWoken) await stream.write(': still here\n\n')
      }
      unsubscribe()
    })
}
