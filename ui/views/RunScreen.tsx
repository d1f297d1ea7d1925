import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Report } from '../../analyzer/model/report.ts'
import { assumptionsOf, configText } from '../data/whatIf.ts'
import { buildChart, criticalRows } from '../layout/chart.ts'
import { formatDuration } from '../layout/duration.ts'
import { litRows } from '../layout/lit.ts'
import { findRows } from '../layout/pick.ts'
import { relatedTo } from '../layout/related.ts'
import { clampView, fitView, type TimeView } from '../layout/timeScale.ts'
import { notice, runs } from '../state/app.ts'
import { useAtom } from '../state/atom.ts'
import { changeView } from '../state/route.ts'
import type { RunView } from '../state/url.ts'
import { Assumptions } from './Assumptions.tsx'
import { Controls } from './Controls.tsx'
import { Panel } from './Panel.tsx'
import { runMoves } from './runMoves.ts'
import { Stretches } from './Stretches.tsx'
import { Summary } from './Summary.tsx'
import { TableMode } from './TableMode.tsx'
import { Timeline } from './Timeline.tsx'
import { TopBar } from './TopBar.tsx'
import { useRunKeys } from './useRunKeys.ts'
import { useWhatIf } from './useWhatIf.ts'
import { wordsOf } from './words.ts'

export function RunScreen({ report, view }: { readonly report: Report; readonly view: RunView }) {
  const original = report.runs[0]!
  const { run, error, pending } = useWhatIf(report, original, view)
  const assumptions = assumptionsOf(report, view)
  const words = wordsOf(original.runId, report.options.overrides, view.overrides)
  const listed = useAtom(runs)
  const chart = useMemo(() => buildChart(run, assumptions.rung), [run, assumptions.rung])
  const [width, setWidth] = useState(900)
  const [flipped, setFlipped] = useState(false)
  const [query, setQuery] = useState('')
  const [measured, setMeasured] = useState<TimeView | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const panel = useRef<HTMLElement>(null)
  const pointerX = useRef<number | null>(null)

  const bounds = fitView(chart.extentMs, width)
  const time = view.range === null ? bounds : clampView(view.range, bounds)

  const selected = view.selected !== null && chart.rowOf.has(view.selected) ? view.selected : null
  const finding = view.finding === null ? null : (run.findings[view.finding] ?? null)
  const related = useMemo(() => (selected === null ? null : relatedTo(selected, run.dependencies)), [selected, run])
  const lit = useMemo(() => litRows(run, selected, related, finding), [run, selected, related, finding])
  const order = useMemo(
    () => (view.critical === 'only' ? criticalRows(chart) : chart.rows.map((_, index) => index)),
    [chart, view.critical],
  )
  const hits = useMemo(() => findRows(chart.rows, query), [chart, query])

  const moves = runMoves({ run, chart, order, time, bounds, width, selected, finding, measured, hits, pointerX })
  const { select, openFinding } = moves
  useRunKeys({
    run,
    view,
    selected,
    finding,
    measured,
    moves,
    search: () => search.current?.focus(),
    evidence: () => panel.current?.querySelector<HTMLElement>('[data-evidence]')?.focus(),
    onFlip: setFlipped,
    onMeasure: setMeasured,
  })

  useEffect(() => {
    document.title = `${run.name || 'Run'} · Tailrace`
  }, [run.name])
  const figures = `${formatDuration(run.schedules.actual.durationMs)} actual, ${formatDuration(run.schedules[assumptions.rung].durationMs)} achievable`
  const spoken = useRef(figures)
  useEffect(() => {
    if (spoken.current === figures) return
    spoken.current = figures
    notice.set(figures)
  }, [figures])

  const isLive = listed.value?.runs.some((line) => line.runId === run.runId && line.live) ?? false
  const parent = report.runs.find((other) => other.runId === run.parentRunId)
  return (
    <>
      <TopBar
        tools={
          <button
            type="button"
            class="button quiet"
            title="Chart or table (M)"
            aria-pressed={view.mode === 'table'}
            onClick={() => changeView({ mode: view.mode === 'table' ? 'overlay' : 'table' })}
          >
            Table
          </button>
        }
      >
        <nav class="crumbs" aria-label="Where this run is">
          <a href="#/">Runs</a>
          <span class="dim">/</span>
          {run.parentRunId !== null && (
            <>
              <a href={`#/run/${run.parentRunId}`} title={parent?.name}>
                {parent?.name || 'outer run'}
              </a>
              <span class="dim">/</span>
            </>
          )}
          <h1 title={run.name}>{run.name || 'unnamed run'}</h1>
          {isLive && (
            <span
              class="live"
              title="More spans are expected: the run's root has not arrived. Every figure here may change"
            >
              <i class="dot" /> still arriving
            </span>
          )}
          <span class="dim">{run.framework}</span>
        </nav>
      </TopBar>
      {!run.replay.ok && (
        <div class="banner" role="status">
          <strong>No saving is claimed.</strong>
          <span>
            The simulator does not reproduce this run: {formatDuration(run.replay.simulatedMs)} where{' '}
            {formatDuration(run.replay.measuredMs)} was measured. Where it departs: {run.replay.reason}.
          </span>
        </div>
      )}
      {error !== '' && (
        <div class="banner bad" role="alert">
          <strong>The run could not be analysed under these assumptions.</strong> <span>{error}</span>
        </div>
      )}
      <div class="run-head">
        <Summary run={run} rung={assumptions.rung} pending={pending} />
        <Controls assumptions={assumptions} view={view} />
      </div>
      <Stretches run={run} onSelect={select} />
      <Assumptions run={run} words={words} config={() => configText(report, words.all)} />
      <div class="run-body">
        {view.mode === 'table' ? (
          <TableMode run={run} chart={chart} order={order} selected={selected} onSelect={select} />
        ) : (
          <Timeline
            run={run}
            chart={chart}
            order={order}
            time={time}
            bounds={bounds}
            width={width}
            selected={selected}
            related={related}
            finding={finding}
            lit={lit}
            hits={hits}
            critical={run.replay.ok ? view.critical : 'off'}
            flipped={flipped}
            measured={measured}
            query={query}
            searchRef={search}
            pointerX={pointerX}
            onWidth={setWidth}
            onTime={moves.setTime}
            onSelect={select}
            onMeasure={setMeasured}
            onQuery={setQuery}
            onCycle={moves.cycleHits}
          />
        )}
        <Panel
          panelRef={panel}
          report={report}
          run={run}
          chart={chart}
          view={view}
          words={words}
          selected={selected}
          finding={finding}
          onSelect={select}
          onFinding={openFinding}
        />
      </div>
    </>
  )
}
