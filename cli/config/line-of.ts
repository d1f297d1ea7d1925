/**
 * The line, from 1, where a configuration says what is at `path`; null if it cannot be told. Each key is looked for after
 * the one it stands in, as an object's key is written in JSON or TypeScript. A value that was computed has no such line,
 * and no parser would find one: what it leads to is a place to look, not a proof.
 */
export function lineOf(source: string, path: readonly (string | number)[]): number | null {
  let at = 0
  let found = -1
  for (const key of path) {
    if (typeof key === 'number') break
    const escaped = key.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    const written = new RegExp(`(?<![\\w$.-])(['"\`]?)${escaped}\\1\\s*(:|,|\\}|\\()`, 'g')
    written.lastIndex = at
    const match = written.exec(source)
    if (match === null) break
    found = match.index
    at = written.lastIndex
  }
  return found < 0 ? null : source.slice(0, found).split('\n').length
}
