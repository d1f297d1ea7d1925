import type { Finding } from '../../model/report.ts'

export type Fix = Finding['fix']

/** Languages that code is written in for the user. */
export type Language = 'typescript' | 'python'

/** Frameworks that exist in Python only; the others are taken for TypeScript where the spans do not say. */
const PYTHON_ONLY = new Set([
  'CrewAI',
  'AutoGen',
  'smolagents',
  'Pydantic AI',
  'Haystack',
  'Agno',
  'Microsoft Agent Framework',
])

export const languageOf = (run: { readonly framework: string; readonly language: Language | null }): Language =>
  run.language ?? (PYTHON_ONLY.has(run.framework) ? 'python' : 'typescript')

/** Code in the language given, where there is one in both. */
export type InBoth = Readonly<Record<Language, string>>

/** A fix of what comes once, or again and again. */
export const inLoop = (fix: Fix, times: number): Fix =>
  times === 1
    ? fix
    : {
        ...fix,
        summary: `${fix.summary} This comes ${times} times in the run, as in a loop: one change mends all of them.`,
      }
