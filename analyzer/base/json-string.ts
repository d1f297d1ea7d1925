const BACKSLASH = 0x5c

/**
 * Index of the quote that closes the string which the one at `start` opens, in JSON; the text's length if none does. Linear:
 * backslashes are counted back from each quote.
 */
export function endOfJsonString(text: string, start: number): number {
  for (let i = text.indexOf('"', start + 1); i >= 0; i = text.indexOf('"', i + 1)) {
    let before = i - 1
    while (text.charCodeAt(before) === BACKSLASH) before--
    // Backslashes escape each other in pairs; one left over escapes the quote.
    if ((i - before) % 2 === 1) return i
  }
  return text.length
}
