import type { ReportRun, ReportTurn } from '../../analyzer/model/report.ts'
import { callName } from '../layout/callName.ts'
import { formatDuration, formatStretch } from '../layout/duration.ts'

interface Props {
  readonly run: ReportRun
  readonly turn: ReportTurn
  readonly onSelect: (id: string) => void
}

export function TurnView({ run, turn, onSelect }: Props) {
  const achievable = run.schedules[run.serialized.rung]
  const kept = achievable.placements.some((place) => place.id === turn.id)
  const calls = turn.calls.flatMap((id) => run.calls.find((call) => call.id === id) ?? [])
  return (
    <article class="call-view">
      <dl class="facts-grid">
        <dt>Model</dt>
        <dd>{turn.model ?? 'not recorded'}</dd>
        <dt>Time</dt>
        <dd>
          {formatDuration(turn.endMs - turn.startMs)}
          <span class="dim">, {formatStretch(turn.startMs, turn.endMs)}</span>
        </dd>
        <dt>Tokens</dt>
        <dd>
          {turn.inputTokens === null ? '–' : turn.inputTokens.toLocaleString('en')} in,{' '}
          {turn.outputTokens === null ? '–' : turn.outputTokens.toLocaleString('en')} out
        </dd>
      </dl>
      {!kept && run.replay.ok && (
        <p class="note">
          Not needed in the achievable schedule: its calls can be asked for by an earlier turn, and it says nothing to
          the user.
        </p>
      )}
      <section data-evidence tabIndex={-1}>
        <h4>Asked for {calls.length === 0 ? 'no call' : calls.length === 1 ? 'one call' : `${calls.length} calls`}</h4>
        <ul class="call-links">
          {calls.map((call) => (
            <li key={call.id}>
              <button type="button" class="link" onClick={() => onSelect(call.id)}>
                {callName(run, call.id)}
              </button>
              <span class="dim">
                linked by {call.turnFrom}, {formatDuration(call.endMs - call.startMs)}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {turn.text !== undefined && turn.text !== '' && (
        <section>
          <h4>It wrote</h4>
          <pre class="snippet text">{turn.text}</pre>
        </section>
      )}
    </article>
  )
}
