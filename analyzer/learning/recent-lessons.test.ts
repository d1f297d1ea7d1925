import { expect, test } from 'vitest'
import { pairKey, pathKey, valueKey } from '../dependencies/learnt-keys.ts'
import type { RunLessons } from '../model/learnt.ts'
import { MAX_RUNS, recentLessons } from './recent-lessons.ts'
import { lessonOf, nthRun } from './test-agent.ts'

const find = { tool: 'find_user', args: {}, result: { id: 'usr_91fx55k' } }
const read = { tool: 'read_user', args: { id: 'usr_91fx55k' }, result: 'fine' }
const note = { tool: 'add_note', args: { text: 'zebra-crossing' }, result: 'ok' }

/** Every third run reads what it found, every fourth has a note beside the search. */
const lessons: RunLessons[] = Array.from({ length: 3 * MAX_RUNS }, (_, n) =>
  lessonOf(nthRun(n, 'Go.', [n % 4 === 0 ? [find, note] : [find], n % 3 === 0 ? [read] : [note]])),
)
const KEYS = [
  pathKey('find_user', '$.id', 'read_user', '$.id'),
  valueKey('add_note', '$.text', 'zebra-crossing'),
  pairKey('find_user', 'read_user'),
] as const

const answersOf = (recent: ReturnType<ReturnType<typeof recentLessons>>) => ({
  runs: recent.runs,
  path: recent.withPath(KEYS[0]),
  value: recent.withValue(KEYS[1]),
  tools: recent.withTools(['find_user', 'read_user']),
  readAfterFind: recent.pair('find_user', 'read_user'),
  noteAfterFind: recent.pair('find_user', 'add_note'),
  findAfterRead: recent.pair('read_user', 'find_user'),
})

test('counts the runs of the stretch that is asked about', () => {
  const of = recentLessons((n) => lessons[n]!)
  // Of the runs 0 to 5, 0 and 3 read, and 0 and 4 have a note beside the search.
  expect(answersOf(of(0, 6))).toEqual({
    runs: 6,
    path: 2,
    value: 5,
    tools: 2,
    readAfterFind: { needed: 2, free: 0, freeMadeUp: 0, after: 0, without: 0 },
    noteAfterFind: { needed: 0, free: 0, freeMadeUp: 2, after: 3, without: 0 },
    findAfterRead: { needed: 0, free: 2, freeMadeUp: 0, after: 0, without: 4 },
  })
})

test('a stretch that moved, either way, is counted as if it were the first', () => {
  const moving = recentLessons((n) => lessons[n]!)
  const ends = [90, 89, 61, 60, 31, 30, 29, 4, 12, 45, 90]
  for (const end of ends) {
    const first = Math.max(0, end - MAX_RUNS)
    const anew = recentLessons((n) => lessons[n]!)(first, end)
    expect(answersOf(moving(first, end))).toEqual(answersOf(anew))
  }
})

test('reads each run once while the stretch moves along', () => {
  const read: number[] = []
  const of = recentLessons((n) => {
    read.push(n)
    return lessons[n]!
  })
  of(1, 31)
  of(0, 30)
  expect(read.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 31 }, (_, n) => n))
})
