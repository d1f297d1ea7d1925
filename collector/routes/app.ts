// The table of routes. `app.request()` answers without a socket.

import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Health } from '../../analyzer/model/api.ts'
import { RPC_CODES } from '../otlp/encode-answer.ts'
import { countSpans } from '../store/count-spans.ts'
import { streamEvents } from './events.ts'
import { dropSignal, exportTraces } from './export-traces.ts'
import { guard } from './guard.ts'
import { MAX_BODY_BYTES, TOO_LARGE } from './read-body.ts'
import type { RouteContext } from './route-context.ts'
import { getRun, listRuns } from './runs.ts'
import { serveUi, tellToBuild } from './static-ui.ts'
import { answerStatus } from './status-answer.ts'

export function createApp(context: RouteContext): Hono {
  const app = new Hono()
  app.use(guard(context))

  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => answerStatus(c, 413, RPC_CODES.resourceExhausted, TOO_LARGE),
  })
  app.post('/v1/traces', limit, exportTraces(context))
  app.post('/v1/logs', limit, dropSignal(context, 'logs'))
  app.post('/v1/metrics', limit, dropSignal(context, 'metrics'))
  for (const path of ['/v1/traces', '/v1/logs', '/v1/metrics']) app.all(path, postOnly)
  app.all('/v1/*', (c) => answerStatus(c, 404, RPC_CODES.unimplemented, `there is no ${c.req.path}, use /v1/traces`))

  app.use('/api/*', async (c, next) => {
    await next()
    // Live data; the event stream has said so itself.
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
  })
  app.get('/api/runs', listRuns(context))
  app.get('/api/runs/:runId', getRun(context))
  app.get('/api/events', streamEvents(context))
  app.get('/api/health', (c) => {
    const health: Health = { version: context.version, database: context.store.file, ...countSpans(context.store) }
    return c.json(health)
  })
  app.all('/api/*', (c) => c.json({ message: `there is no ${c.req.method} ${c.req.path}` }, 404))

  app.use('*', serveUi(context.uiDir))
  app.get('/', tellToBuild)
  app.onError((error, c) => {
    context.warn(`${c.req.method} ${c.req.path} failed: ${error.stack ?? error.message}`)
    const message = `Tailrace failed: ${error.message}`
    return c.req.path.startsWith('/v1/') ? answerStatus(c, 500, RPC_CODES.internal, message) : c.json({ message }, 500)
  })
  return app
}

function postOnly(c: Context): Response {
  const message = `${c.req.path} takes POST, not ${c.req.method}`
  return answerStatus(c, 405, RPC_CODES.unimplemented, message, { Allow: 'POST' })
}
