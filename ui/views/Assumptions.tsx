import type { Override } from '../../analyzer/model/options.ts'
import type { ReportRun } from '../../analyzer/model/report.ts'
import { callName } from '../layout/callName.ts'
import { changeView } from '../state/route.ts'
import type { RunView } from '../state/url.ts'

interface Props {
  readonly run: ReportRun
  readonly view: RunView
  /** What the report was already computed with: shown, but not the page's to remove. */
  readonly reported: readonly Override[]
}

/** The user's own word, as chips: everything on screen is computed with it. */
export function Assumptions({ run, view, reported }: Props) {
  if (view.overrides.length === 0 && reported.length === 0) return null
  const toolOf = (id: string) => callName(run, id)
  const words = (o: Override) =>
    o.kind === 'effect'
      ? `${o.tool}: ${o.effect}`
      : o.kind === 'independent'
        ? `${toolOf(o.to)} needs nothing of ${toolOf(o.from)}`
        : `${toolOf(o.to)} needs ${toolOf(o.from)}`
  return (
    <div class="assumptions">
      <span class="dim">You say</span>
      <ul>
        {reported.map((o, i) => (
          <li key={`r${i}`} class="chip fixed" title="Part of the report's options">
            {words(o)}
          </li>
        ))}
        {view.overrides.map((o, i) => (
          <li key={i} class="chip">
            {words(o)}
            <button
              type="button"
              aria-label={`Remove: ${words(o)}`}
              onClick={() => changeView({ overrides: view.overrides.filter((_, at) => at !== i) }, 'entry')}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {view.overrides.length > 1 && (
        <button type="button" class="button quiet small" onClick={() => changeView({ overrides: [] }, 'entry')}>
          Remove all
        </button>
      )}
    </div>
  )
}
