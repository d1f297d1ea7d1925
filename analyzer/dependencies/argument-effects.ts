// What a call's arguments say against a name that only looks: `fetch` with POST, `query` with DELETE.

import type { Leaf } from './leaves.ts'
import { wordsOf } from './tool-lexicon.ts'

/** Tools that send whatever they are given. Their arguments decide; of others only unmistakable ones count. */
const SENDERS = new Set(['query', 'fetch', 'request', 'http'])
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const UNSAFE_METHODS = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const BODY = new Set(['body', 'data', 'payload', 'json', 'form'])
const STATEMENT = new Set(['sql', 'statement', 'cypher', 'graphql', 'mutation'])

/** Words that begin a statement which only reads (SQL, Cypher, GraphQL). */
const READING = /^(\(|\{|select|with|explain|show|describe|desc|values|table|match|query|fragment)/i
/** Deeds anywhere in a statement: `WITH gone AS (DELETE ...)`, `EXPLAIN ANALYZE UPDATE ...`, `MATCH (n) SET ...`. */
const DEED =
  /\b(insert|update|delete|drop|create|alter|truncate|merge|replace|grant|revoke|call|exec|execute|into|set|remove|mutation)\b/i
/** Text under any other name has to look like a statement: "update on the weather" is a question. */
const STATEMENT_LIKE =
  /(^|;)\s*(insert\s+into|update\s+\S+\s+set|delete\s+from|drop\s+\w+\s+\S|create\s+(or\s|temp|unique|table|index|view|database|schema|\()|alter\s+\w+\s+\S|truncate\s+\S|merge\s+(into|\()|grant\s+\w+\s+on|vacuum\b|reindex\b|refresh\s+materialized|copy\s+\S+\s+(from|to)\b|(call|exec|execute)\s+\w+\s*[(@]|mutation\b)/i

/** Whether the arguments of a call whose name looks say that it changes something. */
export function argumentsChange(tool: string, args: readonly Leaf[]): boolean {
  const sends = wordsOf(tool).some((word) => SENDERS.has(word))
  return args.some((leaf) => changesBy(leaf, sends))
}

function changesBy({ key, value, path }: Leaf, sends: boolean): boolean {
  if (value === null || typeof value === 'boolean') return false
  const name = wordsOf(key)
  if (name.includes('method') || name.includes('verb')) {
    const method = String(value).trim().toUpperCase()
    return UNSAFE_METHODS.has(method) || (sends && method !== '' && !SAFE_METHODS.has(method))
  }
  if (sends && BODY.has(String(topKey(path)).toLowerCase()) && String(value).trim() !== '') return true
  const isStatement = STATEMENT.has(name.at(-1) ?? '')
  if (typeof value === 'number' && !isStatement) return false
  const statement = withoutComments(String(value).trim())
  if (isStatement) return changes(statement)
  return STATEMENT_LIKE.test(statement) || (/^(select|with|explain|match\s*\()/i.test(statement) && changes(statement))
}

/** String literals are left out first: `WHERE state = 'delete'` deletes nothing. */
function changes(statement: string): boolean {
  const code = statement.replace(/'[^']*(?:''[^']*)*'/g, "''")
  return DEED.test(code) || code.split(';').some((part) => part.trim() !== '' && !READING.test(part.trim()))
}

const withoutComments = (text: string): string =>
  text.includes('/*') || text.includes('--')
    ? withoutBlocks(text)
        .replace(/--[^\n]*/g, ' ')
        .trim()
    : text

/** One search for each end: where there is none, the rest is no comment. */
function withoutBlocks(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let start = text.indexOf('/*'); start >= 0; start = text.indexOf('/*', from)) {
    const end = text.indexOf('*/', start + 2)
    if (end < 0) break
    parts.push(text.slice(from, start))
    from = end + 2
  }
  parts.push(text.slice(from))
  return parts.join(' ')
}

function topKey(path: { readonly parent: unknown; readonly key: string | number } | null): string | number {
  let node = path
  while (node !== null && node.parent !== null) node = node.parent as typeof path
  return node?.key ?? ''
}
