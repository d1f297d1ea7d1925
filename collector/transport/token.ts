// The shared secret that senders and readers show. Compared as hashes: they have one length, so neither the time that a
// comparison takes nor an early return tells anything about the token.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export interface TokenCheck {
  /** Whether an Authorization header (or gRPC metadata) is `Bearer` and the token. */
  admitsHeader(authorization: string | undefined): boolean
  admitsToken(token: string): boolean
  /** Whether a cookie's value is `session`. */
  admitsSession(value: string | undefined): boolean
  /** What a browser that has shown the token keeps instead of it: derived from it, so it outlives a restart. */
  readonly session: string
}

const BEARER = /^bearer +(\S+) *$/i

export function createTokenCheck(token: string): TokenCheck {
  const isToken = equals(token)
  const session = createHmac('sha256', token).update('tailrace session').digest('hex')
  const isSession = equals(session)
  return {
    admitsHeader: (authorization) => isToken(BEARER.exec(authorization ?? '')?.[1] ?? ''),
    admitsToken: isToken,
    admitsSession: (value) => isSession(value ?? ''),
    session,
  }
}

function equals(secret: string): (given: string) => boolean {
  const hashOf = (text: string) => createHash('sha256').update(text).digest()
  const wanted = hashOf(secret)
  return (given) => timingSafeEqual(hashOf(given), wanted)
}
