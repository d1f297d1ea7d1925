import { frameworkNamed } from '../../analyzer/frameworks/index.ts'
import type { Finding, ReportRun } from '../../analyzer/model/report.ts'
import { callName } from '../layout/callName.ts'
import { counted } from '../layout/counted.ts'
import { formatDuration } from '../layout/duration.ts'
import { togetherText } from '../layout/jointText.ts'
import { pairsOf } from '../layout/pairs.ts'
import { CodeBlock } from './CodeBlock.tsx'
import { FindingFacts } from './FindingsList.tsx'
import { Inline } from './Inline.tsx'
import { PairButtons } from './PairButtons.tsx'
import { ToneIcon } from './ToneIcon.tsx'
import type { Words } from './words.ts'

/** Calls with a link; the chart has all of them lit. */
const MAX_CALLS = 50
/** Pairs with buttons; the rest can be reached from each call. */
const MAX_PAIRS = 12

interface Props {
  readonly run: ReportRun
  readonly finding: Finding
  readonly words: Words
  readonly onSelect: (id: string) => void
}

export function FindingView({ run, finding, words, onSelect }: Props) {
  const shown = finding.calls.slice(0, MAX_CALLS)
  const calls = shown.flatMap((id) => run.calls.find((call) => call.id === id) ?? [])
  const pairs = pairsOf(run, finding)
  const together = togetherText(run, finding)
  const toolOf = (id: string) => callName(run, id)
  return (
    <article class="finding-view">
      <h3 class="headline">
        <Inline text={finding.title} />
      </h3>
      <p class="facts">
        <FindingFacts run={run} finding={finding} />
      </p>
      <p class="dim rule">
        <code>{finding.rule}</code>
      </p>
      <section data-evidence tabIndex={-1}>
        <h4>Why we believe it</h4>
        {finding.evidence.map((sentence) => (
          <p key={sentence}>
            <Inline text={sentence} />
          </p>
        ))}
      </section>
      {together !== '' && <p class="note">{together}</p>}
      <section>
        <h4>What to change</h4>
        <p>
          <Inline text={finding.fix.summary} />
        </p>
        {finding.fix.code !== '' && <CodeBlock code={finding.fix.code} />}
        {finding.rule === 'content-missing' && (
          <p>
            <a href={`#/setup/${frameworkNamed(run.framework).id}`}>Set-up of {frameworkNamed(run.framework).name}</a>
          </p>
        )}
      </section>
      <section>
        <h4>Its calls</h4>
        <ul class="call-links">
          {calls.map((call) => (
            <li key={call.id}>
              <button type="button" class="link" onClick={() => onSelect(call.id)}>
                <ToneIcon tone={call.childRunId === null ? call.effect.kind : 'agent'} /> {callName(run, call.id)}
              </button>
              <span class="dim">
                turn {call.turn}, {formatDuration(call.endMs - call.startMs)}
              </span>
            </li>
          ))}
        </ul>
        {finding.calls.length > shown.length && (
          <p class="dim">{counted(finding.calls.length - shown.length, 'more call')}, lit in the chart.</p>
        )}
      </section>
      {pairs.length > 0 && (
        <section>
          <h4>Its pairs</h4>
          <ul class="pairs">
            {pairs.slice(0, MAX_PAIRS).map((pair) => (
              <li key={`${pair.a} ${pair.b}`}>
                <p>
                  {toolOf(pair.a)} <span class="dim">and</span> {toolOf(pair.b)}
                  <span class="dim">: {pair.words}</span>
                </p>
                <PairButtons from={pair.a} to={pair.b} verdict={pair.verdict} words={words} />
              </li>
            ))}
          </ul>
          {pairs.length > MAX_PAIRS && (
            <p class="dim">{counted(pairs.length - MAX_PAIRS, 'more pair')}: select one of the calls.</p>
          )}
        </section>
      )}
    </article>
  )
}
