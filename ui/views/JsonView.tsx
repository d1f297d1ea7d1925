import { useState } from 'preact/hooks'
import type { Json } from '../../analyzer/model/json.ts'
import { type Mark, prettyJson } from '../layout/prettyJson.ts'
import { CopyButton } from './CopyButton.tsx'

const FIRST_LINES = 24
const ALL_LINES = 2_000

interface Props {
  readonly value: Json | undefined
  readonly marks: readonly Mark[]
  /** Said where the value was not captured. */
  readonly missing: string
}

/** Captured JSON, indented, with marked leaves. Long values start folded; their first marked line is always in sight. */
export function JsonView({ value, marks, missing }: Props) {
  const [open, setOpen] = useState(false)
  if (value === undefined) return <p class="dim">{missing}</p>
  const { lines, cut } = prettyJson(value, marks, ALL_LINES)
  const firstMark = lines.findIndex((line) => line.pieces.some((piece) => piece.tint !== null))
  const from = open || firstMark < FIRST_LINES ? 0 : Math.max(firstMark - 4, 0)
  const shown = open ? lines : lines.slice(from, from + FIRST_LINES)
  return (
    <div class="json">
      <pre class="snippet">
        {from > 0 && <span class="line dim">… {from} lines before</span>}
        {shown.map((line, i) => (
          <span class="line" key={from + i} style={{ paddingLeft: `${Math.min(line.indent, 24) * 14 + 14}px` }}>
            {line.pieces.map((piece, at) =>
              piece.tint === null ? (
                <span key={at} class={`j-${piece.kind}`}>
                  {piece.text}
                </span>
              ) : (
                <mark key={at} class={`tint-${piece.tint}`}>
                  {piece.text}
                </mark>
              ),
            )}
            {'\n'}
          </span>
        ))}
        {cut && open && <span class="line dim">… cut after {ALL_LINES} lines</span>}
      </pre>
      <span class="json-tools">
        {lines.length > FIRST_LINES && (
          <button type="button" class="button small" onClick={() => setOpen(!open)}>
            {open ? 'Fold' : `All ${lines.length}${cut ? '+' : ''} lines`}
          </button>
        )}
        <CopyButton text={typeof value === 'string' ? value : JSON.stringify(value, null, 2)} />
      </span>
    </div>
  )
}
