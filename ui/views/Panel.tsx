import type { Ref } from 'preact'
import type { Finding, Report, ReportRun } from '../../analyzer/model/report.ts'
import { callName } from '../layout/callName.ts'
import type { Chart } from '../layout/chart.ts'
import type { RunView } from '../state/url.ts'
import { CallView } from './CallView.tsx'
import { FindingsList } from './FindingsList.tsx'
import { FindingView } from './FindingView.tsx'
import { TurnView } from './TurnView.tsx'
import type { Words } from './words.ts'

interface Props {
  readonly panelRef: Ref<HTMLElement>
  readonly report: Report
  readonly run: ReportRun
  readonly chart: Chart
  readonly view: RunView
  readonly words: Words
  readonly selected: string | null
  readonly finding: Finding | null
  readonly onSelect: (id: string | null) => void
  readonly onFinding: (index: number | null) => void
}

/** What is picked out, from the whole to the part: findings, one finding, one call or turn. */
export function Panel({ panelRef, report, run, view, words, selected, finding, onSelect, onFinding }: Props) {
  const call = run.calls.find((c) => (c.id as string) === selected)
  const turn = run.turns.find((t) => (t.id as string) === selected)
  const part =
    (call === undefined ? null : callName(run, call.id)) ?? (turn === undefined ? null : `turn ${turn.index}`)
  return (
    <aside class="panel" ref={panelRef} aria-label="Details">
      <nav class="crumbs small" aria-label="In the panel">
        {part === null && finding === null ? (
          <h2>Findings</h2>
        ) : (
          <button type="button" class="link" onClick={() => onFinding(null)}>
            Findings
          </button>
        )}
        {finding !== null && (
          <>
            <span class="dim">/</span>
            {part === null ? (
              <h2>{(view.finding ?? 0) + 1}</h2>
            ) : (
              <button type="button" class="link" onClick={() => onSelect(null)}>
                {(view.finding ?? 0) + 1}
              </button>
            )}
          </>
        )}
        {part !== null && (
          <>
            <span class="dim">/</span>
            <h2 title={part}>{part}</h2>
          </>
        )}
      </nav>
      <div class="panel-scroll" key={`${view.finding} ${selected}`}>
        {call !== undefined ? (
          <CallView report={report} run={run} call={call} words={words} onSelect={onSelect} />
        ) : turn !== undefined ? (
          <TurnView run={run} turn={turn} onSelect={onSelect} />
        ) : finding !== null ? (
          <FindingView run={run} finding={finding} words={words} onSelect={onSelect} />
        ) : (
          <FindingsList run={run} onFinding={onFinding} />
        )}
      </div>
    </aside>
  )
}
