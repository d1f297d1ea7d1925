import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SpanId } from '../../analyzer/model/span.ts'
import { overrideOn, withOverride } from './overrides.ts'
import { DEFAULT_VIEW, formatRoute, parseRoute, type RunView } from './url.ts'

const A = '00f067aa0ba902b7' as SpanId
const B = 'b9c7c989f97918e1' as SpanId

const full: RunView = {
  range: { t0Ms: 12_100, t1Ms: 31_200 },
  selected: A,
  finding: 0,
  mode: 'table',
  critical: 'only',
  rung: 'overlap',
  threshold: 0.9,
  concurrency: 4,
  overrides: [
    { kind: 'independent', from: A, to: B },
    { kind: 'dependent', from: B, to: A },
    { kind: 'effect', tool: 'fetch, or: post & co', effect: 'read' },
  ],
}

test('a view is written so that a person can read it', () => {
  expect(formatRoute({ screen: 'run', runId: 'abc', view: full })).toBe(
    `#/run/abc?v=1&t=12.1-31.2&sel=${A}&f=0&m=table&c=only&rung=overlap&th=0.9&cap=4` +
      `&assume=-${A}~${B},+${B}~${A}&effect=fetch%2C%20or%3A%20post%20%26%20co:read`,
  )
})

test('the set-up of a framework has an address', () => {
  for (const framework of [null, 'langchain', 'a b/c']) {
    const route = { screen: 'setup', framework } as const
    expect(parseRoute(formatRoute(route))).toEqual(route)
  }
  expect(parseRoute('#/setup/')).toEqual({ screen: 'setup', framework: null })
})

test('defaults are left out', () => {
  expect(formatRoute({ screen: 'run', runId: 'abc', view: DEFAULT_VIEW })).toBe('#/run/abc?v=1')
  expect(formatRoute({ screen: 'runs', query: '', sort: { key: 'when', descending: true } })).toBe('#/')
  expect(formatRoute({ screen: 'runs', query: 'a b', sort: { key: 'name', descending: false } })).toBe(
    '#/?q=a%20b&sort=name',
  )
})

test('what is written is read back', () => {
  expect(parseRoute(formatRoute({ screen: 'run', runId: 'abc', view: full }))).toEqual({
    screen: 'run',
    runId: 'abc',
    view: full,
  })
  const runs = { screen: 'runs', query: 'trip & co', sort: { key: 'saving', descending: true } } as const
  expect(parseRoute(formatRoute(runs))).toEqual(runs)
})

test('a link that a mail program escaped once more still opens', () => {
  const route = parseRoute(`#/run/abc?v=1&assume=-${A}%7E${B}%2C%2B${B}%7E${A}`)
  expect(route.screen === 'run' && route.view.overrides).toEqual(full.overrides.slice(0, 2))
})

test('what makes no sense is left out', () => {
  const route = parseRoute(
    '#/run/abc?v=1&t=9-3&th=7&cap=0&rung=bound&c=never&f=-1&assume=-x,~,a~b&effect=tool:explode,:read&%%%=1',
  )
  expect(route).toEqual({ screen: 'run', runId: 'abc', view: DEFAULT_VIEW })
  expect(parseRoute('#/nowhere')).toEqual({ screen: 'missing', hash: '#/nowhere' })
  expect(parseRoute('#/run/%E0%A4%A')).toMatchObject({ screen: 'missing' })
})

test('any text gives a route', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const hash of [text, `#/run/a?${text}`, `#/?${text}`]) {
        const route = parseRoute(hash)
        expect(['run', 'runs', 'setup', 'missing']).toContain(route.screen)
        // Reading what was read, written out, changes nothing any more.
        expect(parseRoute(formatRoute(route))).toEqual(route)
      }
    }),
  )
})

test('the later word on a pair or a tool replaces the earlier', () => {
  const once = withOverride([], { kind: 'independent', from: A, to: B })
  const twice = withOverride(once, { kind: 'dependent', from: A, to: B })
  expect(twice).toEqual([{ kind: 'dependent', from: A, to: B }])
  expect(overrideOn(twice, A, B)?.kind).toBe('dependent')
  expect(overrideOn(twice, B, A)).toBeUndefined()
  const tool = withOverride(twice, { kind: 'effect', tool: 'pay', effect: 'read' })
  expect(withOverride(tool, { kind: 'effect', tool: 'pay', effect: 'write' })).toHaveLength(2)
})
