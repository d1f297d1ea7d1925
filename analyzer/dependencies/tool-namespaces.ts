import type { Run } from '../model/run.ts'
import { namespaceOf, wordsOf } from './tool-lexicon.ts'
import { toolNumbers } from './tool-numbers.ts'

/**
 * Names of tools without the word that all tools of one maker begin with, for those whose word is one: `acme_get_widget` shows that
 * `acme` is no deed, so that `acme_list_orders` lists. A tool that begins with any other word is undefined.
 */
export function withinNamespaces(run: Pick<Run, 'calls' | 'tools'>): (tool: string) => string | undefined {
  const names = [...toolNumbers(run.calls).names, ...(run.tools ?? []).map(({ tool }) => tool)]
  const namespaces = new Set(names.flatMap((name) => namespaceOf(name) ?? []))
  return (tool) => {
    const [first = '', ...rest] = wordsOf(tool)
    return rest.length > 0 && namespaces.has(first) ? rest.join('_') : undefined
  }
}
