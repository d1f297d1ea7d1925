// Code is parsed once per distinct text, and only so much of it per run: parsing is the one thing here that takes microseconds
// per character.

/** Distinct texts parsed per run: who sends more sends them by program. */
const MAX_TEXTS = 300

/** `parse`, remembered; `otherwise` of what is beyond `maxLength` UTF-16 code units of distinct texts, or `MAX_TEXTS` of them. */
export function rememberedParse<T>(parse: (text: string) => T, maxLength: number, otherwise: T): (text: string) => T {
  const known = new Map<string, T>()
  let left = maxLength
  return (text) => {
    if (known.has(text)) return known.get(text) as T
    if (known.size >= MAX_TEXTS || text.length > left) return otherwise
    left -= text.length
    const parsed = parse(text)
    known.set(text, parsed)
    return parsed
  }
}
