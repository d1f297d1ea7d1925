// The page's atoms. Each holds one thing that more than one view needs; what only one view needs stays in that view.

import type { RunSummary } from '../../analyzer/model/api.ts'
import type { Report } from '../../analyzer/model/report.ts'
import { atom } from './atom.ts'

/** What is known of something that is fetched. `value` stays while it is fetched again. */
export interface Loaded<T> {
  readonly value: T | null
  readonly error: string | null
  readonly loading: boolean
}

export const NOTHING_LOADED: Loaded<never> = { value: null, error: null, loading: true }

export interface RunsState {
  readonly runs: readonly RunSummary[]
  /** Cursor of the next, older page; null on the last. */
  readonly next: string | null
  /** Traces that the collector could not analyse. */
  readonly failed: readonly { readonly traceId: string; readonly message: string }[]
  /** Where spans came in and there is no run: why. */
  readonly why?: string
}

/** The runs list. */
export const runs = atom<Loaded<RunsState>>(NOTHING_LOADED)

/** The report of the open run, as the collector sent it, with the id it was asked for. */
export const report = atom<Loaded<{ readonly runId: string; readonly report: Report }>>(NOTHING_LOADED)

/** Whether live updates arrive. `retryInMs` is the pause before the next attempt. */
export const connection = atom<{ readonly state: 'connecting' | 'open' | 'lost'; readonly retryInMs: number }>({
  state: 'connecting',
  retryInMs: 0,
})

export const helpOpen = atom(false)

/** Said once to a screen reader, and shown for a moment at the foot of the page. */
export const notice = atom('')
