// Paths of files, as arguments name them, compared without a file system.

/** `./src/../a//b/` is `a/b`. What climbs above the start keeps its `..`. */
export function cleanPath(path: string): string {
  const plain = /^file:\/\//.test(path) ? decoded(path.replace(/^file:\/\/(localhost(?=\/))?/, '')) : path
  const slashed = plain.replace(/\\/g, '/')
  const parts: string[] = []
  for (const part of slashed.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '..' || !slashed.startsWith('/')) parts.push(part)
  }
  return (slashed.startsWith('/') ? '/' : '') + parts.join('/') || '.'
}

/** What is no encoding stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Nobody knows the working directory: `src/a.ts` may well be `/repo/src/a.ts`, and `/repo` may hold it, so of an
 * absolute and a relative path only a file that does not end like it is `different`.
 */
export function comparePaths(a: string, b: string): 'same' | 'different' | 'unknown' {
  const openA = fixedFolder(a)
  const openB = fixedFolder(b)
  if (openA !== a || openB !== b) {
    return openA === '' || openB === '' || comparePaths(openA, openB) !== 'different' ? 'unknown' : 'different'
  }
  if (a === b || contains(a, b) || contains(b, a)) return 'same'
  const one = unanchored(a)
  const other = unanchored(b)
  if (endsAs(one, other) || endsAs(other, one)) return 'same'
  if (a.startsWith('/') === b.startsWith('/'))
    return a.startsWith('..') === b.startsWith('..') ? 'different' : 'unknown'
  const [absolute, relative] = a.startsWith('/') ? [a, other] : [b, one]
  if (`${absolute}/`.includes(`/${relative}/`)) return 'same'
  return /\.\w+$/.test(absolute) ? 'different' : 'unknown'
}

/** The folder before the first part of a path that is a pattern or a variable: `src` of `src/*.ts`, nothing of `$home/a`. */
function fixedFolder(path: string): string {
  const open = path.search(/[*?{$]/)
  return open < 0 ? path : path.slice(0, Math.max(0, path.lastIndexOf('/', open)))
}

function contains(folder: string, path: string): boolean {
  return folder === '.' || (path.startsWith(folder) && (folder.endsWith('/') || path[folder.length] === '/'))
}

/** Whether the last parts of a path are another one. */
function endsAs(path: string, end: string): boolean {
  return path.endsWith(end) && (path.length === end.length || path[path.length - end.length - 1] === '/')
}

/** `src/a.ts` of `../../src/a.ts` and of `~/src/a.ts`. */
const unanchored = (path: string): string =>
  path.startsWith('../') || path.startsWith('~/') ? path.replace(/^(\.\.\/)+|^~\//, '') : path
