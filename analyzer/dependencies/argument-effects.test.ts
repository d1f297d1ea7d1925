import { expect, test } from 'vitest'
import { argumentsChange } from './argument-effects.ts'
import { leavesOf } from './leaves.ts'

test.each([
  ['query_database', { sql: 'SELECT count(*) FROM orders' }, false],
  ['query_database', { sql: 'DELETE FROM orders WHERE old = 1' }, true],
  ['query_database', { sql: "SELECT * FROM jobs WHERE state = 'delete'" }, false],
  ['query_database', { sql: '-- tidy\nDELETE FROM orders' }, true],
  ['query_database', { sql: 'SELECT 1; DROP TABLE orders' }, true],
  ['query_database', { sql: 'WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone' }, true],
  ['query_database', { query: 'EXPLAIN ANALYZE UPDATE a SET b = 1' }, true],
  ['query_database', { query: 'UPDATE orders SET old = 1' }, true],
  ['query_graph', { query: 'MATCH (n) DETACH DELETE n' }, true],
  ['query_api', { query: 'mutation { addOrder(id: 1) { id } }' }, true],
  ['search_web', { query: 'update on the weather' }, false],
  ['query_knowledge', { query: 'How do I delete my account?' }, false],
  ['fetch', { url: 'https://example.org', method: 'GET' }, false],
  ['fetch', { url: 'https://example.org', method: 'POST', body: '1' }, true],
  ['fetch', { url: 'https://example.org', options: { method: 'purge' } }, true],
  ['fetch', { url: 'https://example.org', body: { a: 1 } }, true],
  ['estimate', { method: 'linear' }, false],
])('%s %j: %s', (tool, args, changes) => {
  expect(argumentsChange(tool, leavesOf(args))).toBe(changes)
})
