import { expect, test } from 'vitest'
import { textNumbers } from './text-numbers.ts'

const read = (text: string) =>
  textNumbers(text).map(({ value, decimals, word, glued }) => [value, decimals, `${glued ? '+' : ''}${word}`])

test.each<[string, ReturnType<typeof read>]>([
  [
    'Rent: $7300Food: $4,100.50Rest',
    [
      [7300, 0, '+Food'],
      [4100.5, 2, '+Rest'],
    ],
  ],
  ['8.20 KB', [[8.2, 2, 'KB']]],
  [
    '40psi, -3.5C',
    [
      [40, 0, '+psi'],
      [-3.5, 1, '+C'],
    ],
  ],
  ['1.5.', [[1.5, 1, '']]],
  ['no numbers', []],
  // Parts of dates, times, versions, ids and places are no numbers of their own.
  ['2031-04-05 12:30 v1.2.3 10.0.0.1 ab12 12ab3 7_a 3rd 9/10', []],
])('%s', (text, numbers) => {
  expect(read(text)).toEqual(numbers)
})
