import { expect, test } from 'vitest'
import { sqlCode, sqlReadings } from './sql-text.ts'

test.each([
  ['SELECT \'a\', "b" -- c', 'SELECT \'\', "b"  '],
  ["SELECT 1 -- Ann's\nFROM t WHERE n = 'x'; DELETE FROM t", "SELECT 1  \nFROM t WHERE n = ''; DELETE FROM t"],
  [`WHERE n = "O'Brien"; DELETE FROM t WHERE x = 'a'`, `WHERE n = "O'Brien"; DELETE FROM t WHERE x = ''`],
  ["SELECT 'it''s', '--', '/*'", "SELECT '', '', ''"],
  ["a /* it's */ b", 'a   b'],
  ["SELECT $$it's$$, $f$x$$y$f$, $1", "SELECT '', '', $1"],
  // What is carried out, and what never ends, hides nothing.
  ['SELECT 1 /*! DELETE FROM t */', 'SELECT 1 /*! DELETE FROM t */'],
  ["SELECT 'a; DELETE FROM t", "SELECT 'a; DELETE FROM t"],
  ["doc #> '{a}'", "doc #> ''"],
])('%s', (text, code) => {
  expect(sqlCode(text)).toBe(code)
})

test('a text that two dialects read differently has two readings', () => {
  expect(sqlReadings("SELECT 'it\\'s'; DELETE FROM t WHERE n = 'x'")).toEqual([
    "SELECT ''s''x'",
    "SELECT ''; DELETE FROM t WHERE n = ''",
  ])
  expect(sqlReadings('SELECT 5--3')).toEqual(['SELECT 5 ', 'SELECT 5--3'])
  expect(sqlReadings('SELECT 5 -- 3')).toEqual(['SELECT 5  '])
})

test('a long literal, and many that never end, are read in one pass', () => {
  expect(sqlCode(`SELECT '${'a'.repeat(9_000_000)}'`)).toBe("SELECT ''")
  // With a search for each end these would take longer than a test may.
  const opened = ['$a$ '.repeat(500_001), '/* '.repeat(500_000)]
  for (const text of opened) expect(sqlCode(text).length).toBeLessThanOrEqual(text.length)
  const tags = Array.from({ length: 200_000 }, (_, i) => `$a${i}$`).join(' ')
  expect(sqlCode(tags).length).toBeLessThanOrEqual(tags.length)
})
