import { expect, test } from 'vitest'
import { ENDPOINT } from './framework.ts'
import { frameworkNamed, frameworks } from './index.ts'

test.each(frameworks.map((framework) => [framework.id, framework] as const))('%s', (id, framework) => {
  expect(id).toMatch(/^[a-z][a-z0-9-]*$/)
  const codes = [...framework.setup, framework.content.setting].map(({ code }) => code)
  // Something in its set-up has to say where spans go.
  expect(framework.setup.some(({ code }) => code.includes(ENDPOINT))).toBe(true)
  for (const code of codes) expect(code.split('\n').length).toBeLessThanOrEqual(8)
  expect(framework.captured.length).toBeGreaterThan(0)
  expect(framework.limits.length).toBeGreaterThan(0)
})

test('each name that a report uses belongs to one framework, which is found by it', () => {
  const names = frameworks.flatMap(({ reportedAs }) => reportedAs)
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(frameworks.map(({ id }) => id)).size).toBe(frameworks.length)
  for (const framework of frameworks) {
    for (const name of framework.reportedAs) expect(frameworkNamed(name)).toBe(framework)
  }
  expect(frameworkNamed('a framework that nobody knows').id).toBe('opentelemetry')
})
