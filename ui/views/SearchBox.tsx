import type { Ref } from 'preact'

interface Props {
  readonly inputRef: Ref<HTMLInputElement>
  readonly value: string
  readonly placeholder: string
  readonly note?: string
  readonly onInput: (text: string) => void
  readonly onEnter?: (backwards: boolean) => void
}

export function SearchBox({ inputRef, value, placeholder, note, onInput, onEnter }: Props) {
  return (
    <label class="search">
      <svg width="13" height="13" viewBox="0 0 13 13" aria-hidden="true">
        <circle cx="5.5" cy="5.5" r="4" fill="none" stroke="currentColor" stroke-width="1.4" />
        <path d="M8.6 8.6 12 12" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" />
      </svg>
      <input
        ref={inputRef}
        type="search"
        value={value}
        placeholder={placeholder}
        aria-label={placeholder}
        spellcheck={false}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.(event.shiftKey)
          if (event.key === 'Escape') {
            onInput('')
            event.currentTarget.blur()
          }
        }}
      />
      {note ? <span class="dim">{note}</span> : value === '' && <kbd>/</kbd>}
    </label>
  )
}
