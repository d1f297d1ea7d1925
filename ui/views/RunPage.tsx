import { report as reportAtom } from '../state/app.ts'
import { useAtom } from '../state/atom.ts'
import { go } from '../state/route.ts'
import { parseRoute, type Route } from '../state/url.ts'
import { RunScreen } from './RunScreen.tsx'
import { TopBar } from './TopBar.tsx'
import { useKeys } from './useKeys.ts'

/** Loads, or says why it cannot; the screen itself is `RunScreen`. */
export function RunPage({ route }: { readonly route: Extract<Route, { screen: 'run' }> }) {
  const loaded = useAtom(reportAtom)
  const value = loaded.value?.runId === route.runId ? loaded.value : null
  if (value !== null) return <RunScreen report={value.report} view={route.view} />
  return <RunMessage error={loaded.error} runId={route.runId} />
}

function RunMessage({ error, runId }: { readonly error: string | null; readonly runId: string }) {
  useKeys('run', { back: () => go(parseRoute('#/')) })
  return (
    <>
      <TopBar>
        <a href="#/">Runs</a>
      </TopBar>
      <div class="message">
        {error === null ? (
          <p class="dim">Loading run {runId} …</p>
        ) : (
          <>
            <h1>This run cannot be shown</h1>
            <p role="alert">{error}</p>
            <a href="#/">All runs</a>
          </>
        )}
      </div>
    </>
  )
}
