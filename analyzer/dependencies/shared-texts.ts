// Runs of one agent begin with one system prompt, and often with one task: what is read off such a text alone is read once.

/** Texts remembered per question. Chosen: an agent has a prompt or two, and agents run side by side. */
const MAX_TEXTS = 32
/** Longer texts are not remembered. UTF-16 code units; with the above, a megabyte per question. */
const MAX_LENGTH = 32_768

/**
 * `read`, which may depend on nothing but the text, for texts that many runs have: its last few answers are kept from run to
 * run. Whoever gets one must not change it.
 */
export function ofSharedText<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    if (text.length > MAX_LENGTH) return read(text)
    if (known.has(text)) return known.get(text) as T
    const answer = read(text)
    if (known.size >= MAX_TEXTS) known.delete(known.keys().next().value as string)
    known.set(text, answer)
    return answer
  }
}
