// JSON as indented lines of coloured pieces, with some leaves marked. Iterative: captured JSON can be as deep as it likes.

import type { Json } from '../../analyzer/model/json.ts'
import { childPath } from './jsonPath.ts'

/** Marks a leaf by its path, or the part of it that reads `text`. `tint` picks one of the marking colours. */
export interface Mark {
  readonly path: string
  readonly text: string | null
  readonly tint: number
}

export interface Piece {
  readonly kind: 'punctuation' | 'key' | 'string' | 'number' | 'word' | 'plain'
  readonly text: string
  /** Null where the piece is not marked. */
  readonly tint: number | null
}

export interface PrettyLine {
  readonly indent: number
  readonly pieces: readonly Piece[]
}

export interface Pretty {
  readonly lines: readonly PrettyLine[]
  /** Lines beyond `maxLines` were left out. */
  readonly cut: boolean
}

type Task =
  | {
      readonly kind: 'value'
      readonly value: Json
      readonly path: string
      readonly indent: number
      readonly lead: readonly Piece[]
      readonly comma: boolean
    }
  | { readonly kind: 'close'; readonly text: string; readonly indent: number }

/** A string at the top (a plain-text result) is shown as the text it is, line by line. */
export function prettyJson(value: Json, marks: readonly Mark[] = [], maxLines = 400): Pretty {
  // JSON inside a string has paths of its own, below the string's: those marks belong to the string.
  const marksOf = (path: string, leaf: Json): Mark[] =>
    marks.filter((mark) => mark.path === path || (typeof leaf === 'string' && isBelow(mark.path, path)))
  if (typeof value === 'string') return textLines(value, marksOf('$', value), maxLines)

  const lines: PrettyLine[] = []
  const tasks: Task[] = [{ kind: 'value', value, path: '$', indent: 0, lead: [], comma: false }]
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if (lines.length >= maxLines) return { lines, cut: true }
    if (task.kind === 'close') {
      lines.push({ indent: task.indent, pieces: [punctuation(task.text)] })
      continue
    }
    const { path, indent, lead, comma } = task
    const entries = childrenOf(task.value)
    if (entries === null || entries.length === 0) {
      const tail = comma ? [punctuation(',')] : []
      lines.push({ indent, pieces: [...lead, ...leafPieces(task.value, marksOf(path, task.value)), ...tail] })
      continue
    }
    const list = Array.isArray(task.value)
    lines.push({ indent, pieces: [...lead, punctuation(list ? '[' : '{')] })
    tasks.push({ kind: 'close', text: `${list ? ']' : '}'}${comma ? ',' : ''}`, indent })
    for (let i = entries.length - 1; i >= 0; i--) {
      const [key, child] = entries[i] as readonly [string | number, Json]
      const head: Piece[] = list ? [] : [{ kind: 'key', text: JSON.stringify(key), tint: null }, punctuation(': ')]
      tasks.push({
        kind: 'value',
        value: child,
        path: childPath(path, key),
        indent: indent + 1,
        lead: head,
        comma: i < entries.length - 1,
      })
    }
  }
  return { lines, cut: false }
}

/** Cuts `text` into pieces so that every marked part stands alone. Earlier marks win where two overlap. */
export function splitMarked(text: string, marks: readonly { readonly text: string; readonly tint: number }[]): Piece[] {
  const found: { start: number; end: number; tint: number }[] = []
  for (const mark of marks) {
    if (mark.text === '') continue
    for (let at = text.indexOf(mark.text); at >= 0; at = text.indexOf(mark.text, at + mark.text.length)) {
      const end = at + mark.text.length
      if (!found.some((f) => at < f.end && f.start < end)) found.push({ start: at, end, tint: mark.tint })
    }
  }
  found.sort((a, b) => a.start - b.start)
  const pieces: Piece[] = []
  let from = 0
  for (const { start, end, tint } of found) {
    if (start > from) pieces.push({ kind: 'plain', text: text.slice(from, start), tint: null })
    pieces.push({ kind: 'plain', text: text.slice(start, end), tint })
    from = end
  }
  if (from < text.length) pieces.push({ kind: 'plain', text: text.slice(from), tint: null })
  return pieces
}

function isBelow(path: string, parent: string): boolean {
  return path.length > parent.length && path.startsWith(parent) && /[.[]/.test(path[parent.length] as string)
}

function childrenOf(value: Json): (readonly [string | number, Json])[] | null {
  if (value === null || typeof value !== 'object') return null
  if (Array.isArray(value)) return (value as readonly Json[]).map((child, index) => [index, child] as const)
  return Object.entries(value as { readonly [key: string]: Json })
}

function leafPieces(value: Json, marks: readonly Mark[]): Piece[] {
  const text = JSON.stringify(value)
  const kind =
    typeof value === 'string'
      ? 'string'
      : typeof value === 'number'
        ? 'number'
        : value !== null && typeof value === 'object'
          ? 'punctuation'
          : 'word'
  const whole = marks.find((mark) => mark.text === null || JSON.stringify(mark.text) === text || mark.text === text)
  if (whole !== undefined) return [{ kind, text, tint: whole.tint }]
  const parts = marks.flatMap((mark) => (mark.text === null ? [] : [{ text: inner(mark.text), tint: mark.tint }]))
  const pieces = splitMarked(text, parts)
  // The value was changed on the way (a date in another form, a number in a sentence): mark the leaf that holds it.
  if (marks.length > 0 && !pieces.some((piece) => piece.tint !== null)) {
    return [{ kind, text, tint: (marks[0] as Mark).tint }]
  }
  return pieces.map((piece) => ({ ...piece, kind }))
}

/** A text as it stands between the quotes of its JSON form. */
function inner(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function textLines(text: string, marks: readonly Mark[], maxLines: number): Pretty {
  const all = text.split('\n')
  const parts = marks.flatMap((mark) => (mark.text === null ? [] : [{ text: mark.text, tint: mark.tint }]))
  return {
    lines: all.slice(0, maxLines).map((line) => ({ indent: 0, pieces: splitMarked(line, parts) })),
    cut: all.length > maxLines,
  }
}

function punctuation(text: string): Piece {
  return { kind: 'punctuation', text, tint: null }
}
