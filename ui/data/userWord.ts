// The user's word on a call or tool: at once on this page, and kept by the collector for every other.

import { type Override, subjectOf } from '../../analyzer/model/options.ts'
import { notice } from '../state/app.ts'
import { withOverride } from '../state/overrides.ts'
import { changeView, route } from '../state/route.ts'
import { changeOverride } from './api.ts'
import { loadReport } from './source.ts'

/** Recomputes with the word, then has it stored. What could not be stored stays in the page's address. */
export async function say(runId: string, word: Override): Promise<void> {
  changeView({ overrides: withOverride(overridesInView(), word) }, 'entry')
  const stored = await changeOverride('PUT', runId, word)
  if (!stored.ok) {
    notice.set(`Not stored, it holds in this address only. ${stored.error}`)
    return
  }
  await loadReport(runId)
  dropFromView(runId, word)
}

/** Takes a word back, from the address and from the collector. */
export async function takeBack(runId: string, word: Override, isStored: boolean): Promise<void> {
  dropFromView(runId, word)
  if (!isStored) return
  const forgotten = await changeOverride('DELETE', runId, word)
  if (forgotten.ok) await loadReport(runId)
  else notice.set(`It is still there. ${forgotten.error}`)
}

/** The report says it now: the address need not. */
function dropFromView(runId: string, word: Override): void {
  const now = route.get()
  if (now.screen !== 'run' || now.runId !== runId) return
  const rest = overridesInView().filter((one) => subjectOf(one) !== subjectOf(word))
  if (rest.length < overridesInView().length) changeView({ overrides: rest })
}

function overridesInView(): readonly Override[] {
  const now = route.get()
  return now.screen === 'run' ? now.view.overrides : []
}
