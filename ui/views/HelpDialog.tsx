import { useEffect, useRef, useState } from 'preact/hooks'
import { KEYS, type KeyRow } from '../keys.ts'
import { helpOpen } from '../state/app.ts'
import { useAtom } from '../state/atom.ts'

const MOUSE: readonly (readonly [string, string])[] = [
  ['Click', 'select a row'],
  ['Drag', 'measure a stretch of time; F zooms to it'],
  ['Shift + drag', 'move along the time axis'],
  ['Ctrl + wheel', 'zoom at the pointer'],
  ['Double-click', 'show the whole run'],
]

export function HelpDialog() {
  const open = useAtom(helpOpen)
  const dialog = useRef<HTMLDialogElement>(null)
  const caps = useLayoutCaps(open)
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal()
    if (!open && dialog.current?.open === true) dialog.current.close()
  }, [open])
  if (!open) return null
  const groups = [...new Set(KEYS.map((row) => row.group))]
  return (
    <dialog
      ref={dialog}
      class="help"
      aria-labelledby="help-title"
      onClose={() => helpOpen.set(false)}
      // A click beside the dialog closes it, in browsers that know the attribute.
      {...{ closedby: 'any' }}
    >
      <header>
        <h2 id="help-title">Keys</h2>
        <span class="spacer" />
        <button type="button" class="button quiet" onClick={() => helpOpen.set(false)}>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      <div class="groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {KEYS.filter((row) => row.group === group).map((row) => (
                <li key={row.command}>
                  <span>
                    {capsOf(row, caps).map((cap) => (
                      <kbd key={cap}>{cap}</kbd>
                    ))}
                  </span>
                  <span>{row.text}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <section class="mouse">
          <h3>Mouse</h3>
          <ul>
            {MOUSE.map(([what, does]) => (
              <li key={what}>
                <span>{what}</span>
                <span>{does}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </dialog>
  )
}

function capsOf(row: KeyRow, layout: ReadonlyMap<string, string>): readonly string[] {
  const own = row.codes?.map((code) => layout.get(code))[0]
  return own !== undefined && row.caps.length === 1 && /^[A-Z]$/.test(row.caps[0] as string)
    ? [own.toUpperCase()]
    : row.caps
}

interface KeyboardLayout {
  readonly keyboard?: { getLayoutMap?(): Promise<ReadonlyMap<string, string>> }
}

/** What the keys of this keyboard are called, where the browser tells. */
function useLayoutCaps(wanted: boolean): ReadonlyMap<string, string> {
  const [caps, setCaps] = useState<ReadonlyMap<string, string>>(new Map())
  useEffect(() => {
    if (!wanted) return
    const map = (navigator as KeyboardLayout).keyboard?.getLayoutMap?.()
    // Refused in a frame without permission: the caps of the table stand.
    map?.then(setCaps, () => setCaps(new Map()))
  }, [wanted])
  return caps
}
