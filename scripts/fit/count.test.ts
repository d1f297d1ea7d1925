import { expect, test } from 'vitest'
import { familyOf, pairTableOf } from './count.ts'
import { figuresWith, leaveOut } from './leave-out.ts'
import type { LabelledPair } from './pairs.ts'

const pairs = (n: number, corpus: string, episode: string, dependent: boolean, name = 'read: x'): LabelledPair[] =>
  Array.from({ length: n }, () => ({
    corpus,
    episode,
    dependent,
    controlKnown: true,
    situation: { name, prior: 0.25 },
    calls: ['a', 'b'],
  }))

test('an episode counts as at most four pairs of a situation', () => {
  expect(pairTableOf([...pairs(100, 'a', 'a1', false), ...pairs(3, 'a', 'a2', true)])).toEqual({ 'read: x': [3, 7, 1] })
})

test('a corpus counts as at most 120, and twins are one family', () => {
  const many = (corpus: string) => Array.from({ length: 60 }, (_, n) => pairs(4, corpus, `${corpus}${n}`, false)).flat()
  expect(pairTableOf([...many('a'), ...many('a_long'), ...many('b')])).toEqual({ 'read: x': [0, 360, 2] })
  expect(familyOf('a_long')).toBe('a')
})

test('what is in no situation is in no table, and unsaid', () => {
  const silent = pairs(2, 'a', 'a1', true).map((pair) => ({ ...pair, situation: undefined }))
  expect(pairTableOf(silent)).toEqual({})
  expect(figuresWith(silent, {})).toMatchObject({ pairs: 2, unsaid: 1, falseIndependence: 0 })
})

test('a family is scored with what the others show', () => {
  const a = Array.from({ length: 20 }, (_, n) => pairs(1, 'a', `a${n}`, false)).flat()
  const b = Array.from({ length: 20 }, (_, n) => pairs(1, 'b', `b${n}`, false)).flat()
  const c = pairs(1, 'c', 'c1', true)
  // (0 + 1) / (40 + 4) for c: called independent, wrongly. For a and b: (1 + 1) / (21 + 4), independent all the same.
  const rows = leaveOut([...a, ...b, ...c])
  expect(rows.map(({ corpus, falseIndependence }) => [corpus, falseIndependence])).toEqual([
    ['a', null],
    ['b', null],
    ['c', 1],
    ['all', 1],
  ])
  expect(rows[0]?.independenceRecall).toBe(1)
})
