import { describe, expect, test } from 'vitest'
import type { EffectKind } from '../model/dependency.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { type Actor, relationsOf } from './relations.ts'
import { stateEdges } from './state.ts'
import { options, type TestCall, testRun } from './test-run.ts'

/** `w a` writes a, `r` reads nobody knows what, `s` is a session action. */
function actorsOf(line: string): Actor[] {
  return line.split(' | ').map((step) => {
    const [letter, thing] = step.split(' ')
    const kind = ({ r: 'read', w: 'write', s: 'session', '?': 'unknown' } as const)[letter as 'r'] as EffectKind
    const resources = thing === undefined ? [] : [`path:${thing}`]
    return { effect: { kind, from: 'name' }, resources, tool: step, service: '', subjects: [] }
  })
}

function drawn(line: string): string[] {
  const actors = actorsOf(line)
  const { edges, unlisted } = stateEdges(actors, relationsOf(actors))
  const pairs = [...edges, ...Array.from(unlisted.from, (from, at) => ({ from, to: unlisted.to[at]! }))]
  return pairs.sort((a, b) => a.to - b.to || a.from - b.from).map(({ from, to }) => `${from}>${to}`)
}

test.each([
  ['r a | r a | r b', []],
  ['w a | r a | r a | w a', ['0>1', '0>2', '1>3', '2>3']],
  ['w a | w b', []],
  ['w a | r | w b', ['0>1', '1>2']],
  ['r a | w | r b | w', ['0>1', '1>2', '2>3']],
  ['s | s | s', ['0>1', '1>2']],
])('%s', (line, edges) => {
  expect(drawn(line)).toEqual(edges)
})

test('a read of nobody knows what lists the latest writers before it, and counts on more of them', () => {
  const actors = actorsOf([...Array.from({ length: 40 }, (_, i) => `w ${i}.md`), 'r'].join(' | '))
  const { edges, unlisted } = stateEdges(actors, relationsOf(actors))
  expect(edges.map(({ from }) => from)).toEqual([32, 33, 34, 35, 36, 37, 38, 39])
  expect([...unlisted.from]).toEqual(Array.from({ length: 24 }, (_, i) => 8 + i))
})

test('five thousand writes of unknown things make a chain, not a square', () => {
  const edges = drawn(Array.from({ length: 5000 }, () => 'w').join(' | '))
  expect(edges).toHaveLength(4999)
})

describe('in a run', () => {
  const READ = { tool: 'read_text_file', args: { path: '/notes/a.md' }, result: 'one' }
  const WRITE = { tool: 'write_file', args: { path: '/notes/a.md', text: 'two' }, result: null }
  const OTHER = { tool: 'read_text_file', args: { path: '/notes/b.md' }, result: 'three' }
  const infer = (script: TestCall[][]) =>
    inferDependencies(testRun('In /notes/a.md write two, and look at /notes/b.md.', script), options())

  test('a write between two reads of one file keeps its place', () => {
    const inference = infer([[READ], [WRITE], [READ]])
    expect(inference.dependencies.map((d) => `${d.from}>${d.to} ${d.kind}`)).toEqual(['c0>c1 state', 'c1>c2 state'])
    expect(inference.verdict(0, 2).verdict).toBe('dependent')
  })

  test('and so in one turn, which orders nothing else', () => {
    expect(infer([[WRITE, READ]]).verdict(0, 1).verdict).toBe('dependent')
    expect(infer([[READ, OTHER]]).verdict(0, 1)).toEqual({ verdict: 'independent', confidence: 0.99 })
  })

  test('clicks on a page are a session, in their order', () => {
    const inference = infer([
      [
        { tool: 'browser_click', args: { n: 1 } },
        { tool: 'browser_type', args: { n: 2 } },
      ],
    ])
    expect(inference.dependencies[0]).toMatchObject({ from: 'c0', to: 'c1', kind: 'session' })
  })
})
