import { whyNotJudged } from '../../analyzer/model/not-judged.ts'
import { outsideFigure } from '../../analyzer/model/outside-figure.ts'
import type { Finding, ReportRun } from '../../analyzer/model/report.ts'
import { counted } from '../layout/counted.ts'
import { formatDuration, formatRange } from '../layout/duration.ts'
import { overlapText } from '../layout/jointText.ts'
import { Inline } from './Inline.tsx'

export function FindingsList({
  run,
  onFinding,
}: {
  readonly run: ReportRun
  readonly onFinding: (index: number) => void
}) {
  const overlap = overlapText(run)
  const notJudged = whyNotJudged(run)
  return (
    <div data-evidence tabIndex={-1}>
      {run.findings.length === 0 && (
        <p class="dim pad">
          {notJudged === ''
            ? 'No finding: no call of this run waited for something that it did not need, as far as its arguments and results show.'
            : `No finding, but this run cannot be judged: ${notJudged}.`}
        </p>
      )}
      <ol class="findings">
        {run.findings.map((finding, index) => (
          <li key={`${finding.rule} ${finding.calls.join(' ')}`}>
            <button type="button" class={`finding ${finding.severity}`} onClick={() => onFinding(index)}>
              <span class="title">
                {index + 1} · <Inline text={finding.title} />
              </span>
              <span class="facts">
                <FindingFacts run={run} finding={finding} />
              </span>
            </button>
          </li>
        ))}
      </ol>
      {overlap !== '' && <p class="dim pad">{overlap}</p>}
      <Coverage run={run} />
    </div>
  )
}

/** What a finding costs and how sure it is, in one line. */
export function FindingFacts({ run, finding }: { readonly run: ReportRun; readonly finding: Finding }) {
  const outside = outsideFigure(run, finding)
  const { low, high } = finding.savedMs
  return (
    <>
      {high > 0 ? (
        low > 0 ? (
          <strong class="save">saves {formatRange(low, high)}</strong>
        ) : (
          <span>up to {formatDuration(high)}, not proven</span>
        )
      ) : (
        <span>{finding.severity === 'info' ? 'for your information' : 'no time lost'}</span>
      )}
      {finding.savedTokens > 0 && <span class="dim"> · {counted(finding.savedTokens, 'token')}</span>}
      {outside !== '' && <span class="dim"> · {outside}</span>}
      {finding.confidence > 0 && <span class="dim"> · confidence {finding.confidence.toFixed(2)}</span>}
    </>
  )
}

function Coverage({ run }: { readonly run: ReportRun }) {
  const { calls, withArguments, withResults } = run.coverage
  return (
    <section class="coverage dim">
      <h3>What this rests on</h3>
      <ul>
        <li>
          Arguments of {withArguments} and results of {withResults} of {counted(calls, 'call')}.
        </li>
        <li>
          {run.promptKnown
            ? 'The prompt was captured.'
            : 'The prompt was not captured: no value can be cleared as the user’s own.'}
        </li>
        {run.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  )
}
