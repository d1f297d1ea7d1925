import { afterEach, expect, test, vi } from 'vitest'
import { ensureChromium, findChromium } from './chromium.mjs'

afterEach(() => vi.unstubAllEnvs())

test('the environment names the browser, and must name one that is there', () => {
  vi.stubEnv('TAILRACE_CHROMIUM', process.execPath)
  expect(findChromium()).toBe(process.execPath)
  vi.stubEnv('TAILRACE_CHROMIUM', '/no/such/browser')
  expect(() => findChromium()).toThrow('TAILRACE_CHROMIUM names /no/such/browser, which does not exist.')
})

test('what is found needs no installing', () => {
  const lines: string[] = []
  expect(ensureChromium((line) => lines.push(line))).toBe(findChromium())
  expect(lines).toEqual([])
})
