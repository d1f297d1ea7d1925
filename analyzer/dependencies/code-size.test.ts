import { describe, expect, test } from 'vitest'
import { argumentsChange } from './argument-effects.ts'
import { codeEffects } from './code-effects.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { leavesOf } from './leaves.ts'
import { rememberedParse } from './remembered-parse.ts'
import { shellEffect } from './shell-effects.ts'
import { sqlEffect } from './sql-effects.ts'
import { options, testRun } from './test-run.ts'

const UNREAD = { kind: 'write', resources: [] }
const nested = (depth: number) => `echo ${'"$(echo '.repeat(depth)}$(cat b)${')"'.repeat(depth)}`

describe('shell scripts', () => {
  test('scripts in scripts are each read once', () => {
    // Read twice a level, these are 30,000 readings.
    expect(shellEffect(nested(15))).toEqual({ kind: 'read', resources: ['path:b'] })
  })

  test.each([
    ['very many in one another', nested(2000)],
    ['parentheses', '('.repeat(20_000)],
    ['what is never closed', '"$('.repeat(10_000)],
    ['a long one', 'cat a\n'.repeat(20_000)],
  ])('%s may do anything', (_, script) => {
    expect(shellEffect(script)).toEqual(UNREAD)
  })

  test('a pattern behind a long name is in its folder', () => {
    expect(shellEffect(`ls ${'a'.repeat(40_000)}/*`).resources).toEqual([`path:${'a'.repeat(40_000)}`])
  })
})

test('a literal in a statement may be as long as a message', () => {
  const sql = `select '${'a'.repeat(9_000_000)}' from carts`
  expect(argumentsChange('query_database', leavesOf({ sql }))).toBe(false)
  expect(codeEffects()('query_database', { sql })?.kind).toBe('read')
})

describe('SQL', () => {
  test.each([
    ['sums', `SELECT ${'a + '.repeat(3000)}a FROM t`],
    ['tables in tables', `SELECT * FROM ${'(SELECT * FROM '.repeat(800)}t${') x'.repeat(800)}`],
    ['unions', Array.from({ length: 700 }, () => 'SELECT a FROM t').join(' UNION ')],
    ['a long one', `SELECT ${'a, '.repeat(10_000)}a FROM t`],
  ])('%s too deep or long to be read are not guessed at', (_, text) => {
    expect(sqlEffect(text)).toBeUndefined()
  })

  test('a hundred alternatives are read', () => {
    const text = `SELECT * FROM t WHERE ${'a = 1 OR '.repeat(100)}b = 2`
    expect(sqlEffect(text)).toEqual({ kind: 'read', resources: ['table:t'] })
  })

  test('a long comment that never ends is searched once', () => {
    expect(argumentsChange('query', leavesOf({ sql: `select 1 ${'/* '.repeat(300_000)}` }))).toBe(false)
    expect(argumentsChange('query', leavesOf({ sql: `select 1 /* a */ ; /**/ delete from t` }))).toBe(true)
    expect(argumentsChange('query', leavesOf({ sql: `select 1 /* ; delete from t */` }))).toBe(false)
  })
})

test('so much is parsed per run and no more', () => {
  const read: string[] = []
  const parse = rememberedParse((text) => read.push(text), 10, -1)
  expect(['abcdef', 'abcdef', 'toolong', 'abcd', 'a', 'abcd'].map(parse)).toEqual([1, 1, -1, 2, -1, 2])
  expect(read).toEqual(['abcdef', 'abcd'])
})

test('scripts beyond what is parsed may do anything', () => {
  const effect = codeEffects()
  const script = (i: number) => ({ command: `cat ${i}${'a'.repeat(40_000)}` })
  const kinds = Array.from({ length: 40 }, (_, i) => effect('bash', script(i))?.kind)
  expect(kinds.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'read'))
  expect(kinds.at(-1)).toBe('write')
})

test('a run with code that cannot be read is inferred', () => {
  const run = testRun('Go on.', [
    [{ tool: 'run_sql', args: { sql: `SELECT ${'a + '.repeat(4000)}a FROM t` }, result: 1 }],
    [{ tool: 'bash', args: { command: nested(2000) }, result: 'ok' }],
    [{ tool: 'read_file', args: { path: 'a.txt' }, result: 'ok' }],
  ])
  expect(inferDependencies(run, options()).verdict(1, 2).verdict).not.toBe('independent')
})
