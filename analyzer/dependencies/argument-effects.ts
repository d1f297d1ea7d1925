// What a call's arguments say against a name that only looks: `fetch` with POST, `query` with DELETE.

import { sqlReadings } from '../base/sql-text.ts'
import type { Leaf } from './leaves.ts'
import { tellsOfOutput } from './output-files.ts'
import type { PathNode } from './path-node.ts'
import { wordsOf } from './tool-lexicon.ts'

/** Tools that send whatever they are given. Their arguments decide; of others only unmistakable ones count. */
const SENDERS = new Set(['query', 'fetch', 'request', 'http'])
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const UNSAFE_METHODS = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const BODY = new Set(['body', 'data', 'payload', 'json', 'form'])
const STATEMENT = new Set(['sql', 'statement', 'cypher', 'graphql', 'mutation'])

/** Words that begin a statement which only reads (SQL, Cypher, GraphQL, SPARQL). */
const READING = /^(\(|\{|select|with|explain|show|describe|desc|values|table|match|query|fragment|ask|construct)/i
/** Deeds anywhere in a statement: `WITH gone AS (DELETE ...)`, `EXPLAIN ANALYZE UPDATE ...`, `MATCH (n) SET ...`. */
const DEED =
  /\b(insert|update|delete|drop|create|alter|truncate|merge|replace|grant|revoke|call|exec|execute|into|set|remove|mutation)\b/i
/** What begins a statement, one that looks or another; a text without any of these words is none. */
const OPENING =
  /\b(select|with|explain|match|prefix|base|insert|replace|upsert|update|delete|load|rename|do|set|use|attach|detach|drop|create|alter|truncate|merge|grant|revoke|vacuum|reindex|refresh|copy|call|exec|execute|lock|unlock|import|optimize|begin|commit|rollback|declare|mutation)\b/i
/** Text under any other name has to look like a statement: `update on the weather` is a question. Bounds keep it linear. */
const STATEMENT_LIKE = new RegExp(
  `(^|;)\\s*(${[
    'insert\\s+(or\\s+\\w+\\s+|ignore\\s+|overwrite\\s+)?(into|table)\\b|(replace|upsert)\\s+into\\b|update\\s[^;]{1,200}?\\sset\\s',
    "delete\\s+([\\w.]+[\\s,]+){0,3}from\\b|load\\s+data\\b|rename\\s+table\\b|do\\s+(\\$|'')|set\\s+[\\w.@]+\\s*(=|to\\b)|use\\s+\\w+\\s*(;|$)",
    '(attach|detach)\\s+database\\b|drop\\s+\\w+\\s+\\S|create\\s+(or\\s|temp|unique|table|index|view|database|schema|\\()',
    'alter\\s+\\w+\\s+\\S|truncate\\s+\\S|merge\\s+(into|\\()|grant\\s+\\w+\\s+on|vacuum\\b|reindex\\b|refresh\\s+materialized',
    'copy\\s+\\S+\\s+(from|to)\\b|(call|exec|execute)\\s+\\w+\\s*[(@]|mutation\\b',
  ].join('|')})`,
  'i',
)
/** In capitals it is no question, whatever comes after. */
const SHOUTED =
  /(^|;)\s*(INSERT|REPLACE|UPSERT|UPDATE|DELETE|LOAD|RENAME|DO|SET|USE|ATTACH|DETACH|DROP|CREATE|ALTER|TRUNCATE|MERGE|GRANT|REVOKE|VACUUM|REINDEX|REFRESH|COPY|CALL|EXEC|EXECUTE|LOCK|UNLOCK|IMPORT|OPTIMIZE|BEGIN|COMMIT|ROLLBACK|DECLARE)\s/
const LOOK_LIKE = /^\s*(select|with|explain|match\s*\(|prefix\s+\w*:|base\s*<)/i
/** What stands before the statement of a SPARQL query, and its addresses. */
const PREFIXES = /\b(?:prefix\s+\w*:|base)\s*(?=<)|<[^<>\s]*>/gi

/** Whether the arguments of a call whose name looks say that it changes something. */
export function argumentsChange(tool: string, args: readonly Leaf[]): boolean {
  const sends = wordsOf(tool).some((word) => SENDERS.has(word))
  for (const leaf of args) if (changesBy(leaf, sends)) return true
  return tellsOfOutput(args)
}

function changesBy({ key, value, path }: Leaf, sends: boolean): boolean {
  if (value === null || typeof value === 'boolean') return false
  const name = wordsOf(key)
  if (name.includes('method') || name.includes('verb')) {
    const method = String(value).trim().toUpperCase()
    return UNSAFE_METHODS.has(method) || (sends && method !== '' && !SAFE_METHODS.has(method))
  }
  if (sends && BODY.has(String(topKey(path)).toLowerCase()) && String(value).trim() !== '') return true
  if (storesPipeline(path)) return true
  const isStatement = STATEMENT.has(name.at(-1) ?? '')
  if (!isStatement && (typeof value === 'number' || !OPENING.test(value))) return false
  return sqlReadings(String(value), false).some((code) =>
    isStatement
      ? changes(code)
      : STATEMENT_LIKE.test(code) || SHOUTED.test(code) || (LOOK_LIKE.test(code) && changes(code)),
  )
}

/** @param code without literals: `WHERE state = 'delete'` deletes nothing. */
function changes(code: string): boolean {
  const bare = /^\s*(prefix|base)\b/i.test(code) ? code.replace(PREFIXES, ' ') : code
  return DEED.test(bare) || bare.split(';').some((part) => part.trim() !== '' && !READING.test(part.trim()))
}

/** Stages of a MongoDB pipeline that store what it gives: `{"$out": "totals"}`, `{"$merge": {"into": {"coll": "totals"}}}`. */
function storesPipeline(path: PathNode | null): boolean {
  let node = path
  for (let up = 0; up < 4 && node !== null; up++) {
    if (node.key === '$out' || node.key === '$merge') return true
    node = node.parent
  }
  return false
}

function topKey(path: PathNode | null): string | number {
  let node = path
  while (node !== null && node.parent !== null) node = node.parent
  return node?.key ?? ''
}
