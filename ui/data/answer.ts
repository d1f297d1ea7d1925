// The one module of the page that holds the analyzer. It is loaded by itself: with its parsers it is larger than the rest.

import { reanalyze } from '../../analyzer/index.ts'
import type { Question, WhatIf } from './whatIf.ts'

/** The run under the question's options; as it was, with the analyzer's words, where it refused. */
export function answer({ run, nested, options }: Question): WhatIf {
  try {
    return { run: reanalyze(run, options, nested), error: '' }
  } catch (error) {
    return { run, error: error instanceof Error ? error.message : String(error) }
  }
}
