import { expect, test } from 'vitest'
import { configOfOverrides } from './config-of-overrides.ts'
import type { ReportCall } from './model/report.ts'
import type { SpanId } from './model/span.ts'

const calls = ['login', 'get_user', 'get_news', 'get_news'].map(
  (tool, i) => ({ id: `c${i}`, tool, startMs: i * 100 }) as unknown as ReportCall,
)
const pair = (kind: 'independent' | 'dependent', from: number, to: number) => ({
  kind,
  from: `c${from}` as SpanId,
  to: `c${to}` as SpanId,
})

test('words on calls become words on their tools, the later one naming the earlier', () => {
  const overrides = [pair('dependent', 0, 1), pair('independent', 2, 1), pair('independent', 2, 1)]
  expect(configOfOverrides(overrides, [{ calls }])).toEqual({
    tools: { get_user: { dependsOn: ['login'] }, get_news: { independentOf: ['get_user'] } },
  })
})

test('what the configuration says already stays', () => {
  const base = { threshold: 0.9, tools: { get_news: { pure: true, independentOf: ['login'] } } }
  const overrides = [pair('independent', 1, 2), { kind: 'effect' as const, tool: 'get_news', effect: 'read' as const }]
  expect(configOfOverrides(overrides, [{ calls }], base)).toEqual({
    threshold: 0.9,
    tools: { get_news: { pure: true, independentOf: ['login', 'get_user'], effect: 'read' } },
  })
})

test('what would say more than the user did is left out', () => {
  const strange = { kind: 'independent' as const, from: 'x' as SpanId, to: 'y' as SpanId }
  expect(configOfOverrides([pair('dependent', 2, 3), strange], [{ calls }])).toEqual({})
  expect(configOfOverrides([pair('independent', 2, 3)], [{ calls }])).toEqual({
    tools: { get_news: { independentOf: ['get_news'] } },
  })
})
