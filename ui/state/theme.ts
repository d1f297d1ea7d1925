// Light or dark: the system's, until the user says otherwise. The choice is kept in this browser.

import { atom } from './atom.ts'

export type Theme = 'light' | 'dark'

const KEY = 'tailrace.theme'

/** The theme on screen. Canvas drawing subscribes to it: pixels do not follow CSS. */
export const theme = atom<Theme>('light')

/** Applies the kept choice and follows the system while there is none. Call once, at the start. */
export function startTheme(): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const chosen = keptTheme()
    if (chosen === null) delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
    theme.set(chosen ?? (system.matches ? 'dark' : 'light'))
  }
  system.addEventListener('change', apply)
  apply()
}

/** To the other theme; back to following the system when that is what the system has. */
export function toggleTheme(): Theme {
  const next: Theme = theme.get() === 'dark' ? 'light' : 'dark'
  const system: Theme = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  keepTheme(next === system ? null : next)
  if (next === system) delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
  theme.set(next)
  return next
}

function keptTheme(): Theme | null {
  try {
    const kept = window.localStorage.getItem(KEY)
    return kept === 'light' || kept === 'dark' ? kept : null
  } catch {
    // Storage can be forbidden (a sandboxed frame, a privacy setting): the theme then lasts as long as the page.
    return null
  }
}

function keepTheme(choice: Theme | null): void {
  try {
    if (choice === null) window.localStorage.removeItem(KEY)
    else window.localStorage.setItem(KEY, choice)
  } catch {
    // As above.
  }
}
