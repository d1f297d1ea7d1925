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
  ['query_database', { query: 'INSERT OR REPLACE INTO carts VALUES (7)' }, true],
  ['query_database', { query: 'REPLACE INTO carts VALUES (7)' }, true],
  ['query_database', { query: 'update carts c set n = 1 where c.id = 3' }, true],
  ['query_database', { query: 'DELETE c FROM carts c JOIN users u ON u.id = c.u' }, true],
  ['query_database', { query: 'INSERT OVERWRITE TABLE carts SELECT * FROM x' }, true],
  ['query_database', { query: "LOAD DATA INFILE 'x' INTO TABLE carts" }, true],
  ['query_database', { query: 'DO $$ BEGIN DELETE FROM carts; END $$' }, true],
  ['query_database', { query: 'SET search_path TO tenant_7' }, true],
  ['query_database', { query: 'USE shop' }, true],
  ['query_triples', { query: 'PREFIX ex: <http://ex.org/> DELETE WHERE { ?s ?p ?o }' }, true],
  ['query_triples', { query: 'PREFIX ex: <http://ex.org/set#> SELECT ?s WHERE { ?s ?p ?o }' }, false],
  ['query_database', { query: `SELECT * FROM t WHERE n = "O'Brien"; DELETE FROM t WHERE x = 'a'` }, true],
  ['query_database', { query: `SELECT * FROM t WHERE n = "O'Brien" AND x = 'delete'` }, false],
  ['query_database', { query: "SELECT 'it\\'s'; DELETE FROM t WHERE x = 'a'" }, true],
  ['query_knowledge', { query: 'Do we ship to Norway? Use of the set menu' }, false],
  ['search_web', { query: 'set up an account and delete it' }, false],
  ['aggregate', { pipeline: [{ $group: { _id: '$x' } }, { $out: 'totals' }] }, true],
  ['aggregate', { pipeline: [{ $merge: { into: { db: 'a', coll: 'totals' } } }] }, true],
  ['aggregate', { pipeline: [{ $group: { _id: '$out' } }, { $sort: { out: 1 } }] }, false],
  ['fetch', { url: 'https://example.org', method: 'GET' }, false],
  ['fetch', { url: 'https://example.org', method: 'POST', body: '1' }, true],
  ['fetch', { url: 'https://example.org', options: { method: 'purge' } }, true],
  ['fetch', { url: 'https://example.org', body: { a: 1 } }, true],
  ['estimate', { method: 'linear' }, false],
])('%s %j: %s', (tool, args, changes) => {
  expect(argumentsChange(tool, leavesOf(args))).toBe(changes)
})
