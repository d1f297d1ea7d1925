import type { ChartRow } from '../layout/chart.ts'
import { formatDuration, formatStretch } from '../layout/duration.ts'
import { TONE_WORDS } from './ToneIcon.tsx'

const WIDTH_PX = 268

export function Tooltip({ row, x, y }: { readonly row: ChartRow; readonly x: number; readonly y: number }) {
  const left = Math.min(x + 14, window.innerWidth - WIDTH_PX - 12)
  const below = y + 170 < window.innerHeight
  const { actual, achievable } = row
  return (
    <div
      class="tooltip"
      role="presentation"
      style={{
        left: `${left}px`,
        width: `${WIDTH_PX}px`,
        ...(below ? { top: `${y + 16}px` } : { bottom: `${window.innerHeight - y + 12}px` }),
      }}
    >
      <p>
        <strong>{row.label}</strong>{' '}
        <span class="dim">{row.kind === 'turn' && row.detail !== '' ? row.detail : TONE_WORDS[row.tone]}</span>
      </p>
      {row.kind === 'call' && row.detail !== '' && <p class="mono dim">{row.detail}</p>}
      <dl>
        <dt>actual</dt>
        <dd>
          {formatDuration(actual.endMs - actual.startMs)}
          <span class="dim"> {formatStretch(actual.startMs, actual.endMs)}</span>
        </dd>
        <dt>achievable</dt>
        <dd>
          {achievable === null ? (
            'not needed'
          ) : (
            <>
              {formatDuration(achievable.endMs - achievable.startMs)}
              <span class="dim"> {formatStretch(achievable.startMs, achievable.endMs)}</span>
            </>
          )}
        </dd>
        {achievable !== null && actual.startMs - achievable.startMs > 1 && (
          <>
            <dt>starts</dt>
            <dd class="save">{formatDuration(actual.startMs - achievable.startMs)} earlier</dd>
          </>
        )}
      </dl>
      {row.critical && <p class="dim">On the critical path.</p>}
      {row.error !== null && <p class="bad">{row.error.slice(0, 160)}</p>}
    </div>
  )
}
