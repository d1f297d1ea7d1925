import type { DependencyKind } from '../../analyzer/model/dependency.ts'
import type { ReportDependency, ReportRun } from '../../analyzer/model/report.ts'
import { callName } from '../layout/callName.ts'
import { formatDuration } from '../layout/duration.ts'
import { asText } from '../layout/origins.ts'
import { lineStyle } from '../layout/related.ts'
import { PairButtons } from './PairButtons.tsx'
import type { Words } from './words.ts'

export const KIND_WORDS: Readonly<Record<DependencyKind, string>> = {
  data: 'a value of its result is in the arguments',
  state: 'both touch one resource and one of them writes',
  session: 'both act on one stateful thing',
  control: 'it was decided on because of that result',
  declared: 'declared',
}

/** Evidence lines per dependency; the rest is counted. */
const MAX_EVIDENCE = 4

interface Props {
  readonly run: ReportRun
  readonly dependencies: readonly ReportDependency[]
  /** Which end is named: what is waited for, or what is blocked. */
  readonly side: 'from' | 'to'
  readonly words: Words
  readonly onSelect: (id: string) => void
}

export function DependencyList({ run, dependencies, side, words, onSelect }: Props) {
  if (dependencies.length === 0) return null
  return (
    <ul class="dependencies">
      {dependencies.map((dependency) => {
        const other = run.calls.find((call) => call.id === dependency[side])
        return (
          <li key={`${dependency.from} ${dependency.to} ${dependency.kind}`}>
            <p>
              <i class={`key line-key ${lineStyle(dependency)}`} />{' '}
              <button type="button" class="link" onClick={() => onSelect(dependency[side])}>
                {callName(run, dependency[side])}
              </button>
              <span class="dim">
                {' '}
                {dependency.kind}, {dependency.confidence.toFixed(2)}
                {other === undefined ? '' : `, ${formatDuration(other.endMs - other.startMs)}`}
              </span>
            </p>
            {side === 'from' && (
              <div class="evidence">
                {dependency.evidence.every((e) => e.origin !== 'result') && <p class="dim">{reasonOf(dependency)}</p>}
                {dependency.evidence.slice(0, MAX_EVIDENCE).map(
                  (e) =>
                    (e.origin === 'history' && (
                      <p key="history" class="dim">
                        this way of a value was {asText(e.value)}
                      </p>
                    )) ||
                    (e.origin === 'result' && (
                      <p key={`${e.toPath} ${e.fromPath}`} class="flow">
                        <code>{short(asText(e.value))}</code>
                        <span class="dim">
                          {' '}
                          <code>{e.fromPath}</code> → <code>{e.toPath}</code>
                          {e.transform === 'exact' || e.transform === 'none' ? '' : `, ${e.transform}`}
                        </span>
                      </p>
                    )),
                )}
                {dependency.evidence.length > MAX_EVIDENCE && (
                  <p class="dim">and {dependency.evidence.length - MAX_EVIDENCE} more values</p>
                )}
                <PairButtons from={dependency.from} to={dependency.to} verdict="dependent" words={words} />
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function reasonOf(dependency: ReportDependency): string {
  if (dependency.evidence.some((e) => e.origin === 'override')) return 'because you say so'
  return KIND_WORDS[dependency.kind]
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
