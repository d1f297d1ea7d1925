/** The part of a long text around the first of `needles`, cut at words, with `…` where something was left out. */
export function excerpt(text: string, needles: readonly string[], room = 220): string {
  if (text.length <= room) return text
  const at = needles.map((needle) => text.indexOf(needle)).find((index) => index >= 0) ?? 0
  let start = Math.max(0, at - Math.floor(room / 3))
  let end = Math.min(text.length, start + room)
  if (start > 0) {
    const space = text.indexOf(' ', start)
    if (space >= 0 && space < at) start = space + 1
  }
  if (end < text.length) {
    const space = text.lastIndexOf(' ', end)
    if (space > start + room / 2) end = space
  }
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`
}
