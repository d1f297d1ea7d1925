import type { VerdictWord } from '../../analyzer/model/dependency.ts'
import type { SpanId } from '../../analyzer/model/span.ts'
import { overrideOn } from '../state/overrides.ts'
import type { Words } from './words.ts'

interface Props {
  readonly from: SpanId
  readonly to: SpanId
  readonly verdict: VerdictWord
  readonly words: Words
}

/** The user's own word on a pair. Pressing it again takes it back. */
export function PairButtons({ from, to, verdict, words }: Props) {
  const said = overrideOn(words.all, from, to)
  const press = (kind: 'independent' | 'dependent') =>
    said?.kind === kind ? words.takeBack(said) : words.say({ kind, from, to })
  return (
    <span class="pair-buttons">
      {(verdict !== 'independent' || said !== undefined) && (
        <button
          type="button"
          class="button small"
          aria-pressed={said?.kind === 'independent'}
          onClick={() => press('independent')}
        >
          Treat as independent
        </button>
      )}
      {(verdict !== 'dependent' || said !== undefined) && (
        <button
          type="button"
          class="button small"
          aria-pressed={said?.kind === 'dependent'}
          onClick={() => press('dependent')}
        >
          Treat as dependent
        </button>
      )}
    </span>
  )
}
