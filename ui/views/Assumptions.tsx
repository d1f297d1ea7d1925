import type { Override } from '../../analyzer/model/options.ts'
import type { ReportRun } from '../../analyzer/model/report.ts'
import { callName } from '../layout/callName.ts'
import { notice } from '../state/app.ts'
import type { Words } from './words.ts'

interface Props {
  readonly run: ReportRun
  readonly words: Words
  /** The words as a configuration file. */
  readonly config: () => string
}

/** The user's own word, as chips: everything on screen is computed with it. */
export function Assumptions({ run, words, config }: Props) {
  const here = words.all.filter((word) => bearsOn(run, word))
  if (here.length === 0) return null
  const toolOf = (id: string) => callName(run, id)
  const sentence = (o: Override) =>
    o.kind === 'effect'
      ? `${o.tool}: ${o.effect}`
      : o.kind === 'independent'
        ? `${toolOf(o.to)} needs nothing of ${toolOf(o.from)}`
        : `${toolOf(o.to)} needs ${toolOf(o.from)}`
  const copy = () =>
    navigator.clipboard.writeText(config()).then(
      () => notice.set('Copied: paste it into tailrace.config.json'),
      () => notice.set('The browser did not allow copying. On the command line: tailrace config'),
    )
  return (
    <div class="assumptions">
      <span class="dim">You say</span>
      <ul>
        {here.map((word) => (
          <li key={sentence(word)} class="chip">
            {sentence(word)}
            {!words.isStored(word) && <span class="dim late">in this address only</span>}
            <button type="button" aria-label={`Remove: ${sentence(word)}`} onClick={() => words.takeBack(word)}>
              ×
            </button>
          </li>
        ))}
      </ul>
      {here.length > 1 && (
        <button type="button" class="button quiet small" onClick={() => here.forEach(words.takeBack)}>
          Remove all
        </button>
      )}
      <button
        type="button"
        class="button quiet small"
        title="As a tailrace.config.json, which holds for every run and in CI"
        onClick={copy}
      >
        Copy as configuration
      </button>
    </div>
  )
}

/** A word on a tool that this run does not use is none of its business. */
function bearsOn(run: ReportRun, word: Override): boolean {
  return run.calls.some((call) => (word.kind === 'effect' ? call.tool === word.tool : call.id === word.from))
}
