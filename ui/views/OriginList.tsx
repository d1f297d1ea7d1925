import type { ReportRun } from '../../analyzer/model/report.ts'
import { callName } from '../layout/callName.ts'
import { type ArgumentOrigin, asText } from '../layout/origins.ts'

const MAX_SHOWN = 12

interface Props {
  readonly run: ReportRun
  readonly origins: readonly ArgumentOrigin[]
  readonly onSelect: (id: string) => void
}

export function OriginList({ run, origins, onSelect }: Props) {
  return (
    <>
      <table class="origins">
        <tbody>
          {origins.slice(0, MAX_SHOWN).map((origin, index) => (
            <tr key={index}>
              <th scope="row">
                <code>{origin.path.replace(/^\$\.?/, '') || 'all'}</code>
              </th>
              <td>
                <mark class={origin.tint < 0 ? 'plain' : `tint-${origin.tint}`}>{short(asText(origin.value))}</mark>
              </td>
              <td class="dim">
                <Where run={run} origin={origin} onSelect={onSelect} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {origins.length > MAX_SHOWN && <p class="dim">and {origins.length - MAX_SHOWN} more arguments</p>}
    </>
  )
}

function Where({
  run,
  origin,
  onSelect,
}: {
  readonly run: ReportRun
  readonly origin: ArgumentOrigin
  readonly onSelect: (id: string) => void
}) {
  const { from } = origin
  if (from.kind === 'model') return <>written by the model</>
  if (from.kind === 'prompt') return <>the prompt</>
  if (from.kind === 'message') return <>{from.role === 'assistant' ? 'what the model said before' : 'the prompt'}</>
  return (
    <>
      {from.kind === 'argument' && 'an argument of '}
      <button type="button" class="link" onClick={() => onSelect(from.callId)}>
        {callName(run, from.callId)}
      </button>{' '}
      <code>{from.path}</code>
    </>
  )
}

function short(text: string): string {
  return text.length > 48 ? `${text.slice(0, 47)}…` : text
}
