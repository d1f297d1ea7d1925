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
