/** What the marks mean. Every one is a shape or a line style, with the words beside it; colour only repeats them. */
export function Legend({ hidden, hasWaits }: { readonly hidden: number; readonly hasWaits: boolean }) {
  return (
    <footer class="legend">
      <span>
        <i class="key bar-key" /> actual
      </span>
      <span>
        <i class="key thin-key" /> achievable
      </span>
      <span>
        <i class="key path-key" /> critical path
      </span>
      <span>
        <i class="key gap-key" /> gap on it
      </span>
      <span>
        <i class="key line-key solid" /> data or declared
      </span>
      <span>
        <i class="key line-key dashed" /> state, session, control
      </span>
      <span>
        <i class="key line-key dotted" /> your word
      </span>
      {hasWaits && (
        <span>
          <i class="key wait-key" /> waiting for a person
        </span>
      )}
      {hidden > 0 && <span>{hidden} more dependencies not drawn</span>}
    </footer>
  )
}
