// Names, arguments and errors come from spans, that is from anybody. On a terminal a control character can move the cursor
// or recolour the screen, and in a CI log a line of its own can be taken for a command.

// Control characters, line and paragraph separators, and the marks that reorder text.
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu

/** A name in a sentence says no more past these UTF-16 units. */
const MAX_NAME = 80

/** Foreign text as one printable line. Runs of unprintable characters become one space. */
export function oneLine(text: string): string {
  return text.replace(UNPRINTABLE, ' ').trim()
}

/** A foreign name as a part of a sentence: one printable line, cut where it is longer than anybody names a thing. */
export function shortName(name: string): string {
  const line = oneLine(name.length > 4 * MAX_NAME ? name.slice(0, 4 * MAX_NAME) : name)
  return line.length > MAX_NAME ? `${line.slice(0, MAX_NAME - 1)}…` : line
}
