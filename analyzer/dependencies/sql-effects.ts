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
/** Functions that only work something out, in the dialects that are common. A SELECT that calls any other may be there for what it does. */
const PURE = new RegExp(
  `^(${[
    'now|version|current_\\w+|local\\w+|getdate|curdate|curtime|sysdate|age|extract|(date|time|datetime)(_?(add|sub|diff|bin))?',
    'date_\\w+|timestamp\\w*|to_?[a-z]\\w*|make_\\w+|strftime|julianday|unixepoch|unix_timestamp|from_unixtime|year|quarter|month',
    'week\\w*|day\\w*|hour|minute|second|last_day|length|char_length|octet_length|len|upper|lower|initcap|[lrb]?trim|[lr]pad',
    'left|right|concat\\w*|substr\\w*|replace|translate|reverse|repeat|position|strpos|instr|charindex|locate|split_part|regexp_\\w+',
    'string_to_array|string_agg|group_concat|listagg|format|printf|quote_\\w+|ascii|chr|md5|sha\\d+|hex|encode|decode|coalesce',
    'nullif|ifnull|isnull|nvl2?|iif|if|cast|try_cast|convert|typeof|pg_typeof|greatest|least|round|abs|ceil|ceiling|floor|sqrt|power',
    'pow|mod|exp|ln|log\\d*|pi|sign|trunc|truncate|degrees|radians|a?sin|a?cos|a?tan2?|random|rand|gen_random_uuid|uuid\\w*',
    'count\\w*|sum\\w*|avg\\w*|min|max|total|median|mode|every|bool_\\w+|bit_\\w+|any_value|approx_\\w+|uniq\\w*|quantile\\w*|arg_?(min|max)',
    'stddev\\w*|var\\w*|variance|corr|covar_\\w+|percentile_\\w+|row_number|rank|dense_rank|percent_rank|cume_dist|ntile|lag|lead',
    'first|last|(first|last|nth)_value|array_\\w+|cardinality|unnest|generate_series|json_\\w+|jsonb_\\w+|row_to_json|st_\\w+',
    '(word_)?similarity|levenshtein|soundex|ts_\\w+|\\w*to_ts(query|vector)|pg_size_pretty|pg_\\w+_size|pg_get_\\w+|(col|obj)_description',
    'has_\\w+_privilege|current_setting|last_insert_rowid|last_insert_id|changes|found_rows|row_count|database|schema|user',
  ].join('|')})$`,
  'i',
)

/**
 * Effect and tables (`table:orders`, without their schema: `public.orders` is `orders`) of one or more statements; undefined
 * where the text is in a dialect that cannot be read, is very long or very deep.
 */
export function sqlEffect(text: string): CodeEffect | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const look =
    /^\s*(?:(?:describe|desc|explain)\s+|pragma\s+table_info\s*\(\s*)["`[]?([\w.]+)["`\]]?\s*\)?\s*;?\s*$/i.exec(text)
  if (look !== null) return { kind: 'read', resources: [tableOf(look[1] ?? '')] }
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
      const { name, schema = 'pg_catalog' } = call.function
      if (schema !== 'pg_catalog' || !PURE.test(name)) [writes, vague] = [true, true]
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
    visitor.statement(statement)
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
