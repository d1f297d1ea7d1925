import type { ReportRun } from '../../analyzer/model/report.ts'
import { callName } from '../layout/callName.ts'
import { excerpt } from '../layout/excerpt.ts'
import { type ArgumentOrigin, resultMarks } from '../layout/origins.ts'
import { splitMarked } from '../layout/prettyJson.ts'
import { JsonView } from './JsonView.tsx'

interface Props {
  readonly run: ReportRun
  readonly origins: readonly ArgumentOrigin[]
  readonly onSelect: (id: string) => void
}

/** The texts that hold the argument's values, prompt and earlier results, with the same marks as in the arguments. */
export function SourceSnippets({ run, origins, onSelect }: Props) {
  const producers = [...new Set(origins.flatMap((o) => (o.from.kind === 'result' ? [o.from.callId] : [])))]
  const messages = [...new Set(origins.flatMap((o) => (o.from.kind === 'message' ? [o.from.index] : [])))]
  return (
    <>
      {producers.map((id) => {
        const call = run.calls.find((c) => (c.id as string) === id)
        return (
          call !== undefined && (
            <section key={id}>
              <h4>
                <button type="button" class="link" onClick={() => onSelect(id)}>
                  {callName(run, id)}
                </button>{' '}
                returned
              </h4>
              <JsonView value={call.result} marks={resultMarks(origins, id)} missing="The result was not captured." />
            </section>
          )
        )
      })}
      {messages.map((index) => {
        const message = run.messages?.[index]
        if (message === undefined) return null
        const marks = origins.flatMap((o) =>
          o.from.kind === 'message' && o.from.index === index ? [{ text: o.from.text, tint: o.tint }] : [],
        )
        const text = excerpt(
          message.text,
          marks.map((mark) => mark.text),
        )
        return (
          <section key={`m${index}`}>
            <h4>{message.role === 'assistant' ? 'The model had said' : `In the prompt (${message.role})`}</h4>
            <pre class="snippet text">
              {splitMarked(text, marks).map((piece, i) =>
                piece.tint === null ? (
                  piece.text
                ) : (
                  <mark key={i} class={`tint-${piece.tint}`}>
                    {piece.text}
                  </mark>
                ),
              )}
            </pre>
          </section>
        )
      })}
    </>
  )
}
