// The route, as an atom over location.hash. Views change it with `changeView` (replaces the entry) or `go` (adds one).

import { atom } from './atom.ts'
import { formatRoute, parseRoute, type Route, type RunView } from './url.ts'

export const route = atom<Route>({ screen: 'runs', query: '', sort: { key: 'when', descending: true } })

/** Reads the address bar, now and whenever it changes. Call once, at the start. */
export function startRouting(): void {
  const read = () => {
    clearTimeout(writing)
    route.set(parseRoute(window.location.hash))
  }
  window.addEventListener('popstate', read)
  window.addEventListener('hashchange', read)
  read()
}

/** Navigation: the Back button returns from it. */
export function go(next: Route): void {
  writeAddress()
  window.history.pushState(null, '', formatRoute(next))
  route.set(next)
}

/** Another look at the same thing: no entry in the history. The address bar follows when the gesture pauses. */
export function replace(next: Route): void {
  route.set(next)
  clearTimeout(writing)
  writing = setTimeout(writeAddress, ADDRESS_PAUSE_MS)
}

/** The full address of exactly this view. */
export function linkToHere(): string {
  writeAddress()
  return window.location.href
}

/** Browsers refuse replaceState after 100 to 200 calls in half a minute: a wheel makes that in seconds. */
const ADDRESS_PAUSE_MS = 250
let writing: ReturnType<typeof setTimeout> | undefined

function writeAddress(): void {
  clearTimeout(writing)
  const hash = formatRoute(route.get())
  if (hash !== window.location.hash) window.history.replaceState(window.history.state, '', hash)
}

/** Changes how the open run is looked at. What changes the figures (`keep`) gets a history entry, so Back undoes it. */
export function changeView(change: Partial<RunView>, keep: 'entry' | 'no-entry' = 'no-entry'): void {
  const now = route.get()
  if (now.screen !== 'run') return
  const next: Route = { ...now, view: { ...now.view, ...change } }
  if (keep === 'entry') go(next)
  else replace(next)
}
