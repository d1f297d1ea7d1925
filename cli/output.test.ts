import { expect, test } from 'vitest'
import { harmless } from './output.ts'

test('line breaks stay, what a terminal would act on does not', () => {
  expect(harmless('a\n  b\u001b[2J\u009b1m\r\u202ec')).toBe('a\n  b [2J 1m  c')
})

test.each([
  ['::error::x', ': :error::x'],
  ['a\n  ::add-mask::x', 'a\n  : :add-mask::x'],
  ['a\r::error::x', 'a ::error::x'],
  ['a ##[error]x ##vso[task.complete]', 'a # #[error]x # #vso[task.complete]'],
  ['###[warning]', '## #[warning]'],
  ['std::string and ## heading', 'std::string and ## heading'],
])('no line is a command to a CI runner: %j', (text, shown) => expect(harmless(text)).toBe(shown))
