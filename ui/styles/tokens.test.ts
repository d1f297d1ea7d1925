import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

// `--name: light-dark(#rrggbb, #rrggbb);`
const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map((match) => [
    match[1] as string,
    { light: match[2] as string, dark: match[3] as string },
  ]),
)

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** Text on what it stands on. WCAG AA asks for 4.5 where type is small. */
const PAIRS: readonly (readonly [string, readonly string[]])[] = [
  [
    'text',
    ['page', 'panel', 'raised', 'hover', 'accent-soft', 'tint-0', 'tint-1', 'tint-2', 'tint-3', 'tint-4', 'tint-5'],
  ],
  ['dim', ['page', 'panel', 'raised', 'hover', 'faint', 'wait', 'accent-soft']],
  ['accent', ['page', 'panel', 'raised']],
  ['save', ['page', 'panel', 'raised', 'save-area']],
  ['bad', ['page', 'panel', 'raised', 'bad-soft']],
  ['warn', ['page', 'warn-soft']],
  ...['model', 'read', 'write', 'session', 'agent', 'unknown'].map((tone) => [tone, ['page', 'on-bar']] as const),
]

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test.each(PAIRS.flatMap(([ink, papers]) => papers.map((paper) => [ink, paper] as const)))(
    '%s on %s',
    (ink, paper) => {
      const a = tokens.get(ink)?.[theme]
      const b = tokens.get(paper)?.[theme]
      if (a === undefined || b === undefined) throw new Error(`no token --${a === undefined ? ink : paper}`)
      expect(contrast(a, b)).toBeGreaterThanOrEqual(4.5)
    },
  )
})
