import { useEffect, useRef } from 'preact/hooks'
import type { RunSummary } from '../../analyzer/model/api.ts'
import { formatAgo, formatDuration, formatShare } from '../layout/duration.ts'
import { keyOf, type RunLine, type Sort, type SortKey } from '../layout/runList.ts'
import { DEFAULT_VIEW, formatRoute } from '../state/url.ts'

/** A program is worth a word in the list when it saves this share of the run more. */
const WORTH_SAYING = 0.05

const COLUMNS: readonly { readonly key: SortKey; readonly title: string; readonly number?: true }[] = [
  { key: 'name', title: 'Run' },
  { key: 'framework', title: 'Framework' },
  { key: 'when', title: 'When' },
  { key: 'actual', title: 'Actual', number: true },
  { key: 'achievable', title: 'Achievable', number: true },
  { key: 'saving', title: 'Saving' },
  { key: 'findings', title: 'Findings', number: true },
  { key: 'calls', title: 'Turns · calls', number: true },
]

interface Props {
  readonly lines: readonly RunLine[]
  readonly sort: Sort
  readonly active: string | null
  readonly now: number
  readonly fresh: ReadonlySet<string>
  readonly onSort: (key: SortKey) => void
  readonly onOpen: (run: RunSummary) => void
  /** The pointer is on the rows: they must not move under it. */
  readonly onHold: () => void
}

export function RunsTable({ lines, sort, active, now, fresh, onSort, onOpen, onHold }: Props) {
  const activeRow = useRef<HTMLTableRowElement>(null)
  useEffect(() => activeRow.current?.scrollIntoView({ block: 'nearest' }), [active])
  return (
    <table class="runs" onPointerMove={onHold}>
      <thead>
        <tr>
          {COLUMNS.map(({ key, title, number }) => (
            <th
              key={key}
              scope="col"
              class={`of-${key}${number ? ' number' : ''}`}
              aria-sort={sort.key !== key ? 'none' : sort.descending ? 'descending' : 'ascending'}
            >
              <button type="button" onClick={() => onSort(key)}>
                {title}
                <span class="sort-mark" aria-hidden="true">
                  {sort.key !== key ? '' : sort.descending ? '↓' : '↑'}
                </span>
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ run, depth }) => {
          const isActive = keyOf(run) === active
          return (
            <tr
              key={keyOf(run)}
              ref={isActive ? activeRow : null}
              class={`${isActive ? 'active' : ''} ${fresh.has(keyOf(run)) ? 'fresh' : ''}`}
              aria-selected={isActive}
              onClick={(event) => {
                if (!(event.target instanceof HTMLAnchorElement)) onOpen(run)
              }}
            >
              <td class="of-name">
                <span class={`depth depth-${Math.min(depth, 4)}`}>
                  {depth > 0 && <span class="dim">↳ </span>}
                  <a href={formatRoute({ screen: 'run', runId: run.runId, view: DEFAULT_VIEW })} title={run.name}>
                    {run.name || 'unnamed run'}
                  </a>
                  {run.live && (
                    <span class="live" title="More spans are expected: the run's root has not arrived">
                      <i class="dot" /> live
                    </span>
                  )}
                  {depth === 0 && run.parentRunId !== null && <span class="dim"> inside another run</span>}
                </span>
              </td>
              <td class="of-framework dim">{run.framework}</td>
              <td class="of-when dim" title={localTime(run.startTime)}>
                {formatAgo(Date.parse(run.startTime), now)}
              </td>
              <td class="number">{formatDuration(run.durationMs)}</td>
              <td class="number">{run.replayOk ? formatDuration(run.achievableMs) : '–'}</td>
              <td class="of-saving">
                <Saving run={run} />
              </td>
              <td class="of-findings number">{run.findings > 0 ? run.findings : <span class="dim">none</span>}</td>
              <td class="of-calls number">
                {run.turns} · {run.calls}
                {run.errors > 0 && <span class="bad"> · {run.errors} failed</span>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Saving({ run }: { readonly run: RunSummary }) {
  if (!run.replayOk) {
    return (
      <span class="warn-text" title="The simulator does not reproduce this run, so no saving is claimed">
        not claimed
      </span>
    )
  }
  const upTo = run.durationMs > 0 ? run.serializedUpToMs / run.durationMs : 0
  const more = run.serializedUpToMs > run.serializedMs * 1.02 + 1
  const asProgram = run.planSavedMs > run.serializedMs + WORTH_SAYING * run.durationMs
  return (
    <span class="saving-cell">
      <span class="saving-bar" aria-hidden="true">
        <i class="up-to" style={{ width: `${percent(upTo)}%` }} />
        <i class="sure" style={{ width: `${percent(run.share)}%` }} />
      </span>
      {run.serializedMs > 0 ? (
        <span>
          <strong class="save">{formatDuration(run.serializedMs)}</strong>{' '}
          <span class="dim">{formatShare(run.share)}</span>
        </span>
      ) : (
        <span class="dim">{more ? 'none proven' : 'none'}</span>
      )}
      {more && <span class="dim"> up to {formatDuration(run.serializedUpToMs)}</span>}
      {asProgram && (
        <span class="dim as-program" title="The plan rung: stretches that only pass values on run as one program">
          {' '}
          {formatDuration(run.planSavedMs)} as a program
        </span>
      )}
    </span>
  )
}

function percent(share: number): number {
  return Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) * 100 : 0
}

function localTime(iso: string): string {
  const time = new Date(iso)
  return Number.isNaN(time.getTime()) ? iso : `${time.toLocaleString()} (${iso})`
}
