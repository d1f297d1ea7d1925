// Names, arguments and errors come from spans, that is from anybody. On a terminal a control character can move the cursor
// or recolour the screen, and in a CI log a line of its own can be taken for a command.

// Control characters, line and paragraph separators, and the marks that reorder text.
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu

/** Foreign text as one printable line. Runs of unprintable characters become one space. */
export function oneLine(text: string): string {
  return text.replace(UNPRINTABLE, ' ').trim()
}

/** `3 calls`, `1 call`: plural by -s. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
