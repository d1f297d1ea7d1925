import type { Store } from '../store/store.ts'
import type { AnalysedTraces } from './analysed-traces.ts'
import type { TraceEvents } from './trace-events.ts'

/** What the routes are given. */
export interface RouteContext {
  readonly store: Store
  readonly traces: AnalysedTraces
  readonly events: TraceEvents
  /** Names that a Host or Origin header may hold. With `loopback`, these and the names of this machine's loopback. */
  readonly allowedHosts: readonly string[]
  /** Whether the server is bound to loopback, so that a Host header with any other name is an attack. */
  readonly loopback: boolean
  /** Folder of the built page. */
  readonly uiDir: string
  readonly version: string
  /** Takes a line for the person at the terminal. */
  readonly warn: (line: string) => void
}
