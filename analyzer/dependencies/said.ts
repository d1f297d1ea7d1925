// What people said in this run, in the forms that people use.

import type { HistoryDocument } from './history.ts'
import { ofSharedText } from './shared-texts.ts'
import { formsIn, formsOf } from './spoken-forms.ts'
import { textNumbers } from './text-numbers.ts'

export interface Said {
  /** Documents of the user or the system that say the value in another form, ascending. */
  of(value: null | boolean | number | string): {
    readonly exact: readonly number[]
    readonly loose: readonly number[]
  }
  /** What numbers the user named, each with the first document that does, in time order. */
  readonly numbers: readonly { readonly document: number; readonly value: number }[]
}

export function saidIn(documents: readonly HistoryDocument[]): Said {
  const exact = new Map<string, number[]>()
  const loose = new Map<string, number[]>()
  documents.forEach(({ kind, role, value }, d) => {
    if (kind !== 'prompt' || role === 'assistant' || typeof value !== 'string') return
    const forms = formsSaid(value)
    for (const form of forms.exact) put(exact, form, d)
    for (const form of forms.loose) put(loose, form, d)
  })
  return {
    numbers: numbersIn(documents),
    of: (value) => {
      if (value === null || typeof value === 'boolean' || (exact.size === 0 && loose.size === 0)) {
        return NOTHING_SAID
      }
      const forms = formsOf(value)
      return { exact: documentsOf(exact, forms.exact), loose: documentsOf(loose, forms.loose) }
    },
  }
}

const formsSaid = ofSharedText(formsIn)

const NOTHING_SAID = { exact: [], loose: [] } as const

/** Numbers that a user names are worked with; so many are looked at per run. */
const MAX_NUMBERS = 24

function numbersIn(documents: readonly HistoryDocument[]): { document: number; value: number }[] {
  const found = new Map<number, number>()
  documents.forEach(({ kind, role, value }, d) => {
    if (kind !== 'prompt' || role !== 'user' || typeof value !== 'string') return
    for (const one of textNumbers(value)) {
      if (found.size < MAX_NUMBERS && one.value > 1 && !found.has(one.value)) found.set(one.value, d)
    }
  })
  return [...found].map(([value, document]) => ({ document, value }))
}

function put(map: Map<string, number[]>, form: string, document: number): void {
  const known = map.get(form)
  if (known === undefined) map.set(form, [document])
  else known.push(document)
}

function documentsOf(map: ReadonlyMap<string, readonly number[]>, forms: readonly string[]): number[] {
  return [...new Set(forms.flatMap((form) => map.get(form) ?? []))].sort((a, b) => a - b)
}
