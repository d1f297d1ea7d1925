import type { VerdictWord } from '../../analyzer/model/dependency.ts'
import type { Override } from '../../analyzer/model/options.ts'
import type { SpanId } from '../../analyzer/model/span.ts'
import { overrideOn, withOverride } from '../state/overrides.ts'
import { changeView } from '../state/route.ts'

interface Props {
  readonly from: SpanId
  readonly to: SpanId
  readonly verdict: VerdictWord
  readonly overrides: readonly Override[]
}

/** The user's own word on a pair. Pressing it again takes it back. */
export function PairButtons({ from, to, verdict, overrides }: Props) {
  const said = overrideOn(overrides, from, to)
  const say = (kind: 'independent' | 'dependent') =>
    changeView(
      {
        overrides:
          said?.kind === kind ? overrides.filter((o) => o !== said) : withOverride(overrides, { kind, from, to }),
      },
      'entry',
    )
  return (
    <span class="pair-buttons">
      {(verdict !== 'independent' || said !== undefined) && (
        <button
          type="button"
          class="button small"
          aria-pressed={said?.kind === 'independent'}
          onClick={() => say('independent')}
        >
          Treat as independent
        </button>
      )}
      {(verdict !== 'dependent' || said !== undefined) && (
        <button
          type="button"
          class="button small"
          aria-pressed={said?.kind === 'dependent'}
          onClick={() => say('dependent')}
        >
          Treat as dependent
        </button>
      )}
    </span>
  )
}
