import { describe, expect, test } from 'vitest'
import type { ToolConfig } from '../model/options.ts'
import type { SpanId } from '../model/span.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { options, type TestCall, testRun } from './test-run.ts'
import { configuredResources, toolConfigs } from './tool-config.ts'

type Tools = Readonly<Record<string, ToolConfig>>

describe('which configuration a tool has', () => {
  test('every pattern that fits, the later over the earlier, its own name over all', () => {
    const configOf = toolConfigs({
      get_user: { effect: 'session' },
      '*': { effect: 'write', concurrency: 4 },
      'get_*': { effect: 'read' },
    })
    expect(configOf('get_user')).toEqual({ effect: 'session', concurrency: 4 })
    expect(configOf('get_order')).toEqual({ effect: 'read', concurrency: 4 })
    expect(configOf('send')).toEqual({ effect: 'write', concurrency: 4 })
  })

  test('a tool may be called like something that every object has', () => {
    expect(toolConfigs({})('constructor')).toEqual({})
    expect(toolConfigs({ 'to*': { pure: true } })('toString')).toEqual({ pure: true })
  })
})

test('resources are filled in from the arguments, and left out where an argument is missing', () => {
  const config = { resources: ['file:{path}', 'table:orders', 'row:{where.id}', 'user:{user}'] }
  expect(configuredResources(config, { path: '/A', where: { id: 7 } })).toEqual(['file:/a', 'row:7', 'table:orders'])
  expect(configuredResources({}, { path: '/a' })).toBeUndefined()
})

describe('what the configuration says of a tool beats every guess', () => {
  /** Verdicts of all pairs of one-call turns, as `0>1 independent`. */
  function verdicts(tools: Tools, calls: readonly TestCall[], overrides: Parameters<typeof options>[0] = {}): string[] {
    const run = testRun(
      'do it for oslo and rome',
      calls.map((call) => [{ args: { city: 'oslo' }, result: 'ok', ...call }]),
    )
    const { verdict } = inferDependencies(run, options({ tools, ...overrides }))
    return calls.flatMap((_, j) =>
      Array.from({ length: j }, (_unused, i) => {
        const { verdict: word, confidence } = verdict(i, j)
        return `${i}>${j} ${word} ${confidence}`
      }),
    )
  }

  test('pure: no state stands between it and a write', () => {
    const calls = [{ tool: 'write_note' }, { tool: 'score' }]
    expect(verdicts({}, calls)[0]).not.toMatch(/independent/)
    expect(verdicts({ score: { pure: true } }, calls)[0]).toMatch(/^0>1 independent/)
  })

  test('effect: a write that only reads', () => {
    const calls = [{ tool: 'process' }, { tool: 'process', args: { city: 'rome' } }]
    expect(verdicts({}, calls)[0]).not.toMatch(/independent/)
    expect(verdicts({ 'proc*': { effect: 'read' } }, calls)[0]).toMatch(/^0>1 independent/)
  })

  test('session: calls of one session keep their order, and no others', () => {
    const tools: Tools = { 'shell_*': { session: 'shell' }, 'page_*': { session: 'page' } }
    const calls = ['shell_run', 'page_open', 'shell_run', 'get_weather'].map((tool) => ({ tool }))
    const found = verdicts(tools, calls)
    expect(found).toContain('0>2 dependent 1')
    expect(found.filter((line) => line.includes(' dependent'))).toEqual(['0>2 dependent 1'])
    expect(found.find((line) => line.startsWith('0>3'))).toMatch(/independent/)
  })

  test('resources: two tools that name one thing', () => {
    const tools: Tools = {
      save: { effect: 'write', resources: ['doc:{city}'] },
      show: { effect: 'read', resources: ['doc:{city}'] },
    }
    const found = verdicts(tools, [{ tool: 'save' }, { tool: 'show' }, { tool: 'show', args: { city: 'rome' } }])
    expect(found[0]).toMatch(/^0>1 dependent/)
    expect(found[1]).not.toMatch(/ dependent/)
  })

  test('dependsOn and independentOf, by pattern; the first beats the second', () => {
    const calls = ['login', 'get_a', 'get_b'].map((tool) => ({ tool }))
    const tools: Tools = { 'get_*': { dependsOn: ['log*'], independentOf: ['*'] } }
    expect(verdicts(tools, calls)).toEqual(['0>1 dependent 1', '0>2 dependent 1', '1>2 independent 1'])
  })

  test('independentOf holds whichever of the two came first', () => {
    const calls = [{ tool: 'update_a' }, { tool: 'update_b' }]
    expect(verdicts({ update_a: { independentOf: ['update_b'] } }, calls)).toEqual(['0>1 independent 1'])
    expect(verdicts({ update_b: { independentOf: ['update_a'] } }, calls)).toEqual(['0>1 independent 1'])
  })

  test('a word on this very pair is the last', () => {
    const calls = [{ tool: 'login' }, { tool: 'get_a' }]
    const overrides = [{ kind: 'independent' as const, from: 'c0' as SpanId, to: 'c1' as SpanId }]
    expect(verdicts({ get_a: { dependsOn: ['login'] } }, calls, { overrides })).toEqual(['0>1 independent 1'])
  })

  test('a word on a value that did flow takes the edge away', () => {
    const calls = [
      { tool: 'find', result: { id: 'k7Qx92LmPz' } },
      { tool: 'load', args: { id: 'k7Qx92LmPz' } },
    ]
    expect(verdicts({}, calls)[0]).toMatch(/^0>1 dependent/)
    expect(verdicts({ load: { independentOf: ['find'] } }, calls)).toEqual(['0>1 independent 1'])
  })
})
