// The same run under other assumptions, recomputed in the page.

import { configOfOverrides } from '../../analyzer/config-of-overrides.ts'
import type { AnalyzeOptions, Override, Rung } from '../../analyzer/model/options.ts'
import type { Report, ReportRun } from '../../analyzer/model/report.ts'
import type { RunView } from '../state/url.ts'

/** The options in force: the view's where it says something, else the report's own. */
export interface Assumptions {
  readonly rung: Rung
  readonly threshold: number
  /** Infinity for no cap. */
  readonly concurrency: number
}

export interface WhatIf {
  readonly run: ReportRun
  /** Not empty if the analyzer refused; `run` is then the report's own. */
  readonly error: string
}

export function assumptionsOf(report: Report, view: RunView): Assumptions {
  return {
    rung: view.rung ?? report.options.rung,
    threshold: view.threshold ?? report.options.threshold,
    concurrency: view.concurrency ?? report.options.concurrency ?? Number.POSITIVE_INFINITY,
  }
}

/** Everything that an answer depends on. Plain data: it crosses to a worker as it is. */
export interface Question {
  readonly run: ReportRun
  /** The runs inside this one: what they could save shortens its calls. */
  readonly nested: readonly ReportRun[]
  readonly options: Partial<AnalyzeOptions>
}

/** The question that a view asks, or null where the report itself is the answer. */
export function questionOf(report: Report, run: ReportRun, view: RunView): Question | null {
  const { rung, threshold, concurrency } = assumptionsOf(report, view)
  const same =
    rung === report.options.rung &&
    threshold === report.options.threshold &&
    concurrency === (report.options.concurrency ?? Number.POSITIVE_INFINITY) &&
    view.overrides.length === 0
  if (same) return null
  const overrides = [...report.options.overrides, ...view.overrides]
  const nested = report.runs.filter((other) => other.runId !== run.runId)
  const { tools, resourceCaps, callOverheadMs, contention, prices, rules, silence } = report.options
  const kept = { tools, resourceCaps, callOverheadMs, contention, prices, rules, silence }
  return { run, nested, options: { ...kept, rung, threshold, concurrency, overrides } }
}

/** What the user said, as a `tailrace.config.json` that says it of the tools. */
export function configText(report: Report, overrides: readonly Override[]): string {
  return `${JSON.stringify(configOfOverrides(overrides, report.runs, { tools: report.options.tools }), null, 2)}\n`
}

type Answer = typeof import('./answer.ts').answer

let answer: Answer | null = null

/**
 * Fetches the analyzer, most of the page's script, which the lists do without. Fulfilled with true when `answerNow`
 * answers, with false where it could not be fetched; the next call tries again.
 */
export async function loadAnalyzer(): Promise<boolean> {
  try {
    answer ??= (await import('./answer.ts')).answer
    return true
  } catch {
    return false
  }
}

/** Runs the analyzer here and now. Null until `loadAnalyzer` has fetched it. */
export function answerNow(question: Question): WhatIf | null {
  return answer === null ? null : answer(question)
}

/** Runs the analyzer beside the page. Returns the way to give up on it. */
export function answerLater(question: Question, onAnswer: (answer: WhatIf) => void): () => void {
  const worker = new Worker(new URL('./whatIfWorker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', (event: MessageEvent<WhatIf>) => {
    onAnswer(event.data)
    worker.terminate()
  })
  worker.addEventListener('error', (event) => {
    onAnswer({ run: question.run, error: event.message || 'the analyzer could not be started' })
    worker.terminate()
  })
  worker.postMessage(question)
  return () => worker.terminate()
}
