// The table of routes. `app.request()` answers without a socket.

import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import type { Health } from '../../analyzer/model/api.ts'
import { RPC_CODES } from '../otlp/encode-answer.ts'
import { countSpans } from '../store/count-spans.ts'
import { forgetOverride, saveOverride } from '../store/overrides.ts'
import { authorize } from './authorize.ts'
import { streamEvents } from './events.ts'
import { exportSignal } from './export-signal.ts'
import { guard } from './guard.ts'
import { isOtlpPath } from './otlp-path.ts'
import type { RouteContext } from './route-context.ts'
import { getRun, listRuns } from './runs.ts'
import { serveUi, tellToBuild } from './static-ui.ts'
import { answerStatus } from './status-answer.ts'
import { changeOverride } from './user-words.ts'

const SIGNALS = ['traces', 'logs', 'metrics'] as const

/** One override, with room for a long name. */
const limitBody = bodyLimit({
  maxSize: 16_384,
  onError: (c) => c.json({ message: 'the override is too large' }, 413),
})

export function createApp(context: RouteContext): Hono {
  const app = new Hono()
  app.use(guard(context))
  // Before the token: a browser's preflight carries none.
  const allowOrigin = cors({ origin: [...context.corsOrigins], allowMethods: ['POST'], maxAge: 600 })
  app.use('/v1/*', (c, next) =>
    context.corsOrigins.includes(c.req.header('origin') ?? '') ? allowOrigin(c, next) : next(),
  )
  app.use(authorize(context))

  for (const signal of SIGNALS) {
    app.post(`/v1/${signal}`, exportSignal(context, signal))
    app.all(`/v1/${signal}`, postOnly)
  }
  // Every failure under an OTLP path is a Status, /v1development/profiles included.
  app.all('/v1/*', noSuchSignal)
  app.all('/v1development/*', noSuchSignal)

  app.use('/api/*', async (c, next) => {
    await next()
    // Live data; the event stream has said so itself.
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
  })
  app.get('/api/runs', listRuns(context))
  app.get('/api/runs/:runId', getRun(context))
  app.put('/api/runs/:runId/overrides', limitBody, changeOverride(context, saveOverride))
  app.delete('/api/runs/:runId/overrides', limitBody, changeOverride(context, forgetOverride))
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
    return isOtlpPath(c.req.path) ? answerStatus(c, 500, RPC_CODES.internal, message) : c.json({ message }, 500)
  })
  return app
}

function noSuchSignal(c: Context): Response {
  return answerStatus(
    c,
    404,
    RPC_CODES.unimplemented,
    `there is no ${c.req.path}, use /v1/traces, /v1/logs or /v1/metrics`,
  )
}

function postOnly(c: Context): Response {
  const message = `${c.req.path} takes POST, not ${c.req.method}`
  return answerStatus(c, 405, RPC_CODES.unimplemented, message, { Allow: 'POST' })
}
