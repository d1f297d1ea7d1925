import type { Rung } from '../../analyzer/model/options.ts'
import type { Assumptions } from '../data/whatIf.ts'
import { changeView } from '../state/route.ts'
import type { RunView } from '../state/url.ts'

const CHOICES: readonly { readonly rung: Rung; readonly title: string }[] = [
  {
    rung: 'overlap',
    title: 'Calls of one turn run at the same time. The fix is in the agent loop; the model sees no change.',
  },
  {
    rung: 'batch',
    title:
      'Calls also move to the earliest turn that could have asked for them. The fix is in prompt, settings or tools.',
  },
  {
    rung: 'plan',
    title:
      'Turns that only pass values on run as one program, without the model in between. The fix is code that calls the tools.',
  },
]

const CAPS = [1, 2, 3, 4, 6, 8, 16, 32] as const

/** What the achievable schedule assumes. Each change runs the analysis again, in place. */
export function Controls({ assumptions, view }: { readonly assumptions: Assumptions; readonly view: RunView }) {
  const { rung, threshold, concurrency } = assumptions
  const caps = Number.isFinite(concurrency) && !CAPS.some((cap) => cap === concurrency) ? [...CAPS, concurrency] : CAPS
  const changed = view.rung !== null || view.threshold !== null || view.concurrency !== null
  return (
    <div class="controls">
      <div class="control">
        <span class="dim" id="rung-label">
          Rung
        </span>
        <div class="segments" role="radiogroup" aria-labelledby="rung-label">
          {CHOICES.map((item) => (
            <label key={item.rung} title={item.title}>
              <input
                type="radio"
                name="rung"
                checked={rung === item.rung}
                onChange={() => changeView({ rung: item.rung })}
              />
              <span>{item.rung}</span>
            </label>
          ))}
        </div>
      </div>
      <label class="control" title="Verdicts below this confidence are not acted on">
        <span class="dim">Confidence</span>
        <input
          type="range"
          min="0.5"
          max="1"
          step="0.01"
          value={threshold}
          onInput={(event) => changeView({ threshold: Number(event.currentTarget.value) })}
        />
        <output>{threshold.toFixed(2)}</output>
      </label>
      <label class="control" title="How many calls may run at the same time">
        <span class="dim">At once</span>
        <select
          value={Number.isFinite(concurrency) ? String(concurrency) : ''}
          onChange={(event) =>
            changeView({ concurrency: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })
          }
        >
          <option value="">no cap</option>
          {caps.map((cap) => (
            <option key={cap} value={String(cap)}>
              {cap}
            </option>
          ))}
        </select>
      </label>
      {changed && (
        <button
          type="button"
          class="button quiet small"
          onClick={() => changeView({ rung: null, threshold: null, concurrency: null })}
        >
          Reset
        </button>
      )}
    </div>
  )
}
