import { expect, test } from 'vitest'
import { rewordingsOf } from './rewordings.ts'
import { type TestCall, testRun } from './test-run.ts'

const asks = (query: string, on: string): TestCall => ({ tool: 'search', args: { query, on }, result: [] })

test.each<[string, readonly (readonly number[])[], readonly TestCall[]]>([
  ['words left out', [[], [0]], [asks('annual leave cap', 'wiki'), asks('annual leave', 'wiki')]],
  ['words added', [[], [0]], [asks('annual leave', 'wiki'), asks('annual leave cap', 'wiki')]],
  ['word for word the same, asked elsewhere', [[], []], [asks('annual leave', 'wiki'), asks('annual leave', 'mail')]],
  [
    'a formula, and one with the same signs',
    [[], []],
    [asks('solve: 4*y + 7*z - 9', 'maths'), asks('solve: 4*y + 7*z - 9 + 2*w', 'maths')],
  ],
  ['other words', [[], []], [asks('annual leave', 'wiki'), asks('sick pay', 'wiki')]],
])('%s', (_, found, calls) => {
  expect(
    rewordingsOf(
      testRun(
        'x',
        calls.map((call) => [call]),
      ),
    ),
  ).toEqual(found)
})
