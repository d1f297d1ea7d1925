import { turnList } from '../../analyzer/base/turn-list.ts'
import type { ReportRun, Stretch } from '../../analyzer/model/report.ts'

/** Stretches shown; a run of thousands of turns has more than a strip can hold. */
const MAX_SHOWN = 24

interface Props {
  readonly run: ReportRun
  readonly onSelect: (id: string) => void
}

/** The run as a plan: which turns could be parallel, which code, and which are in sequence for a reason. */
export function Stretches({ run, onSelect }: Props) {
  if (!run.replay.ok || run.stretches.length === 0) return null
  const hidden = run.stretches.length - MAX_SHOWN
  return (
    <nav class="stretches" aria-label="The run as a plan">
      <ol>
        {run.stretches.slice(0, MAX_SHOWN).map((stretch) => (
          <li key={stretch.firstTurn} style={{ flexGrow: String(stretch.lastTurn - stretch.firstTurn + 1) }}>
            <button
              type="button"
              class={`stretch ${stretch.mode}`}
              title={`${turnsOf(stretch)}: ${stretch.mode}, ${stretch.text}`}
              onClick={() => onSelect(run.turns[stretch.firstTurn]!.id)}
            >
              <strong>{stretch.mode}</strong> {turnsOf(stretch)}
              <span class="dim">: {stretch.text}</span>
            </button>
          </li>
        ))}
        {hidden > 0 && <li class="dim">and {hidden} more</li>}
      </ol>
    </nav>
  )
}

/** `turn 1 with 3`: the batch or program of turn 1 has calls of turn 3, too. */
function turnsOf({ firstTurn, lastTurn, withTurns }: Stretch): string {
  const own = firstTurn === lastTurn ? `turn ${firstTurn}` : `turns ${firstTurn} to ${lastTurn}`
  return withTurns === undefined ? own : `${own} with ${turnList(withTurns)}`
}
