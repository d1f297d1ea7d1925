// What a SQL statement does, read off its syntax tree: read or write, and which tables.

import { astVisitor, parse, type Statement } from 'pgsql-ast-parser'
import type { CodeEffect } from './shell-effects.ts'

/** Longer texts are dumps: parsing them takes longer than knowing their tables is worth. */
const MAX_LENGTH = 20_000
/** Deeper trees are left alone: the visitor of the parser's package calls itself, and 900 unions are too many for its stack. */
const MAX_DEPTH = 300
const SESSION = new Set([
  'begin',
  'start transaction',
  'commit',
  'rollback',
  'set',
  'set timezone',
  'set names',
  'prepare',
  'deallocate',
])
const READ = new Set(['select', 'union', 'union all', 'values', 'show', 'with', 'with recursive'])
/** Functions that only work something out. A SELECT without tables that calls any other may be there for what it does. */
const PURE =
  /^(now|version|current_\w+|local\w+|length|char_length|upper|lower|trim|concat|coalesce|nullif|round|abs|ceil|floor|sqrt|power|mod|greatest|least|date_\w+|to_\w+|extract|age|random|gen_random_uuid|pg_size_pretty|pg_\w+_size|last_insert_rowid|last_insert_id|changes|substr|substring|replace|cast|format|json_\w+|jsonb_\w+)$/i
/** Functions that change something although they stand in a SELECT. */
const DEEDS = /^(nextval|setval|pg_notify|pg_advisory_\w+|pg_terminate_backend|lo_\w+|dblink\w*)$/i

/**
 * Effect and tables (`table:orders`, without their schema: `public.orders` is `orders`) of one or more statements; undefined
 * where the text is in a dialect that cannot be read, is very long or very deep.
 */
export function sqlEffect(text: string): CodeEffect | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const look = /^\s*(describe|desc|pragma\s+table_info|explain)[\s(]+["`[]?([\w.]+)/i.exec(text)
  if (look !== null && !/^(select|insert|update|delete|with|analyze|verbose|query)$/i.test(look[2] ?? '')) {
    return { kind: 'read', resources: [tableOf(look[2] ?? '')] }
  }
  // Only EXPLAIN ANALYZE carries the statement out; the quotes of MySQL and SQL Server are those of the standard.
  const explained = /^\s*explain\s+(?!\(?\s*analyze)(\([^)]*\)\s*|verbose\s+|query\s+plan\s+)?/i
  const code = text
    .replace(/^\s*explain\s+\(?\s*analyze[^)]*?\)?\s+(verbose\s+)?/i, '')
    .replace(explained, '')
    .replace(/`([^`]*)`/g, '"$1"')
    .replace(/\[(\w+)\]/g, '"$1"')
  let statements: Statement[]
  try {
    statements = parse(code)
  } catch {
    return undefined
  }
  if (isDeeper(statements, MAX_DEPTH)) return undefined
  const tables = new Set<string>()
  const own = new Set<string>()
  let [writes, session, vague] = [false, false, false]
  /** Calls of functions that may do anything. */
  let calls = 0
  const visitor = astVisitor((map) => ({
    tableRef: (ref) => {
      tables.add(tableOf(ref.name))
    },
    with: (statement) => {
      for (const { alias } of statement.bind) own.add(tableOf(alias.name))
      map.super().with(statement)
    },
    withRecursive: (statement) => {
      own.add(tableOf(statement.alias.name))
      map.super().withRecursive(statement)
    },
    call: (call) => {
      if (DEEDS.test(call.function.name)) [writes, vague] = [true, true]
      if (!PURE.test(call.function.name)) calls++
      map.super().call(call)
    },
    insert: (statement) => {
      writes = true
      map.super().insert(statement)
    },
    update: (statement) => {
      writes = true
      map.super().update(statement)
    },
    delete: (statement) => {
      writes = true
      map.super().delete(statement)
    },
  }))
  for (const statement of statements) {
    const before = { tables: tables.size, calls }
    visitor.statement(statement)
    if (statement.type === 'select' && tables.size === before.tables && calls > before.calls)
      [writes, vague] = [true, true]
    if (SESSION.has(statement.type)) session = true
    else if (!READ.has(statement.type)) {
      writes = true
      const named = namesOf(statement)
      for (const name of named) tables.add(tableOf(name))
      if (named.length === 0 && tables.size === 0) vague = true
    }
    if (statement.type === 'select' && statement.for !== undefined) writes = true
  }
  const resources = vague ? [] : [...tables].filter((table) => !own.has(table)).sort()
  return { kind: session ? 'session' : writes ? 'write' : 'read', resources }
}

/** Whether lists and objects stand more than `depth` deep in one another. */
function isDeeper(tree: unknown, depth: number): boolean {
  const open: { readonly node: unknown; readonly at: number }[] = [{ node: tree, at: 1 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.node === null || typeof next.node !== 'object') continue
    if (next.at > depth) return true
    for (const node of Object.values(next.node)) open.push({ node, at: next.at + 1 })
  }
  return false
}

/** Tables that CREATE, DROP, ALTER and TRUNCATE name. */
function namesOf(statement: Statement): string[] {
  const { name, names, table, tables } = statement as unknown as Readonly<Record<string, unknown>>
  return [name, table, ...(Array.isArray(names) ? names : []), ...(Array.isArray(tables) ? tables : [])].flatMap(
    (one) => {
      const given = (one as { name?: unknown } | undefined)?.name
      return typeof given === 'string' ? [given] : []
    },
  )
}

const tableOf = (name: string): string => `table:${(name.split('.').at(-1) ?? name).toLowerCase()}`
