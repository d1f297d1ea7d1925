import { expect, test } from 'vitest'
import { matchesWildcard } from './wildcard.ts'

test.each([
  ['get_user', 'get_user', true],
  ['get_user', 'get_users', false],
  ['get_*', 'get_user', true],
  ['get_*', 'get_', true],
  ['get_*', 'forget_user', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['mcp__*__read_*', 'mcp__github__read_file', true],
  ['mcp__*__read_*', 'mcp__github__write_file', false],
  // The first `ab` is not the last: the star has to take more.
  ['*ab', 'abcab', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  // Not regular expressions.
  ['a.c', 'abc', false],
  ['a+', 'a+', true],
])('%s and %s: %s', (pattern, name, expected) => {
  expect(matchesWildcard(pattern, name)).toBe(expected)
})
