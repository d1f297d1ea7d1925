import { expect, test } from 'vitest'
import type { Match } from '../../analyzer/dependencies/look.ts'
import { WEIGHTS_BEFORE } from '../../analyzer/dependencies/match-weights.ts'
import { matchTableOf } from './match-weights.ts'
import type { LabelledMatches } from './matches.ts'

const MATCH: Match = {
  from: 0,
  leaf: 0,
  kind: 'exact',
  rival: 'none',
  bits: 10,
  resultTokens: 20,
  affinity: 0,
  wholeResult: false,
  numeric: false,
  plain: false,
  saidLater: 'no',
  loose: false,
  unused: false,
  share: 1,
  incidental: false,
  probability: Number.NaN,
  hit: { document: 0, path: null, key: '', whole: true, negative: false },
}

const pairs = (n: number, needed: boolean, matches: readonly Partial<Match>[], episode = ''): LabelledMatches[] =>
  Array.from({ length: n }, (_, k) => ({
    corpus: 'a',
    episode: episode === '' ? `a${needed}${k}` : episode,
    needed,
    matches: matches.map((match) => ({ ...MATCH, ...match })),
  }))

test('without labels, what was held before is held', () => {
  const { weights, known } = matchTableOf([])
  expect(weights).toEqual(WEIGHTS_BEFORE)
  expect(known['in the prompt']).toEqual([0, 0])
})

test('a weight moves by what became of its pairs, and others do not', () => {
  const { weights, pairs: bearing } = matchTableOf([
    ...pairs(50, true, [{ kind: 'computed' }]),
    ...pairs(50, false, [{ saidLater: 'shown' }]),
  ])
  expect(weights.computed).toBeGreaterThan(WEIGHTS_BEFORE.computed)
  expect(weights.shownLater).toBeLessThan(WEIGHTS_BEFORE.shownLater)
  expect(weights.flag).toBe(WEIGHTS_BEFORE.flag)
  expect([bearing.computed, bearing.shownLater, bearing.bias, bearing.flag]).toEqual([50, 50, 100, 0])
})

test('a pair is judged by its best match', () => {
  // Beside a telling value, a flag explains nothing, and so is not blamed.
  const { pairs: bearing } = matchTableOf(pairs(5, true, [{ bits: 0.5 }, { bits: 28 }]))
  expect([bearing.flag, bearing.tiny, bearing.bits]).toEqual([0, 0, 5])
})

test('known values are counted where a pair shares nothing else, at most 4 an episode and 20 a corpus', () => {
  const inPrompt = { rival: 'prompt' } as const
  const counts = (labelled: readonly LabelledMatches[]) => matchTableOf(labelled).known['in the prompt']
  expect(counts([...pairs(2, true, [inPrompt]), ...pairs(6, false, [inPrompt])])).toEqual([2, 8])
  expect(counts([...pairs(2, true, [inPrompt, {}])])).toEqual([0, 0])
  expect(counts(pairs(8, true, [inPrompt], 'one episode'))).toEqual([4, 4])
  expect(counts([...pairs(30, true, [inPrompt]), ...pairs(10, false, [inPrompt])])).toEqual([15, 20]) // 20 / 40 each
})
