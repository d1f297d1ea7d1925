import { useLayoutEffect, useRef } from 'preact/hooks'
import { type Command, keyRowFor, type Screen } from '../keys.ts'
import { helpOpen, notice } from '../state/app.ts'
import { linkToHere } from '../state/route.ts'
import { toggleTheme } from '../state/theme.ts'
import { copyText } from './copyText.ts'

/** Handles a command. `down` is false when a held key comes up; `fast` when Shift is held. */
export type Handler = (press: { readonly down: boolean; readonly fast: boolean }) => void

/** Listens for the keys of a screen. Keys pressed in a text field, or while a dialog is open, are left alone. */
export function useKeys(screen: Screen, handlers: Partial<Record<Command, Handler>>): void {
  const current = useRef(handlers)
  current.current = handlers
  // Not after the next frame, as other effects: a key pressed when the screen is seen must not be lost.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const down = event.type === 'keydown'
      const row = keyRowFor(event, screen)
      if (row === null || (!down && row.hold === undefined)) return
      if (down && (ownsKey(event.target, event) || document.querySelector('dialog[open]') !== null)) return
      const handler = current.current[row.command] ?? common[row.command]
      if (handler === undefined) return
      event.preventDefault()
      if (down && event.repeat && row.hold !== undefined) return
      handler({ down, fast: event.shiftKey })
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('keyup', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('keyup', onKey)
    }
  }, [screen])
}

const common: Partial<Record<Command, Handler>> = {
  theme: () => notice.set(toggleTheme() === 'dark' ? 'Dark theme' : 'Light theme'),
  help: () => helpOpen.set(true),
  'copy-link': () =>
    void copyText(linkToHere()).then((done) => notice.set(done ? 'Link copied' : 'Copying was refused')),
}

/** Whether the focused element has a use of its own for the key. */
function ownsKey(target: EventTarget | null, event: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  const moves = event.code.startsWith('Arrow') || event.code === 'Home' || event.code === 'End'
  if (target instanceof HTMLInputElement) return target.type !== 'range' || moves
  if (target.getAttribute('role') === 'slider') return moves
  const presses = target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement
  return presses && (event.code === 'Enter' || event.code === 'Space')
}
