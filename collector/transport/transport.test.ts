import { describe, expect, test, vi } from 'vitest'
import { BodyCollector } from './body-collector.ts'
import { createByteBudget } from './byte-budget.ts'
import { createDropNotice } from './drop-notice.ts'
import { watchProgress } from './progress.ts'
import { createTokenCheck } from './token.ts'

describe('the budget', () => {
  test('bounds the sum of what is held here and elsewhere', () => {
    let elsewhere = 0
    const budget = createByteBudget(100, () => elsewhere)
    const [a, b] = [budget.open(), budget.open()]
    expect([a.grow(60), b.grow(40), b.grow(1), a.grow(1)]).toEqual([true, true, false, false])
    expect(budget.hasRoom(1)).toBe(false)
    a.release()
    a.release()
    elsewhere = 50
    expect([budget.hasRoom(10), budget.hasRoom(11), b.grow(10), b.grow(1)]).toEqual([true, false, true, false])
  })

  test('lets one alone grow past the bound: its own limit holds it', () => {
    const budget = createByteBudget(100, () => 0)
    const alone = budget.open()
    expect([budget.hasRoom(500), alone.grow(90), alone.grow(90)]).toEqual([true, true, true])
    expect(budget.open().grow(1)).toBe(false)
  })
})

describe('a body', () => {
  const lease = () => createByteBudget(1e9, () => 0).open()

  test('comes back in one piece, whatever length was announced', () => {
    for (const announced of [0, 1, 999, 5_000_000]) {
      const collector = new BodyCollector(10_000_000, lease(), announced)
      for (let i = 0; i < 1000; i++) expect(collector.push(Uint8Array.of(i % 256))).toBe(null)
      expect([...collector.take()]).toEqual(Array.from({ length: 1000 }, (_, i) => i % 256))
    }
  })

  test('of the announced length has a buffer of exactly its size', () => {
    const collector = new BodyCollector(10_000_000, lease(), 3_000_000)
    for (let i = 0; i < 3; i++) collector.push(new Uint8Array(1_000_000))
    expect(collector.take().buffer.byteLength).toBe(3_000_000)
  })

  test('that was taken is not touched by what comes later', () => {
    const collector = new BodyCollector(100, lease(), 3)
    collector.push(Uint8Array.of(1, 2, 3))
    const body = collector.take()
    collector.drop()
    expect([...body]).toEqual([1, 2, 3])
  })

  test('is refused past its limit, and where there is no room', () => {
    expect(new BodyCollector(10, lease()).push(new Uint8Array(11))).toMatchObject({ kind: 'too-large' })
    const full = createByteBudget(10, () => 5).open()
    expect(new BodyCollector(10, full).push(new Uint8Array(6))).toMatchObject({ kind: 'busy' })
  })
})

test('progress: a steady sender goes on, a stalled one is told once', () => {
  vi.useFakeTimers()
  let received = 0
  let stalls = 0
  const stop = watchProgress(
    { windowMs: 40, minBytes: 2 },
    () => received,
    () => stalls++,
  )
  for (let i = 0; i < 15; i++) {
    received++
    vi.advanceTimersByTime(10)
  }
  expect(stalls).toBe(0)
  vi.advanceTimersByTime(150)
  expect(stalls).toBe(1)
  stop()
  vi.useRealTimers()
})

describe('a token', () => {
  const check = createTokenCheck('secret')

  test.each([
    ['Bearer secret', true],
    ['bearer secret', true],
    ['BEARER   secret ', true],
    ['Bearer secre', false],
    ['Bearer secret2', false],
    ['Bearer', false],
    ['secret', false],
    ['Basic secret', false],
    ['Bearer secret extra', false],
    [undefined, false],
  ])('header %s: %s', (header, admitted) => expect(check.admitsHeader(header)).toBe(admitted))

  test('its session is another word, the same each time, and different for another token', () => {
    expect(check.admitsSession(createTokenCheck('secret').session)).toBe(true)
    expect(check.session).not.toContain('secret')
    expect(check.admitsSession(createTokenCheck('other').session)).toBe(false)
    expect([check.admitsSession('secret'), check.admitsSession(undefined), check.admitsToken(check.session)]).toEqual([
      false,
      false,
      false,
    ])
  })
})

test('metrics are spoken of once', () => {
  const lines: string[] = []
  const note = createDropNotice((line) => lines.push(line))
  note()
  note()
  expect(lines).toHaveLength(1)
})
