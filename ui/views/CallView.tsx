import type { Report, ReportCall, ReportRun } from '../../analyzer/model/report.ts'
import { callName } from '../layout/callName.ts'
import { formatDuration, formatStretch } from '../layout/duration.ts'
import { argumentMarks, argumentOrigins, resultMarks } from '../layout/origins.ts'
import { pairOf } from '../layout/pairs.ts'
import { DependencyList } from './DependencyList.tsx'
import { EffectButtons } from './EffectButtons.tsx'
import { JsonView } from './JsonView.tsx'
import { OriginList } from './OriginList.tsx'
import { PairButtons } from './PairButtons.tsx'
import { SourceSnippets } from './SourceSnippets.tsx'
import type { Words } from './words.ts'

/** Pairs listed without a dependency found between them; more would bury the rest. */
const MAX_FREE = 6

interface Props {
  readonly report: Report
  readonly run: ReportRun
  readonly call: ReportCall
  readonly words: Words
  readonly onSelect: (id: string) => void
}

export function CallView({ report, run, call, words, onSelect }: Props) {
  const place = run.schedules[run.serialized.rung].placements.find((p) => p.id === call.id)
  const origins = argumentOrigins(run, call)
  const waitsFor = run.dependencies.filter((d) => d.to === call.id)
  const blocks = run.dependencies.filter((d) => d.from === call.id)
  const tied = new Set<string>([...waitsFor.map((d) => d.from), ...blocks.map((d) => d.to)])
  const free = run.verdicts.filter((v) => (v.a === call.id && !tied.has(v.b)) || (v.b === call.id && !tied.has(v.a)))
  const toolOf = (id: string) => callName(run, id)
  const child = call.childRunId === null ? undefined : report.runs.find((r) => r.runId === call.childRunId)
  return (
    <article class="call-view">
      {call.status === 'error' && (
        <p class="note bad">
          <strong>Failed.</strong> {call.error ?? 'No error text was recorded.'}
        </p>
      )}
      <dl class="facts-grid">
        <dt>Actual</dt>
        <dd>
          {formatDuration(call.endMs - call.startMs)}
          <span class="dim">, {formatStretch(call.startMs, call.endMs)}</span>
        </dd>
        {run.replay.ok && place !== undefined && (
          <>
            <dt>Achievable</dt>
            <dd>
              {formatDuration(place.endMs - place.startMs)}
              <span class="dim">, {formatStretch(place.startMs, place.endMs)}</span>
            </dd>
          </>
        )}
        <dt>Turn</dt>
        <dd>
          {run.turns[call.turn] === undefined ? (
            'none: no model asked for it'
          ) : (
            <>
              <button type="button" class="link" onClick={() => onSelect(run.turns[call.turn]!.id)}>
                turn {call.turn}
              </button>
              <span class="dim">, linked by {call.turnFrom}</span>
            </>
          )}
        </dd>
        <dt title="How far the call can slip before the run's end moves">Slack</dt>
        <dd>{formatDuration(call.slackMs)}</dd>
        <dt title="How much earlier the run would end if the call took no time">Drag</dt>
        <dd>{formatDuration(call.dragMs)}</dd>
        <dt>Mode</dt>
        <dd>{call.mode}</dd>
        <dt>Effect</dt>
        <dd>
          {call.effect.kind}
          <span class="dim">, by {call.effect.from}</span>
          {call.resources.length > 0 && <span class="resources mono">{call.resources.join(', ')}</span>}
        </dd>
        {call.childRunId !== null && (
          <>
            <dt>Agent</dt>
            <dd>
              <a href={`#/run/${call.childRunId}`}>{child?.name || 'its own run'}</a>
            </dd>
          </>
        )}
      </dl>
      <EffectButtons call={call} words={words} />

      <section data-evidence tabIndex={-1}>
        <h4>Waits for{waitsFor.length === 0 ? ' nothing' : ''}</h4>
        <DependencyList run={run} dependencies={waitsFor} side="from" words={words} onSelect={onSelect} />
      </section>
      {origins.length > 0 && (
        <section>
          <h4>Where its arguments came from</h4>
          <OriginList run={run} origins={origins} onSelect={onSelect} />
        </section>
      )}
      <section>
        <h4>Arguments</h4>
        <JsonView value={call.arguments} marks={argumentMarks(origins)} missing="The arguments were not captured." />
      </section>
      <SourceSnippets run={run} origins={origins} onSelect={onSelect} />
      <section>
        <h4>Result</h4>
        <JsonView value={call.result} marks={usedByOthers(run, call)} missing="The result was not captured." />
      </section>
      {blocks.length > 0 && (
        <section>
          <h4>Blocks</h4>
          <DependencyList run={run} dependencies={blocks} side="to" words={words} onSelect={onSelect} />
        </section>
      )}
      {free.length > 0 && (
        <section>
          <h4>Other pairs</h4>
          <ul class="pairs">
            {free
              .slice(0, MAX_FREE)
              .map(pairOf)
              .map((pair) => {
                const other = pair.a === call.id ? pair.b : pair.a
                return (
                  <li key={other}>
                    <p>
                      <button type="button" class="link" onClick={() => onSelect(other)}>
                        {toolOf(other)}
                      </button>
                      <span class="dim">: {pair.words}</span>
                    </p>
                    <PairButtons from={pair.a} to={pair.b} verdict={pair.verdict} words={words} />
                  </li>
                )
              })}
          </ul>
          {free.length > MAX_FREE && <p class="dim">and {free.length - MAX_FREE} more</p>}
        </section>
      )}
    </article>
  )
}

/** Marks what later calls took from this call's result, in the colours that those calls use. */
function usedByOthers(run: ReportRun, call: ReportCall) {
  const users = new Set(run.dependencies.filter((d) => d.from === call.id && d.kind === 'data').map((d) => d.to))
  return run.calls
    .filter((other) => users.has(other.id))
    .slice(0, 8)
    .flatMap((other) => resultMarks(argumentOrigins(run, other), call.id))
}
