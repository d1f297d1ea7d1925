import { contentByFramework } from '../../analyzer/frameworks/missing-content.ts'
import type { RunSummary } from '../../analyzer/model/api.ts'

/** Links to runs; the rest can be found in the list. */
const MAX_LINKS = 5

/** Which of the loaded runs lack arguments or results, by framework, with the way to the setting that brings them. */
export function RunsWithoutContent({ runs }: { readonly runs: readonly RunSummary[] }) {
  const lacking = contentByFramework(runs).filter((group) => group.lacking.length > 0)
  if (lacking.length === 0) return null
  return (
    <section class="lacking" aria-label="Runs without arguments or results">
      {lacking.map(({ framework, name, lacking: of, runs: all }) => (
        <p key={name}>
          <a href={`#/setup/${framework.id}`}>
            <strong>{name}</strong>
          </a>
          : {of.length} of {all} {all === 1 ? 'run' : 'runs'} came without arguments or results, such as{' '}
          {of.slice(0, MAX_LINKS).map((run, i) => (
            <span key={run.runId}>
              {i > 0 && ', '}
              <a href={`#/run/${encodeURIComponent(run.runId)}`}>{run.name}</a>
            </span>
          ))}
          . The setting is under <em>Arguments and results</em>.
        </p>
      ))}
    </section>
  )
}
