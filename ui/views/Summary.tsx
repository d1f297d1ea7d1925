import type { Rung } from '../../analyzer/model/options.ts'
import type { ReportRun } from '../../analyzer/model/report.ts'
import { counted } from '../layout/counted.ts'
import { formatDuration, formatRange, formatShare } from '../layout/duration.ts'

interface Props {
  readonly run: ReportRun
  readonly rung: Rung
  /** A newer answer is being computed. */
  readonly pending: boolean
}

export function Summary({ run, rung, pending }: Props) {
  // Where the replay fails only what was measured is sure.
  const actual = run.replay.ok ? run.schedules.actual.durationMs : run.replay.measuredMs
  const schedule = run.schedules[rung]
  const { ms, upToMs, share, tokens } = run.serialized
  const range = formatRange(schedule.bestCaseMs, schedule.durationMs)
  const doubt = range !== formatDuration(schedule.durationMs)
  return (
    <div class={`summary${pending ? ' pending' : ''}`} aria-busy={pending}>
      <p class="figures">
        <span class="figure">
          <strong data-figure="actual">{formatDuration(actual)}</strong> <span class="dim">actual</span>
        </span>
        {run.replay.ok && (
          <>
            <span class="to dim" aria-hidden="true">
              →
            </span>
            <span class="figure">
              <strong data-figure="achievable">{formatDuration(schedule.durationMs)}</strong>{' '}
              <span class="dim">achievable{doubt ? ` (${range})` : ''}</span>
            </span>
            {ms > 0 ? (
              <span class="figure save">
                <strong data-figure="saving">saves {formatDuration(ms)}</strong>, {formatShare(share)}
              </span>
            ) : (
              <span class="dim" data-figure="saving">
                {rung} saves nothing that is proven
              </span>
            )}
          </>
        )}
      </p>
      <p class="notes dim">
        {run.replay.ok && upToMs > ms + 1 && (
          <span>up to {formatDuration(upToMs)} if every unknown pair is independent</span>
        )}
        {run.replay.ok && schedule.turnsRemoved > 0 && (
          <span>
            {schedule.turnsRemoved} {schedule.turnsRemoved === 1 ? 'turn' : 'turns'} not needed
            {tokens > 0 ? `, ${counted(tokens, 'token')} less` : ''}
          </span>
        )}
        {run.replay.ok && (
          <span title="The bound: the longest chain of dependencies alone, no turn of the model and no gap">
            no fix beats <span data-figure="bound">{formatDuration(run.schedules.bound.durationMs)}</span>
          </span>
        )}
        {run.waitingForUserMs > 0 && <span>{formatDuration(run.waitingForUserMs)} waiting for a person, left out</span>}
        <span title="How far the simulator is off when it replays the run as it was">
          replay error {run.replay.error < 0.0005 ? '0' : (run.replay.error * 100).toFixed(1)} %
        </span>
      </p>
    </div>
  )
}
