// SQL read as text: where its literals and comments begin and end.

/** Whose rules decide: `standard` (PostgreSQL, SQLite), or `other` (MySQL, Cypher), where a backslash escapes and more begins a comment. */
export type SqlReading = 'standard' | 'other'

/**
 * The code of statements: comments become a space, strings `''`; names in double quotes or backticks stay, unless `names` is
 * false. What is never closed is taken for code, so that nothing hides in it. One pass.
 *
 *   SELECT 'a', "b" -- c   ->   SELECT '', "b"
 */
export function sqlCode(text: string, reading: SqlReading = 'standard', names = true): string {
  const parts: string[] = []
  let from = 0
  while (from < text.length) {
    OPENING.lastIndex = from
    const found = OPENING.exec(text)
    if (found === null) break
    const start = found.index
    const end = endOf(text, start, found[0], reading)
    if (end < 0) break
    parts.push(text.slice(from, start))
    from = Math.max(end, start + 1)
    if (end === start) parts.push(text.slice(start, from))
    else parts.push(replaced(text.slice(start, end), found[0], names))
  }
  parts.push(text.slice(from))
  return parts.join('')
}

/** Each way to read a text: a second one only where the two differ. */
export function sqlReadings(text: string, names = true): readonly string[] {
  const standard = sqlCode(text, 'standard', names)
  if (!/[\\#]|--\S|\/\//.test(text)) return [standard]
  const other = sqlCode(text, 'other', names)
  return other === standard ? [standard] : [standard, other]
}

/** What may begin a literal or a comment. MySQL carries out what stands in `/*! ... *\/`. */
const OPENING = /['"`]|--|\/\*(?!!)|(?<![:\w/])(?:\/\/|#(?![>\-#=|&]))|(?<![\w$])\$(?:[a-z_]\w{0,60})?\$/gi

/** Where what begins at `start` ends; `start` where it is nothing of the kind, -1 where it never does. */
function endOf(text: string, start: number, opening: string, reading: SqlReading): number {
  if (opening === '/*') return after(text, '*/', start + 2)
  if (opening.startsWith('$')) return after(text, opening, start + opening.length)
  if (opening === '--' || opening === '#' || opening === '//') {
    const isComment =
      opening === '--' ? reading === 'standard' || /^\s|^$/.test(text[start + 2] ?? '') : reading === 'other'
    if (!isComment) return start
    const end = text.indexOf('\n', start)
    return end < 0 ? text.length : end
  }
  let from = start + 1
  for (let at = text.indexOf(opening, from); at >= 0; at = text.indexOf(opening, from)) {
    if (reading === 'other' && isEscaped(text, at, from)) from = at + 1
    // Doubled, it stands for itself.
    else if (text[at + 1] === opening) from = at + 2
    else return at + 1
  }
  return -1
}

/** Whether an odd number of backslashes stands before `at`, not before `from`. */
function isEscaped(text: string, at: number, from: number): boolean {
  let first = at
  while (first > from && text[first - 1] === '\\') first--
  return (at - first) % 2 === 1
}

function after(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from)
  return at < 0 ? -1 : at + closing.length
}

function replaced(part: string, opening: string, names: boolean): string {
  if (opening === "'" || opening.startsWith('$')) return "''"
  if (opening === '"' || opening === '`') return names ? part : '""'
  return ' '
}
