import type { ComponentChildren } from 'preact'
import { helpOpen } from '../state/app.ts'
import { useAtom } from '../state/atom.ts'
import { theme, toggleTheme } from '../state/theme.ts'
import iconUrl from './icon.svg?url'

export function TopBar({
  children,
  tools,
}: {
  readonly children?: ComponentChildren
  readonly tools?: ComponentChildren
}) {
  const now = useAtom(theme)
  return (
    <header class="topbar">
      <a class="brand" href="#/" aria-label="Tailrace: all runs">
        <img src={iconUrl} alt="" />
        {children === undefined && 'Tailrace'}
      </a>
      {children}
      <span class="spacer" />
      {tools}
      <a class="button quiet" href="#/setup" title="How to send runs here">
        Set up
      </a>
      <button type="button" class="button quiet" title="Theme (T)" onClick={() => toggleTheme()}>
        {now === 'dark' ? 'Light' : 'Dark'}
      </button>
      <button type="button" class="button quiet of-keys" title="Keys (?)" onClick={() => helpOpen.set(true)}>
        Keys <kbd>?</kbd>
      </button>
    </header>
  )
}
