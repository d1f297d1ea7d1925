// What a tool does, by the requests, statements and messages that were seen inside its spans.

import type { Operation } from '../model/run.ts'
import { MAX_SQL } from './code-effects.ts'
import { rememberedParse } from './remembered-parse.ts'
import type { CodeEffect } from './shell-effects.ts'
import { sqlEffect } from './sql-effects.ts'
import { effectOfName } from './tool-lexicon.ts'

/** Safe by RFC 9110 section 9.2.1, WebDAV and the QUERY method. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND'])
/** Database operations that only look and whose names no verb of the lexicon opens: SQL, Redis, MongoDB, Elasticsearch. */
const READS = new Set(
  (
    'select mget hget hmget hgetall hkeys hvals hlen exists ttl pttl keys lrange llen lindex smembers sismember scard ' +
    'zrange zrangebyscore zscore zcard zrank strlen hexists sscan hscan zscan distinct countdocuments listcollections ' +
    'getmore msearch knn'
  ).split(' '),
)
/** Deeds that may hide in a statement which begins with a look and that no parser could read; MongoDB's `$out` and `$merge`. */
const HIDDEN =
  /\b(?:insert|update|delete|merge|into|call|exec|execute|create|drop|alter|nextval|setval)\b|\$(?:out|merge)\b/i

export interface OperationEffect {
  readonly kind: 'read' | 'write'
  /** Hosts, tables and destinations; of a write none, if one of its deeds does not say on what. */
  readonly resources: readonly string[]
}

/** The effect of operations: a write if one of them is; undefined for none. Remembers what it parsed. */
export function operationEffects(): (operations: readonly Operation[]) => OperationEffect | undefined {
  const parsed = rememberedParse(sqlEffect, MAX_SQL, undefined)
  return (operations) => (operations.length === 0 ? undefined : joined(operations.map((one) => effectOf(one, parsed))))
}

function joined(effects: readonly CodeEffect[]): OperationEffect {
  const writes = effects.filter((effect) => effect.kind !== 'read')
  const isVague = writes.some((effect) => effect.resources.length === 0)
  const resources = isVague ? [] : [...new Set(effects.flatMap((effect) => effect.resources))].sort()
  return { kind: writes.length > 0 ? 'write' : 'read', resources }
}

function effectOf(
  { kind, name, on, statement }: Operation,
  parse: (statement: string) => CodeEffect | undefined,
): CodeEffect {
  if (kind === 'http') return { kind: SAFE_METHODS.has(name) ? 'read' : 'write', resources: named('url', on) }
  if (kind === 'publish') return { kind: 'write', resources: named('topic', on) }
  const parsed = statement === '' ? undefined : parse(statement)
  if (parsed !== undefined) return parsed.resources.length > 0 ? parsed : { ...parsed, resources: named('table', on) }
  const [verb = '', ...more] = (name === '' ? statement : name).trim().split(/[\s(;]+/)
  const isList = more.some((word) => /^(?:insert|update|delete)$/i.test(word))
  const looks = (READS.has(verb.toLowerCase()) || effectOfName(verb) === 'read') && !isList && !HIDDEN.test(statement)
  return { kind: looks ? 'read' : 'write', resources: named('table', on) }
}

const named = (kind: string, on: string): string[] => (on === '' ? [] : [`${kind}:${on}`])
