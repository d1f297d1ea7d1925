import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { RunSummary } from '../../analyzer/model/api.ts'
import { loadOlderRuns, loadRuns } from '../data/source.ts'
import { filterRuns, holdOrder, keyOf, orderRuns, type RunLine, type SortKey } from '../layout/runList.ts'
import { connection, runs as runsAtom } from '../state/app.ts'
import { useAtom } from '../state/atom.ts'
import { go, replace } from '../state/route.ts'
import { DEFAULT_VIEW, type Route } from '../state/url.ts'
import { EmptyRuns } from './EmptyRuns.tsx'
import { RunsTable } from './RunsTable.tsx'
import { SearchBox } from './SearchBox.tsx'
import { TopBar } from './TopBar.tsx'
import { useKeys } from './useKeys.ts'

/** A run that grew this lately is marked. */
const NEW_FOR_MS = 4_000

export function RunsPage({ route }: { readonly route: Extract<Route, { screen: 'runs' }> }) {
  const loaded = useAtom(runsAtom)
  const live = useAtom(connection)
  const search = useRef<HTMLInputElement>(null)
  const [held, hold] = useState(false)
  const [active, setActive] = useState<string | null>(null)
  const shown = useRef<readonly string[]>([])
  const now = useNow()
  const fresh = useFresh(loaded.value?.runs ?? [])

  const ordered = useMemo(
    () => orderRuns(filterRuns(loaded.value?.runs ?? [], route.query), route.sort),
    [loaded.value, route.query, route.sort],
  )
  const { lines, waiting } = held ? holdOrder(shown.current, ordered) : { lines: ordered, waiting: 0 }
  shown.current = lines.map((line) => keyOf(line.run))

  const open = (run: RunSummary) => go({ screen: 'run', runId: run.runId, view: DEFAULT_VIEW })
  const at = lines.findIndex((line) => keyOf(line.run) === active)
  const move = (to: number) => {
    const line: RunLine | undefined = lines[Math.min(Math.max(to, 0), lines.length - 1)]
    if (line !== undefined) setActive(keyOf(line.run))
  }
  useKeys('runs', {
    'row-down': () => move(at + 1),
    'row-up': () => move(at < 0 ? 0 : at - 1),
    'row-first': () => move(0),
    'row-last': () => move(lines.length - 1),
    open: () => lines[at] !== undefined && open(lines[at].run),
    search: () => search.current?.focus(),
    back: () => replace({ ...route, query: '' }),
  })
  useEffect(() => {
    document.title = 'Runs · Tailrace'
  }, [])

  const sortBy = (key: SortKey) => {
    shown.current = []
    hold(false)
    const descending = route.sort.key === key ? !route.sort.descending : key !== 'name' && key !== 'framework'
    replace({ ...route, sort: { key, descending } })
  }
  const none = loaded.value !== null && loaded.value.runs.length === 0 && loaded.value.next === null

  return (
    <>
      <TopBar
        tools={
          none ? null : (
            <SearchBox
              inputRef={search}
              value={route.query}
              placeholder="Search runs"
              onInput={(query) => replace({ ...route, query })}
              onEnter={() => lines[0] !== undefined && open(lines[Math.max(at, 0)]?.run ?? lines[0].run)}
            />
          )
        }
      />
      <div class="runs-page">
        {loaded.error !== null && (
          <div class="banner bad" role="alert">
            <span>{loaded.error}</span>
            <button type="button" class="button small" onClick={() => void loadRuns()}>
              Try again
            </button>
          </div>
        )}
        {loaded.value?.failed.map((failure) => (
          <div class="banner" key={failure.traceId}>
            <span>
              Trace <code>{failure.traceId}</code> could not be analysed: {failure.message}
            </span>
          </div>
        ))}
        {none ? (
          <EmptyRuns listening={live.state === 'open'} why={loaded.value?.why ?? null} />
        ) : loaded.value === null ? (
          loaded.error === null && <p class="message dim">Loading runs …</p>
        ) : (
          <div class="runs-list" onPointerLeave={() => hold(false)}>
            <div class="runs-head">
              <h1>Runs</h1>
              <span class="dim">
                {route.query === '' ? loaded.value.runs.length : `${lines.length} of ${loaded.value.runs.length}`}
                {loaded.value.next === null ? '' : ' newest'}
              </span>
              <span class={`listening ${live.state}`}>
                <i class="dot" />{' '}
                {live.state === 'open' ? 'listening' : live.state === 'lost' ? 'not connected' : 'connecting'}
              </span>
              {waiting > 0 && (
                <button type="button" class="button small" onClick={() => hold(false)}>
                  {waiting} new, show
                </button>
              )}
            </div>
            <RunsTable
              lines={lines}
              sort={route.sort}
              active={active}
              now={now}
              fresh={fresh}
              onSort={sortBy}
              onOpen={open}
              onHold={() => hold(true)}
            />
            {lines.length === 0 && route.query === '' && (
              <p class="message dim">Of the newest traces none is a run. Older ones may be.</p>
            )}
            {lines.length === 0 && route.query !== '' && (
              <p class="message dim">
                No run matches “{route.query}”.{' '}
                <button type="button" class="link" onClick={() => replace({ ...route, query: '' })}>
                  Show all
                </button>
              </p>
            )}
            {loaded.value.next !== null && (
              <p class="more">
                <button type="button" class="button" onClick={() => void loadOlderRuns()}>
                  Older runs
                </button>
              </p>
            )}
          </div>
        )}
      </div>
    </>
  )
}

/** The present, again every ten seconds: enough for "4 min ago". */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Keys of the runs that are new or have grown a moment ago; none on the first load. */
function useFresh(runs: readonly RunSummary[]): ReadonlySet<string> {
  const known = useRef<Map<string, number> | null>(null)
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const before = known.current
    if (runs.length > 0 || before !== null) known.current = new Map(runs.map((run) => [keyOf(run), run.spans]))
    if (before === null) return
    const grown = runs.filter((run) => before.get(keyOf(run)) !== run.spans).map(keyOf)
    if (grown.length === 0) return
    setFresh(new Set(grown))
    const timer = setTimeout(() => setFresh(new Set()), NEW_FOR_MS)
    return () => clearTimeout(timer)
  }, [runs])
  return fresh
}
