import { describe, expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { codeEffects } from './code-effects.ts'
import { shellEffect } from './shell-effects.ts'
import { sqlEffect } from './sql-effects.ts'

describe('shell scripts', () => {
  test.each<[string, string, string[]]>([
    ['cat README.md Makefile', 'read', ['path:Makefile', 'path:README.md']],
    ['ls', 'read', ['path:.']],
    ['head -n 5 a.txt', 'read', ['path:a.txt']],
    ['grep -rn "rm -rf" src', 'read', ['path:src']],
    ['rg TODO', 'read', []],
    ['find src -name "*.ts"', 'read', ['path:src']],
    ['find . -name "*.tmp" -delete', 'write', []],
    ['git status && git log --oneline', 'read', []],
    ['git commit -am "read only"', 'write', []],
    ['cat a.txt | sort > b.txt', 'write', ['path:a.txt', 'path:b.txt']],
    ['make 2> /dev/null', 'write', []],
    ['ls missing 2> /dev/null', 'read', ['path:missing']],
    ['sed -n 1,5p a.ts', 'read', ['path:a.ts']],
    ['sed -i s/a/b/ a.ts', 'write', ['path:a.ts']],
    ["sed 's/a/b/w out' a.ts", 'write', []],
    ["sed -n 's/a/b/gw out' a.ts", 'write', []],
    ["sed 's/.*/touch x/e' a.ts", 'write', []],
    ["sed -n -e 's/the/we/gp' -e 2p a.ts", 'read', ['path:a.ts']],
    ["sed 's/we write/she wrote/' words/e.ts", 'read', ['path:words/e.ts']],
    ["sed -n '/from/,/to/p' a.ts", 'read', ['path:a.ts']],
    ["sed '/x/w out' a.ts", 'write', []],
    ["sed 's|a|b|wout' a.ts", 'write', []],
    ["sed '1e date' a.ts", 'write', []],
    ['sort -uo b.txt a.txt', 'write', []],
    ['sort -un a.txt', 'read', ['path:a.txt']],
    ['git diff --output=b.txt', 'write', []],
    ['git diff --stat', 'read', []],
    ['git -C /srv/app log --oneline', 'read', []],
    ['git -c core.fsmonitor=./run status', 'write', []],
    ['git branch -vv', 'read', []],
    ['git branch feature', 'write', []],
    ['git stash list', 'read', []],
    ['git stash', 'write', []],
    ['kubectl -n shop get pods', 'read', []],
    ['kubectl -n shop delete pod get', 'write', []],
    ['docker compose ps', 'read', []],
    ['docker compose up -d', 'write', []],
    ['aws --region eu-1 ec2 describe-instances', 'read', []],
    ['aws ec2 stop-instances --instance-ids describe-x', 'write', []],
    ['gh pr view 12', 'read', []],
    ['gh pr merge 12', 'write', []],
    ['node --version', 'read', []],
    ['node --version app.js', 'write', []],
    ['git reflog expire --all', 'write', []],
    ['go env -w X=Y', 'write', []],
    ['go version', 'read', []],
    ['history -c', 'write', []],
    ['file -C', 'write', []],
    ['file a.bin', 'read', ['path:a.bin']],
    ['rg --pre ./x TODO src', 'write', []],
    ['rg --pretty TODO src', 'read', ['path:src']],
    ['curl -c jar https://example.org', 'write', []],
    ['rm -rf build', 'write', ['path:build']],
    ['cp a.txt ./docs/../b.txt', 'write', ['path:a.txt', 'path:b.txt']],
    ['cat src/*.ts', 'read', ['path:src']],
    ['cat $FILE', 'read', []],
    ['echo "rm x"', 'read', []],
    ['echo $(rm x)', 'write', ['path:x']],
    ['cat "a$(rm x).txt"', 'write', []],
    ['cd /repo', 'session', []],
    ['cd /repo && ls', 'session', ['path:.']],
    ['(cd /repo; rm a)', 'write', ['path:a']],
    ['export TOKEN=1', 'session', []],
    ['sudo rm a', 'write', ['path:a']],
    ['timeout 5 cat a', 'read', ['path:a']],
    ['$cmd a', 'write', []],
    ['FOO=1', 'session', []],
    ['FOO=1 cat a', 'read', ['path:a']],
    ['sleep 5', 'session', []],
    ["awk '{ print $1 }' a", 'read', ['path:a']],
    ['awk \'{ print > "b" }\' a', 'write', []],
    ['uniq a b', 'write', []],
    ['curl --json @a https://example.org', 'write', []],
    ['npm test', 'write', []],
    ['curl https://example.org', 'read', []],
    ['curl -X POST https://example.org', 'write', []],
    ['for f in a b; do rm x; done', 'write', ['path:x']],
    ['cat <<EOF > out.txt\nrm y\nEOF', 'write', ['path:out.txt']],
    ['if [ -f a', 'write', []],
  ])('%s', (script, kind, resources) => {
    expect(shellEffect(script)).toEqual({ kind, resources })
  })
})

describe('SQL', () => {
  test.each<[string, string, string[]]>([
    [
      "SELECT * FROM orders o JOIN public.users u ON u.id = o.user_id WHERE note = 'delete'",
      'read',
      ['table:orders', 'table:users'],
    ],
    ['WITH big AS (SELECT * FROM orders) SELECT count(*) FROM big', 'read', ['table:orders']],
    ['WITH gone AS (DELETE FROM orders WHERE id = 1 RETURNING id) SELECT * FROM gone', 'write', ['table:orders']],
    ['INSERT INTO logs (line) SELECT name FROM users', 'write', ['table:logs', 'table:users']],
    ['UPDATE `orders` SET state = 1 WHERE id = 2', 'write', ['table:orders']],
    ['DELETE FROM [orders]', 'write', ['table:orders']],
    ['DROP TABLE orders', 'write', ['table:orders']],
    ['CREATE TABLE notes (id int)', 'write', ['table:notes']],
    ['ALTER TABLE notes ADD COLUMN at date', 'write', ['table:notes']],
    ['TRUNCATE notes', 'write', ['table:notes']],
    ['BEGIN', 'session', []],
    ['COMMIT', 'session', []],
    ['SELECT 1; DELETE FROM a', 'write', ['table:a']],
    ["SELECT nextval('ids')", 'write', []],
    ['SELECT rebuild_totals()', 'write', []],
    ['SELECT now(), round(2.5)', 'read', []],
    ['SELECT rank() OVER (ORDER BY price), max(at) FROM offers', 'read', ['table:offers']],
    ['SELECT archive_offer(id) FROM offers', 'write', []],
    ['SELECT * FROM users u, LATERAL archive(u.id)', 'write', []],
    ['SELECT shop.max(id) FROM offers', 'write', []],
    ['EXPLAIN (FORMAT JSON, ANALYZE) DELETE FROM a', 'write', ['table:a']],
    ['SELECT * FROM seats FOR UPDATE', 'write', ['table:seats']],
    ['EXPLAIN SELECT * FROM a', 'read', ['table:a']],
    ['EXPLAIN ANALYZE DELETE FROM a', 'write', ['table:a']],
    ['DESCRIBE a', 'read', ['table:a']],
    ['PRAGMA table_info(a)', 'read', ['table:a']],
  ])('%s', (text, kind, resources) => {
    expect(sqlEffect(text)).toEqual({ kind, resources })
  })

  test('what cannot be read is not guessed at', () => {
    expect(sqlEffect('MERGE INTO a USING b ON (x)')).toBeUndefined()
    expect(sqlEffect('DESCRIBE a; DELETE FROM a WHERE !')).toBeUndefined()
    expect(sqlEffect('what is the state of order 7')).toBeUndefined()
  })
})

describe('code in the arguments of a call', () => {
  const effect = codeEffects()
  test.each<[string, Json, unknown]>([
    ['bash', { command: 'cat a.txt' }, { kind: 'read', resources: ['path:a.txt'] }],
    ['run_command', { command: ['bash', '-lc', 'rm a.txt'] }, { kind: 'write', resources: ['path:a.txt'] }],
    ['shell', { command: ['cat', 'a b.txt'] }, { kind: 'read', resources: ['path:a b.txt'] }],
    ['execute_command', { command: 'ls src', cwd: '/repo' }, { kind: 'read', resources: ['path:/repo/src'] }],
    ['execute_sql', { query: "SELECT * FROM orders WHERE id = 'x'" }, { kind: 'read', resources: ['table:orders'] }],
    ['query', { sql: 'DELETE FROM orders' }, { kind: 'write', resources: ['table:orders'] }],
    // An apostrophe in a comment opens no string.
    [
      'query',
      { sql: "SELECT id FROM a -- Ann's\nWHERE n = 'x'; DELETE FROM b WHERE n = 'x'" },
      { kind: 'write', resources: ['table:a', 'table:b'] },
    ],
    // Whether a backslash escapes depends on the dialect.
    ['query', { sql: "SELECT 'it\\'s' FROM a" }, undefined],
    ['graphql_agent', { query: 'Remove the book' }, undefined],
    // A question is no statement, and a device that is told to start runs no shell.
    ['search', { query: 'select the best hotel' }, undefined],
    ['robot', { command: 'start' }, undefined],
  ])('%s %j', (tool, args, wanted) => {
    expect(effect(tool, args)).toEqual(wanted)
  })
})
