// SDKs write these where content was switched off. They mean "not captured", which is not the same as "empty".
const MARKERS: ReadonlySet<string> = new Set(['__REDACTED__', '[REDACTED]', '<REDACTED>'])

/** Whether the whole text is a marker of an SDK that hid the content: OpenInference, Codex, Claude Code. */
export const isRedacted = (text: string): boolean =>
  text.length <= LONGEST && text.includes('REDACTED') && MARKERS.has(text.trim())

/** A marker with room for spaces around it. Looking a long text up would hash all of it. */
const LONGEST = 40
