// Who may send and who may read, once a token is set. Exporters show it always. Readers show it where others than this
// machine can come: on loopback the Host and Origin checks keep web pages out, and whoever is on the machine can read the
// database file anyway.

import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { RPC_CODES } from '../otlp/encode-answer.ts'
import type { TokenCheck } from '../transport/token.ts'
import { isOtlpPath } from './otlp-path.ts'
import type { RouteContext } from './route-context.ts'
import { answerStatus } from './status-answer.ts'

/** A browser's cookie. Cookies know no ports: one name for all Tailrace servers of a host. */
const COOKIE = 'tailrace_session'

const LOGIN = 'Tailrace wants a token here. Open this page once with ?token=... at the end of its address.\n'

/** Answers 401 to who shows no token. A page opened with `?token=` gets a cookie, and its address without the token. */
export function authorize({ token, loopback }: Pick<RouteContext, 'token' | 'loopback'>): MiddlewareHandler {
  return async (c, next) => {
    const isExport = isOtlpPath(c.req.path)
    if (token === null || (loopback && !isExport)) return next()
    if (token.admitsHeader(c.req.header('authorization'))) return next()
    if (isExport) return refuseExport(c)
    if (token.admitsSession(getCookie(c, COOKIE))) return next()
    if (c.req.path.startsWith('/api/')) return c.json({ message: WRONG_TOKEN }, 401, CHALLENGE)
    return login(c, token)
  }
}

const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="tailrace"' }
const WRONG_TOKEN = 'the Authorization header must be Bearer and the token that tailrace was started with'

const refuseExport = (c: Context): Response => answerStatus(c, 401, RPC_CODES.unauthenticated, WRONG_TOKEN, CHALLENGE)

function login(c: Context, token: TokenCheck): Response {
  const url = new URL(c.req.url)
  const given = url.searchParams.get('token')
  if (given === null || !token.admitsToken(given)) return c.text(LOGIN, 401, CHALLENGE)
  setCookie(c, COOKIE, token.session, { httpOnly: true, sameSite: 'Strict', path: '/' })
  url.searchParams.delete('token')
  c.header('Cache-Control', 'no-store')
  // Relative, and never two slashes at its start, which would name another host.
  return c.redirect(`${url.pathname.replace(/^\/+/, '/')}${url.search}`, 303)
}
