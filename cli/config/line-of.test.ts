import { expect, test } from 'vitest'
import { lineOf } from './line-of.ts'

const SOURCE = `export default {
  threshold: 0.9,
  tools: {
    effect: { pure: true },
    'get_*': {
      effect: 'read',
    },
    "a.b": { session },
  },
}`

test.each([
  [['threshold'], 2],
  [['tools'], 3],
  [['tools', 'effect'], 4],
  [['tools', 'get_*'], 5],
  // Not the tool of that name before it.
  [['tools', 'get_*', 'effect'], 6],
  [['tools', 'a.b', 'session'], 8],
  // Where the value was computed, the line of what holds it.
  [['tools', 'get_*', 'resources', 0], 5],
  [['gone'], null],
])('%j is on line %s', (path, line) => {
  expect(lineOf(SOURCE, path)).toBe(line)
})
