// Tools written in Python answer with `str(result)` as often as with JSON: `{'total': Decimal('2.50'), 'paid': None}`. Read as
// what it holds: dicts, lists, tuples and sets, strings, numbers, constants; a constructor as its arguments, one alone as
// itself. https://docs.python.org/3/reference/lexical_analysis.html#literals

import type { Json } from '../model/json.ts'

/** From the start of a text: it is a repr, and not JSON, a formula or prose in brackets. */
const LOOKS_LIKE_REPR = /^\s*[[{(]+\s*(?:[bu]?'|[A-Z]\w*\(|(?:None|True|False)\b)/

const TOKEN =
  /\s*(?:([[\]{}(),:])|[bru]*'([^'\\]*(?:\\.[^'\\]*)*)'|[bru]*"([^"\\]*(?:\\.[^"\\]*)*)"|(-?(?:\d[\d_]*)?\.?\d+(?:[eE][+-]?\d+)?)|([A-Za-z_][\w.]*)(\s*[(=])?)/suy

const CONSTANTS: Readonly<Record<string, Json>> = { None: null, True: true, False: false, nan: null, inf: null }

interface Open {
  readonly ends: ']' | '}' | ')'
  /** `Name(...)`: one argument alone is the thing itself. */
  readonly call: boolean
  readonly items: Json[]
  /** Keys of a dict or names of arguments, one per item; a `:` moves the last item here. */
  readonly keys: string[]
}

/** What a Python repr of a container holds, undefined where the text is none. Nesting costs no stack. */
export function parsePythonLiteral(text: string): Json | undefined {
  if (!LOOKS_LIKE_REPR.test(text)) return undefined
  const root: Open = { ends: ')', call: true, items: [], keys: [] }
  const stack: Open[] = [root]
  TOKEN.lastIndex = 0
  const end = text.trimEnd().length
  while (TOKEN.lastIndex < end) {
    const token = TOKEN.exec(text)
    const open = stack[stack.length - 1]
    if (token === null || open === undefined) return undefined
    const [, mark, single, double, number, name, after] = token
    const string = single ?? double
    if (string !== undefined) open.items.push(unescaped(string))
    else if (number !== undefined) open.items.push(Number(number.replaceAll('_', '')))
    else if (name !== undefined) {
      if (after?.endsWith('(')) stack.push({ ends: ')', call: true, items: [], keys: [] })
      else if (after !== undefined) open.keys.push(name)
      else {
        if (!Object.hasOwn(CONSTANTS, name)) return undefined
        open.items.push(CONSTANTS[name] as Json)
      }
    } else if (mark === '[') stack.push({ ends: ']', call: false, items: [], keys: [] })
    else if (mark === '{') stack.push({ ends: '}', call: false, items: [], keys: [] })
    else if (mark === '(') stack.push({ ends: ')', call: false, items: [], keys: [] })
    else if (mark === ':') {
      if (open.ends !== '}' || open.keys.length !== open.items.length - 1) return undefined
      open.keys.push(String(open.items.pop()))
    } else if (mark !== ',') {
      if (mark !== open.ends || stack.length < 2) return undefined
      stack.pop()
      const value = closed(open)
      if (value === undefined) return undefined
      ;(stack[stack.length - 1] as Open).items.push(value)
    }
  }
  return stack.length === 1 && root.items.length === 1 ? root.items[0] : undefined
}

function closed({ ends, call, items, keys }: Open): Json | undefined {
  if (keys.length === 0) return ends === '}' && items.length === 0 ? {} : call && items.length === 1 ? items[0] : items
  if (keys.length !== items.length || (ends !== '}' && !call)) return undefined
  return Object.fromEntries(keys.map((key, at) => [key, items[at] as Json]))
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' }

const unescaped = (text: string): string =>
  text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|([\s\S]))/g,
    (_, byte?: string, unit?: string, other?: string) => {
      const code = byte ?? unit
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
      return ESCAPES[other as string] ?? (other as string)
    },
  )
