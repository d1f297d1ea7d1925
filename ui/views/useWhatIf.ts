import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Report, ReportRun } from '../../analyzer/model/report.ts'
import { answerLater, answerNow, loadAnalyzer, type Question, questionOf, type WhatIf } from '../data/whatIf.ts'
import type { RunView } from '../state/url.ts'

/** Up to so many calls the answer comes within a frame or two; beyond, it is computed beside the page. */
const INSTANT_CALLS = 120
/** A slider that is being dragged asks many questions; only the one it rests on is worth a worker. */
const PAUSE_MS = 100

const NOT_LOADED = 'The analyzer could not be fetched from the collector. Check that it runs, then reload the page.'

/** The run under the view's assumptions. For a long run the last answer stays, `pending`, until the new one is there. */
export function useWhatIf(report: Report, run: ReportRun, view: RunView): WhatIf & { readonly pending: boolean } {
  const { rung, threshold, concurrency, overrides } = view
  // Only what changes figures is a new question: panning must not run the analyzer.
  const key = JSON.stringify([rung, threshold, concurrency, overrides])
  const question = useMemo(() => questionOf(report, run, view), [report, run, key])
  const instant = run.calls.length <= INSTANT_CALLS
  const [loading, setLoading] = useState<'loading' | 'loaded' | 'failed'>('loading')
  useEffect(() => {
    let left = false
    void loadAnalyzer().then((ok) => !left && setLoading(ok ? 'loaded' : 'failed'))
    return () => {
      left = true
    }
  }, [question !== null && loading === 'failed'])
  const now = useMemo(
    () => (question !== null && instant ? answerNow(question) : null),
    [question, instant, loading === 'loaded'],
  )
  const [later, setLater] = useState<{ readonly question: Question; readonly answer: WhatIf } | null>(null)
  useEffect(() => {
    if (question === null || instant) return
    let giveUp = () => {}
    const timer = setTimeout(() => {
      giveUp = answerLater(question, (found) => setLater({ question, answer: found }))
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      giveUp()
    }
  }, [question, instant])

  if (question === null) return { run, error: '', pending: false }
  if (now !== null) return { ...now, pending: false }
  if (instant && loading === 'failed') return { run, error: NOT_LOADED, pending: false }
  if (later?.question.run !== run) return { run, error: '', pending: true }
  return { ...later.answer, pending: later.question !== question }
}
