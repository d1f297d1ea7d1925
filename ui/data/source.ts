// Keeps the atoms in step with the collector: loads what the route needs, and again when news of it arrives.

import type { RunSummary } from '../../analyzer/model/api.ts'
import { connection, NOTHING_LOADED, report, runs } from '../state/app.ts'
import { route } from '../state/route.ts'
import { fetchReport, fetchRuns } from './api.ts'
import { listen } from './live.ts'

/** Spans of one agent arrive in bursts; one load after the burst is enough. */
const BURST_MS = 150

/**
 * After an answer that left runs out because they are still being analysed. An event tells when they are ready; this is for
 * one that came before the page was listening.
 */
const PENDING_MS = 1_000

let retry: ReturnType<typeof setTimeout> | undefined

/** Starts loading and listening. Call once, at the start. */
export function startData(): void {
  let shownRun: string | null = null
  const follow = () => {
    const now = route.get()
    const wanted = now.screen === 'run' ? now.runId : null
    if (wanted === shownRun) return
    shownRun = wanted
    if (wanted === null) return
    report.set(NOTHING_LOADED)
    void loadReport(wanted)
  }
  route.subscribe(follow)
  follow()
  void loadRuns()

  let due: ReturnType<typeof setTimeout> | undefined
  let touched = new Set<string>()
  let everything = false
  listen((traceIds) => {
    if (traceIds === null) everything = true
    for (const id of traceIds ?? []) touched.add(id)
    if (due !== undefined) return
    due = setTimeout(() => {
      const open = report.get().value?.report.runs[0]
      const mine = everything || (open !== undefined && touched.has(open.traceId))
      due = undefined
      touched = new Set()
      everything = false
      void loadRuns()
      const failed = report.get().value === null && report.get().error !== null
      if (shownRun !== null && (mine || failed)) void loadReport(shownRun)
    }, BURST_MS)
  })
}

/** Loads the newest page of runs; older pages that were loaded before stay. */
export async function loadRuns(): Promise<void> {
  clearTimeout(retry)
  const answer = await fetchRuns(null)
  const before = runs.get().value
  if (!answer.ok) {
    runs.set({ value: before, error: answer.error, loading: false })
    return
  }
  const fresh = answer.value.runs
  const traces = new Set<string>(answer.value.traceIds)
  const older = (before?.runs ?? []).filter((run) => !traces.has(run.traceId))
  const isPartial = (answer.value.pending ?? 0) > 0
  if (isPartial) retry = setTimeout(() => void loadRuns(), PENDING_MS)
  // With one page only, what is not on it is gone, or is being analysed again.
  const kept = answer.value.next === null && !isPartial ? [] : older
  const next = before !== null && kept.length > 0 ? before.next : answer.value.next
  runs.set({
    value: {
      runs: newestFirst([...fresh, ...kept]),
      next,
      failed: answer.value.failed ?? [],
      ...(answer.value.why !== undefined && { why: answer.value.why }),
    },
    error: null,
    loading: false,
  })
}

/** ISO times with the same number of digits sort as text. The sort is stable. */
const newestFirst = (list: readonly RunSummary[]): RunSummary[] =>
  list.toSorted((a, b) => (a.startTime < b.startTime ? 1 : a.startTime > b.startTime ? -1 : 0))

/** Loads the page after the last one. */
export async function loadOlderRuns(): Promise<void> {
  const before = runs.get().value
  if (before === null || before.next === null) return
  const answer = await fetchRuns(before.next)
  if (!answer.ok) {
    runs.set({ value: before, error: answer.error, loading: false })
    return
  }
  const known = new Set<string>(before.runs.map((run) => run.runId))
  const added = answer.value.runs.filter((run) => !known.has(run.runId))
  runs.set({
    value: { ...before, runs: [...before.runs, ...added], next: answer.value.next },
    error: null,
    loading: false,
  })
}

/** Loads the report of the open run again. */
export async function loadReport(runId: string): Promise<void> {
  const answer = await fetchReport(runId)
  const now = route.get()
  if (now.screen !== 'run' || now.runId !== runId) return
  const before = report.get().value
  const kept = before !== null && before.runId === runId ? before : null
  if (answer.ok) report.set({ value: { runId, report: answer.value }, error: null, loading: false })
  // A run on screen stays there when the collector is gone: the banner says what is wrong.
  else if (kept !== null && connection.get().state === 'lost') report.set({ value: kept, error: null, loading: false })
  else report.set({ value: kept, error: answer.error, loading: false })
}
