// Several requests in one transaction. One that cannot be stored does not take the others with it.

import type { TraceId } from '../../analyzer/model/span.ts'
import type { ConversationReader } from '../store/conversations.ts'
import { insertRows } from '../store/insert-rows.ts'
import { isTransient, isWaiting } from '../store/is-transient.ts'
import type { Connection } from '../store/store.ts'
import type { IngestOutcome } from './ingest.ts'
import type { Finished, ReadRequest } from './messages.ts'

/** Long enough for a lock to go, short enough to be noticed when a disk has room again. */
export const RETRY_AFTER_MS = 1000

export interface Committed extends Finished {
  /** Whether the connection may be at fault and should be opened anew. */
  readonly isBroken: boolean
}

/** Stores the requests and gives each its outcome. Never throws. `connect` may throw what SQLite throws. */
export function commitGroup(
  connect: () => Connection,
  group: readonly ReadRequest[],
  conversations: ConversationReader,
): Committed {
  try {
    const { traceIds } = insertRows(
      connect(),
      group.map(({ batch }) => batch),
      conversations,
    )
    return { outcomes: group.map(stored), traceIds, isBroken: false }
  } catch (error) {
    const isBroken = !isWaiting(error)
    // A database that takes no writes takes none of them. Anything else may be about one request only.
    if (group.length === 1 || isTransient(error)) {
      const outcome = outcomeOf(error)
      return { outcomes: group.map(({ id }) => ({ id, outcome })), traceIds: [], isBroken }
    }
    return eachAlone(connect, group, conversations)
  }
}

function eachAlone(
  connect: () => Connection,
  group: readonly ReadRequest[],
  conversations: ConversationReader,
): Committed {
  const outcomes: Finished['outcomes'][number][] = []
  const traceIds: TraceId[] = []
  let isBroken = false
  for (const request of group) {
    const committed = commitGroup(connect, [request], conversations)
    outcomes.push(...committed.outcomes)
    traceIds.push(...committed.traceIds)
    isBroken ||= committed.isBroken
  }
  return { outcomes, traceIds, isBroken }
}

function stored({ id, batch: { rejected, reason } }: ReadRequest): Finished['outcomes'][number] {
  return { id, outcome: { kind: 'stored', rejected, reason } }
}

function outcomeOf(error: unknown): IngestOutcome {
  const { message, code = '' } = error as Error & { code?: string }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return {
      kind: 'failed',
      message: `the database is damaged (${message}): stop Tailrace, move the file away or put a copy in its place`,
    }
  }
  if (!isTransient(error)) return { kind: 'failed', message: `the database failed: ${message}` }
  return { kind: 'busy', message: `the database cannot be written now: ${message}`, retryAfterMs: RETRY_AFTER_MS }
}
