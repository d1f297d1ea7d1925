import { barBox, type Interval, labelFits } from '../layout/bars.ts'
import type { ChartRow, PathMark } from '../layout/chart.ts'
import { formatDuration, formatStretch } from '../layout/duration.ts'
import { ROW_PX } from '../layout/rowBox.ts'
import type { TimeView } from '../layout/timeScale.ts'
import { memo } from './memo.ts'
import { TONE_WORDS, ToneIcon } from './ToneIcon.tsx'

interface Props {
  readonly row: ChartRow
  readonly position: number
  readonly time: TimeView
  readonly width: number
  readonly selected: boolean
  readonly tabStop: boolean
  readonly faded: boolean
  readonly offPath: boolean
  /** Critical path shown. */
  readonly marked: boolean
  readonly hit: boolean
  readonly flipped: boolean
  /** The achievable schedule is shown: not where the replay failed. */
  readonly claimed: boolean
  readonly onFocus: () => void
}

export const TimelineRow = memo(function TimelineRow(props: Props) {
  const { row, position, time, width, selected, faded, offPath, marked, hit, flipped, claimed } = props
  const gone = claimed && row.achievable === null
  const shown = flipped ? row.achievable : row.actual
  const box = shown === null ? null : barBox(shown, time, width)
  const thin = claimed && row.achievable !== null ? barBox(row.achievable, time, width) : null
  const text = formatDuration(row.actual.endMs - row.actual.startMs)
  const inside = box !== null && labelFits(text.length, box.widthPx)
  const state = `${selected ? ' selected' : ''}${faded ? ' faded' : ''}${offPath ? ' off-path' : ''}${hit ? ' hit' : ''}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are positioned, a tr cannot be
    <div
      role="row"
      class={`row ${row.kind} tone-${row.tone}${state}`}
      style={{ transform: `translateY(${position * ROW_PX}px)` }}
      data-row={row.id}
      aria-rowindex={position + 1}
      aria-level={row.kind === 'turn' ? 1 : 2}
      aria-selected={selected}
      tabIndex={props.tabStop ? 0 : -1}
      onFocus={props.onFocus}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a positioned row is no tr */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus */}
      <div class="label" role="rowheader">
        <ToneIcon tone={row.tone} />
        <span class="name" title={row.label}>
          {row.label}
        </span>
        {row.error !== null && (
          <span class="failed" title={row.error}>
            × failed
          </span>
        )}
        {gone && row.kind === 'turn' ? (
          <span class="gone">not needed</span>
        ) : (
          row.detail !== '' && <span class="detail">{row.detail}</span>
        )}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a positioned row is no tr */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus */}
      <div class="cell" role="gridcell" aria-label={spoken(row)}>
        {marked &&
          !flipped &&
          row.actualPath.map(
            (mark) => mark.gap && <Gap key={mark.startMs} mark={mark} time={time} width={width} thin={false} />,
          )}
        {box !== null && (
          <div
            class={`bar${box.cutLeft ? ' cut-left' : ''}${box.cutRight ? ' cut-right' : ''}`}
            style={{ left: `${box.leftPx}px`, width: `${box.widthPx}px` }}
          >
            {inside && <span>{text}</span>}
          </div>
        )}
        {box !== null && !inside && box.leftPx + box.widthPx + text.length * 7 + 10 < width && (
          <span class="beside" style={{ left: `${box.leftPx + box.widthPx + 5}px` }}>
            {text}
          </span>
        )}
        {marked && !flipped && <PathLines marks={row.actualPath} time={time} width={width} thin={false} />}
        {thin !== null && (
          <div
            class={`thin${thin.cutLeft ? ' cut-left' : ''}${thin.cutRight ? ' cut-right' : ''}`}
            style={{ left: `${thin.leftPx}px`, width: `${thin.widthPx}px` }}
          />
        )}
        {marked &&
          claimed &&
          row.achievablePath.map(
            (mark) => mark.gap && <Gap key={mark.startMs} mark={mark} time={time} width={width} thin />,
          )}
        {marked && claimed && <PathLines marks={row.achievablePath} time={time} width={width} thin />}
      </div>
    </div>
  )
})

interface MarkProps {
  readonly time: TimeView
  readonly width: number
  /** In the achievable schedule. */
  readonly thin: boolean
}

function PathLines({ marks, time, width, thin }: MarkProps & { readonly marks: readonly PathMark[] }) {
  return (
    <>
      {marks.map((mark) => {
        const box = mark.gap ? null : barBox(mark, time, width)
        return (
          box !== null && (
            <div
              key={mark.startMs}
              class={`path${thin ? ' of-thin' : ''}`}
              style={{ left: `${box.leftPx}px`, width: `${box.widthPx}px` }}
            />
          )
        )
      })}
    </>
  )
}

function Gap({ mark, time, width, thin }: MarkProps & { readonly mark: Interval }) {
  const box = barBox(mark, time, width)
  if (box === null || box.widthPx < 3) return null
  return <div class={`gap${thin ? ' of-thin' : ''}`} style={{ left: `${box.leftPx}px`, width: `${box.widthPx}px` }} />
}

/** The bars in words, for a screen reader. */
function spoken(row: ChartRow): string {
  const at = ({ startMs, endMs }: Interval) => formatStretch(startMs, endMs)
  return [
    `${row.label}, ${TONE_WORDS[row.tone]}, ${at(row.actual)} actual`,
    row.achievable === null ? 'not needed in the achievable schedule' : `${at(row.achievable)} achievable`,
    row.critical ? 'on the critical path' : '',
    row.error === null ? '' : 'failed',
  ]
    .filter(Boolean)
    .join(', ')
}
