import type { Health } from '../../analyzer/model/api.ts'

/** What answers at an address: a Tailrace, some other server, or nobody. */
export type Answer =
  | { readonly kind: 'tailrace'; readonly health: Health }
  | { readonly kind: 'other' }
  | { readonly kind: 'nobody'; readonly reason: string }

/** Loopback answers in milliseconds; a machine far away that takes longer than this is as good as silent. */
const TIMEOUT_MS = 2_000

/** Asks `GET /api/health` of the server at a base URL without a slash at its end. */
export async function probe(baseUrl: string): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(`${baseUrl}/api/health`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch (error) {
    return { kind: 'nobody', reason: reasonOf(error) }
  }
  // Whatever is not Tailrace may answer with anything; only the shape tells.
  const body: unknown = await response.json().catch(() => null)
  return isHealth(body) ? { kind: 'tailrace', health: body } : { kind: 'other' }
}

function isHealth(body: unknown): body is Health {
  if (typeof body !== 'object' || body === null) return false
  const { version, database, spans } = body as Partial<Record<keyof Health, unknown>>
  return typeof version === 'string' && typeof database === 'string' && typeof spans === 'number'
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error && cause.message !== '' ? cause.message : message
}
