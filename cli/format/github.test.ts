import { expect, test } from 'vitest'
import { githubError } from './github.ts'

test('a plain error is one workflow command', () => {
  expect(githubError('over budget', 'lost 1.2 s')).toBe('::error title=over budget::lost 1.2 s')
})

test('nothing in the title or message can end the command or start another', () => {
  expect(githubError('a:b,c\n::d', '100%\r\n::set-env name=x::y')).toBe(
    '::error title=a%3Ab%2Cc%0A%3A%3Ad::100%25%0D%0A::set-env name=x::y',
  )
})
