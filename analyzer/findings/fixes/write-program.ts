import type { Inference } from '../../model/dependency.ts'
import type { Run } from '../../model/run.ts'
import { type Fix, languageOf } from './fix.ts'
import { printProgram } from './print-program.ts'
import { programOf } from './program-wiring.ts'

/** More calls than this make a listing that nobody reads; the first stages show the way. */
const MAX_CALLS = 40

/**
 * The chain as a program: the run's tools as async functions, its dependencies as awaits, values wired by path.
 * @param chain calls by stage, in order, and how many turns asked for them.
 */
export function writeProgram(
  run: Run,
  inference: Inference,
  { stages, asked }: { readonly stages: readonly (readonly number[])[]; readonly asked: number },
  content: boolean,
): Fix {
  let left = MAX_CALLS
  const shown = stages.flatMap((stage) => {
    const calls = stage.slice(0, Math.max(0, left))
    left -= calls.length
    return calls.length > 0 ? [calls] : []
  })
  const total = stages.flat().length
  const cut = total > MAX_CALLS ? ` The first ${MAX_CALLS} of ${total} calls are written out.` : ''
  return {
    summary: `Give the agent one tool that makes these calls itself, so that the model is asked once and not ${asked} times: as code below, or with a framework's way of calling tools from code.${cut}`,
    code: printProgram(programOf(run, inference, shown, content), languageOf(run)),
  }
}
