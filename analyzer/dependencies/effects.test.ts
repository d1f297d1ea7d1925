import { expect, test } from 'vitest'
import type { SpanId } from '../model/span.ts'
import { effectsOf } from './effects.ts'
import { options, type TestCall, testRun } from './test-run.ts'

const kindOf = (call: TestCall) => effectsOf(testRun('', [[call]]), options())[0]?.effect.kind

test.each([
  ['add', 'read'],
  ['hypotenuse', 'read'],
  ['deposit', 'write'],
  ['set_temperature', 'write'],
  ['add_money', 'write'],
])('%s of numbers that gives a number: %s', (tool, kind) => {
  expect(kindOf({ tool, args: { x: 3, y: 4 }, result: 5 })).toBe(kind)
})

test('a number that is given back, beside calls that work nothing out, may be a setting', () => {
  const tilt: TestCall = { tool: 'tilt', args: { degrees: 40 }, result: 40 }
  const kinds = (other: TestCall) => effectsOf(testRun('', [[tilt, other]]), options()).map(({ effect }) => effect.kind)
  expect(kinds({ tool: 'get_view', args: {}, result: 'a door' })).toEqual(['unknown', 'read'])
  expect(kinds({ tool: 'cosine', args: { degrees: 60 }, result: 0.5 })).toEqual(['read', 'read'])
})

test('an agent that reads by its name may do anything inside, unless the user says what', () => {
  const run = testRun('', [[{ tool: 'analyze_repo', args: { name: 'alpha' }, result: 'done' }]])
  const calls = run.calls.map((call) => ({ ...call, childRunId: 'inner' as SpanId }))
  expect(effectsOf({ ...run, calls }, options())[0]?.effect.kind).toBe('unknown')
  const tools = { analyze_repo: { effect: 'read' as const } }
  expect(effectsOf({ ...run, calls }, options({ tools }))[0]?.effect.kind).toBe('read')
})

test.each(['constructor a', 'toString', '__proto__ x', 'ls; hasOwnProperty'])(
  'the command `%s` is one that nobody knows',
  (command) => {
    expect(kindOf({ tool: 'bash', args: { command }, result: 'x' })).toBe('write')
  },
)

test.each([
  // A word for a look may be what is done, or what is done it to.
  ['set_visibility', { action: 'show', layer: 'roads' }, 'write'],
  ['manager', { action: 'list', price: 7 }, 'unknown'],
  ['delete_by_cypher', { query: 'MATCH (n:Old) RETURN n' }, 'write'],
  ['bash', { command: 'kubectl rollout status deploy/shop' }, 'write'],
  ['bash', { command: 'gh run view 91 --watch' }, 'write'],
  ['bash', { command: 'docker -l info rm web' }, 'write'],
  ['bash', { command: 'kubectl -n shop get pods' }, 'read'],
  ['bash', { command: './deploy.sh --version' }, 'write'],
])('%s with %o: %s', (tool, args, kind) => {
  expect(kindOf({ tool, args, result: 'x' })).toBe(kind)
})

test('what reports hand out of all runs cannot be changed', () => {
  const [own] = effectsOf(testRun('', [[{ tool: 'get_page', args: { id: 1 }, result: 'x' }]]), options())
  expect(() => Object.assign(own!.effect, { kind: 'write' })).toThrow('read only')
})
