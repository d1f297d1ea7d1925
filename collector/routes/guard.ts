// Loopback is not a boundary: any page in the user's browser can send requests to it, and by DNS rebinding can make
// them same-origin. So the names in Host and Origin are checked. A page of an origin that was allowed by name may send
// exports, and read nothing.

import type { Context, MiddlewareHandler } from 'hono'
import { RPC_CODES } from '../otlp/encode-answer.ts'
import { isOtlpPath } from './otlp-path.ts'
import type { RouteContext } from './route-context.ts'
import { answerStatus } from './status-answer.ts'

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

// The page is one script and one stylesheet of our own. Captured content is never markup; this is the second fence.
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Refuses foreign Host and Origin headers with 403, and sets the headers that every answer carries. */
export function guard(context: RouteContext): MiddlewareHandler {
  return async (c, next) => {
    const refusal = refusalOf(c, context)
    if (refusal === null) await next()
    else c.res = refuse(c, refusal)
    c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'no-referrer')
  }
}

function refusalOf(c: Context, { loopback, allowedHosts, corsOrigins }: RouteContext): string | null {
  const allowed = new Set(allowedHosts.map((name) => name.toLowerCase()))
  if (loopback) for (const name of LOOPBACK_NAMES) allowed.add(name)
  // Without a Host header the URL holds the address that the request came to.
  const host = nameOf(`http://${c.req.header('host') ?? new URL(c.req.url).host}`)
  if (loopback && (host === null || !allowed.has(host))) return `the Host header names ${host ?? 'no host'}`
  const origin = c.req.header('origin')
  if (origin === undefined || (corsOrigins.includes(origin) && isOtlpPath(c.req.path))) return null
  // Bound to a real address, the server cannot know its names: the page it served itself is what is trusted.
  const from = nameOf(origin)
  const trusted = from !== null && (allowed.has(from) || (!loopback && from === host))
  return trusted ? null : `the Origin header is ${origin}`
}

function refuse(c: Context, why: string): Response {
  const message = `refused, because ${why}, which is not a name of this server`
  return isOtlpPath(c.req.path) ? answerStatus(c, 403, RPC_CODES.permissionDenied, message) : c.json({ message }, 403)
}

/** The host name of a URL, lower-case, IPv6 in brackets, without the port; null if it is no http URL. */
function nameOf(url: string): string | null {
  try {
    const { protocol, hostname } = new URL(url)
    return protocol === 'http:' || protocol === 'https:' ? hostname : null
  } catch {
    return null
  }
}
