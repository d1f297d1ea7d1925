import { useEffect } from 'preact/hooks'
import { connection, helpOpen, notice } from '../state/app.ts'
import { useAtom } from '../state/atom.ts'
import { route } from '../state/route.ts'
import { HelpDialog } from './HelpDialog.tsx'
import { RunPage } from './RunPage.tsx'
import { RunsPage } from './RunsPage.tsx'
import { SetupPage } from './SetupPage.tsx'

/** Moments that a short message stays on screen. */
const NOTICE_MS = 2_200

export function App() {
  const here = useAtom(route)
  const said = useAtom(notice)
  const live = useAtom(connection)
  useEffect(() => {
    if (said === '') return
    const timer = setTimeout(() => notice.set(''), NOTICE_MS)
    return () => clearTimeout(timer)
  }, [said])

  return (
    <div class="app">
      {live.state === 'lost' && (
        <div class="banner bad" role="alert">
          <strong>Connection lost.</strong>
          <span>What you see may be old. Trying again every {Math.round(live.retryInMs / 1000)} s.</span>
        </div>
      )}
      <main>
        {here.screen === 'run' ? (
          <RunPage key={here.runId} route={here} />
        ) : here.screen === 'runs' ? (
          <RunsPage route={here} />
        ) : here.screen === 'setup' ? (
          <SetupPage route={here} />
        ) : (
          <Missing hash={here.hash} />
        )}
      </main>
      <HelpDialog />
      <div aria-live="polite" class={said === '' ? 'visually-hidden' : 'notice'}>
        {said}
      </div>
    </div>
  )
}

function Missing({ hash }: { readonly hash: string }) {
  return (
    <div class="message">
      <h1>There is no such page</h1>
      <p class="dim mono">{hash}</p>
      <a href="#/">All runs</a>
    </div>
  )
}

export function openHelp(): void {
  helpOpen.set(true)
}
