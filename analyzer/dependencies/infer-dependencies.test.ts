import { describe, expect, test } from 'vitest'
import type { Inference } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import type { SpanId } from '../model/span.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { options, type TestCall, testRun } from './test-run.ts'

const TRIP: TestCall[][] = [
  [{ tool: 'search_flights', args: { city: 'Oslo' }, result: [{ flight: 'SK882', to: 'Oslo', price: 1290 }] }],
  [{ tool: 'search_hotels', args: { city: 'Oslo' }, result: [{ hotel_id: 'htl_8812', city: 'Oslo', price: 1450 }] }],
  [{ tool: 'get_weather', args: { city: 'Oslo' }, result: { city: 'Oslo', celsius: -3 } }],
  [{ tool: 'book_hotel', args: { hotel_id: 'htl_8812', nights: 2 }, result: { ok: true } }],
]
const trip = () => inferDependencies(testRun('Plan 2 nights in Oslo.', TRIP), options())
const pairs = (inference: Inference, kind: string) =>
  inference.dependencies.filter((d) => d.kind === kind).map((d) => `${d.from}>${d.to}`)

describe('a trip planner with one call a turn', () => {
  test.each([
    [0, 1],
    [0, 2],
    [1, 2],
  ])('searches %i and %i, both for a city of the prompt, are independent', (i, j) => {
    const { verdict, confidence } = trip().verdict(i, j)
    expect(verdict).toBe('independent')
    expect(confidence).toBeGreaterThanOrEqual(0.8)
  })

  test('the booking needs the hotel search, for the id', () => {
    const booking = trip().dependencies.filter((d) => d.to === 'c3' && d.kind === 'data')
    expect(booking).toHaveLength(1)
    expect(booking[0]?.from).toBe('c1')
    expect(booking[0]?.confidence).toBeGreaterThanOrEqual(0.9)
    expect(booking[0]?.evidence).toEqual([
      { toPath: '$.hotel_id', fromPath: '$[0].hotel_id', value: 'htl_8812', transform: 'exact', origin: 'result' },
    ])
    expect(trip().verdict(1, 3).verdict).toBe('dependent')
  })

  test('a write is never called independent of a read that may have decided it', () => {
    expect(trip().verdict(2, 3).verdict).not.toBe('independent')
  })

  test('every leaf says where it came from', () => {
    const leaves = trip().leaves
    expect(leaves[2]).toEqual([{ path: '$.city', value: 'Oslo', origin: 'prompt', producers: [], where: 'prompt' }])
    expect(leaves[3]?.[0]).toEqual({
      path: '$.hotel_id',
      value: 'htl_8812',
      origin: 'result',
      producers: [1],
      where: 'search_hotels result $[0].hotel_id',
    })
  })
})

test('a chain of ids is a chain of data dependencies, and its ends depend on each other', () => {
  const inference = inferDependencies(
    testRun('Where is the parcel of ada@example.org?', [
      [{ tool: 'find_customer', args: { email: 'ada@example.org' }, result: { customer_id: 'cus_4711ab' } }],
      [{ tool: 'list_orders', args: { customer_id: 'cus_4711ab' }, result: { orders: [{ order_id: 'ord_99x81' }] } }],
      [{ tool: 'get_shipment', args: { order_id: 'ord_99x81' }, result: { status: 'on its way' } }],
    ]),
    options(),
  )
  expect(pairs(inference, 'data')).toEqual(['c0>c1', 'c1>c2'])
  expect(inference.verdict(0, 2)).toMatchObject({ verdict: 'dependent' })
  expect(inference.verdict(0, 2).confidence).toBeGreaterThan(0.8)
})

describe('provenance', () => {
  test('an echo reveals nothing: the result only repeats what its own call was given', () => {
    const inference = inferDependencies(
      testRun('Look around.', [
        [{ tool: 'get_profile', args: { handle: 'zq_19_kappa' }, result: { handle: 'zq_19_kappa', age: 41 } }],
        [{ tool: 'get_posts', args: { handle: 'zq_19_kappa' }, result: [] }],
      ]),
      options(),
    )
    expect(inference.dependencies).toEqual([])
    expect(inference.leaves[1]?.[0]).toMatchObject({ origin: 'argument', where: 'get_profile arguments' })
  })

  test('of two results that hold a value, the first that showed it is the dependency', () => {
    const inference = inferDependencies(
      testRun('Go.', [
        [{ tool: 'list_items', args: {}, result: ['itm_77fk2'] }],
        [{ tool: 'list_offers', args: {}, result: { best: 'itm_77fk2' } }],
        [{ tool: 'get_item', args: { item: 'itm_77fk2' }, result: 1 }],
      ]),
      options(),
    )
    expect(pairs(inference, 'data')).toEqual(['c0>c2'])
    expect(inference.leaves[2]?.[0]?.producers).toEqual([0, 1])
    expect(inference.verdict(1, 2).verdict).toBe('unknown')
  })

  test('a call asked about several candidates may have picked the one taken up next', () => {
    const names = ['Harbour Light', 'Old Mill']
    const inference = inferDependencies(
      testRun('Which is best?', [
        [{ tool: 'list_inns', args: {}, result: names }],
        [{ tool: 'get_ratings', args: { inns: names }, result: { 'Harbour Light': 4.8, 'Old Mill': 3.1 } }],
        [{ tool: 'get_address', args: { inn: 'Harbour Light' }, result: 'Pier 1' }],
      ]),
      options(),
    )
    expect(pairs(inference, 'data')).toEqual(['c0>c1', 'c0>c2'])
    expect(inference.verdict(1, 2).verdict).toBe('unknown')
  })

  test.each([
    ['a number in other writing', 'total: 1,234,567.50', { amount: 1234567.5 }],
    ['other case and accents', { name: 'Åse Müller-Brandt' }, { query: 'ase muller brandt' }],
    ['an id inside a path', { ref: 'doc77x91k' }, { url: 'https://example.org/files/doc77x91k/view' }],
    ['JSON inside a string', '{"inner": "{\\"token\\": \\"tk_5591ab\\"}"}', { token: 'tk_5591ab' }],
    ['an account in groups of four', { iban: 'XX44 5001 0517 5407 3249' }, { account: 'XX445001051754073249' }],
    ['a number without the dashes of a book', 'ISBN 971-3-16-148410-0, bound', { book: '9713161484100' }],
    ['digits as a number', 'No. 914 882 113 MVA', { register: 914882113 }],
    ['an amount as most of Europe writes it', 'Summe: 1.734,50 €', { amount: 1734.5 }],
    ['an amount as the Swiss write it', "Total CHF 1'734.55", { amount: 1734.55 }],
    ['a moment without its marks', { start: '2031-11-12T13:45:00Z' }, { at: '20311112T134500Z' }],
    [
      'a name quoted in a question',
      { text: 'It was built by Imhotep Quaresma in 1911.' },
      { query: 'Imhotep Quaresma birthplace' },
    ],
  ])('finds %s', (_, result, args) => {
    const inference = inferDependencies(
      testRun('Go on.', [[{ tool: 'read_source', args: {}, result }], [{ tool: 'search_more', args, result: [] }]]),
      options(),
    )
    expect(pairs(inference, 'data')).toEqual(['c0>c1'])
  })

  test('an amount of the prompt needs no result, however the country writes it', () => {
    const inference = inferDependencies(
      testRun('Welche Rate ergeben 1.734,50 €? Und wie steht der Kurs?', [
        [{ tool: 'get_rate', args: {}, result: { percent: 3.1, since: '2031-02-01' } }],
        [{ tool: 'get_instalment', args: { amount: 1734.5 }, result: 51 }],
      ]),
      options(),
    )
    expect(inference.dependencies).toEqual([])
    expect(inference.verdict(0, 1).verdict).toBe('independent')
  })

  test.each([
    ['booleans, though nobody else gave them', { flag: true }, 'unknown'],
    ['an argument of the prompt', { city: 'Reykjavik' }, 'independent'],
  ])('makes no dependency of %s', (_, args, verdict) => {
    const result = { flag: true, city: 'Reykjavik', n: 7 }
    const inference = inferDependencies(
      testRun('Weather in Reykjavik?', [
        [{ tool: 'get_place', args: {}, result }],
        [{ tool: 'get_weather', args, result: 'rain' }],
      ]),
      options(),
    )
    expect(inference.dependencies).toEqual([])
    expect(inference.verdict(0, 1).verdict).toBe(verdict)
  })

  test('a user who repeats what a result had shown is not its origin', () => {
    const inference = inferDependencies(
      testRun('Find me a film.', [
        [{ tool: 'find_films', args: {}, result: [{ title: 'Nimbostratus Serenade 9000' }] }],
        'Yes, Nimbostratus Serenade 9000 please.',
        [{ tool: 'get_film', args: { title: 'Nimbostratus Serenade 9000' }, result: {} }],
      ]),
      options(),
    )
    expect(inference.verdict(0, 1).verdict).not.toBe('independent')
  })
})

describe('turns and time', () => {
  const lookups = [
    { tool: 'get_a', args: { id: 'k_1182x' }, result: 'k_9917z' },
    { tool: 'get_b', args: { id: 'k_9917z' }, result: 2 },
  ]

  test('two reads of one turn are independent, even where a value coincides', () => {
    expect(inferDependencies(testRun('k_1182x', [lookups]), options()).verdict(0, 1)).toEqual({
      verdict: 'independent',
      confidence: 0.99,
    })
  })

  test('a call without arguments may have been made because of anything before it', () => {
    const script = [[{ tool: 'get_place', args: {}, result: 7 }], [{ tool: 'get_weather', args: {}, result: 'rain' }]]
    expect(inferDependencies(testRun('Weather?', script), options()).verdict(0, 1).verdict).toBe('unknown')
  })

  const overlapping = (args: Json): TestCall[][] => [
    [{ tool: 'get_a', args: { id: 'k_1182x' }, result: 'k_9917z', at: [100, 500] }],
    [{ tool: 'get_b', args, result: 2, at: [300, 400] }],
  ]

  test('a call that began before another ended did not wait for its result', () => {
    const inference = inferDependencies(testRun('k_1182x, k_5530y', overlapping({ id: 'k_5530y' })), options())
    expect(inference.dependencies).toEqual([])
    expect(inference.verdict(0, 1).verdict).toBe('independent')
  })

  test('unless it holds what that result revealed: then the clocks are wrong, and the order of the turns is right', () => {
    const inference = inferDependencies(testRun('k_1182x', overlapping({ id: 'k_9917z' })), options())
    expect(pairs(inference, 'data')).toEqual(['c0>c1'])
    expect(inference.verdict(0, 1).verdict).toBe('dependent')
  })

  test('a call of a later turn that began before one of an earlier turn is unknown to it', () => {
    const script: TestCall[][] = [
      [{ tool: 'get_b', args: { id: 'k_5530y' }, result: 1, at: [600, 700] }],
      [{ tool: 'get_a', args: { id: 'k_1182x' }, result: 2, at: [300, 400] }],
    ]
    const run = testRun('k_1182x, k_5530y', script)
    const byStart = { ...run, calls: [...run.calls].reverse() }
    expect(inferDependencies(byStart, options()).verdict(0, 1).verdict).toBe('unknown')
  })

  test('a call of no turn is unknown to others, unless data says otherwise', () => {
    const before = [{ tool: 'retrieve', args: {}, result: 'passage pq_5512a' }]
    const script = [
      [{ tool: 'get_page', args: { page: 'pq_5512a' }, result: 1 }],
      [{ tool: 'get_time', args: {}, result: 2 }],
    ]
    const inference = inferDependencies(testRun('Go.', script, { before }), options())
    expect(pairs(inference, 'data')).toEqual(['c0>c1'])
    expect(inference.verdict(0, 2)).toEqual({ verdict: 'unknown', confidence: 0 })
  })
})

describe('missing content is unknown, never independent', () => {
  const shown = { tool: 'get_a', args: { x: 'Oslo' }, result: 1 }
  test.each([
    ['the later arguments', shown, { tool: 'get_b', result: 2 }],
    ['the earlier result', { tool: 'get_a', args: { x: 'Oslo' } }, { tool: 'get_b', args: { x: 'Oslo' }, result: 2 }],
  ])('%s', (_, first, second) => {
    const inference = inferDependencies(testRun('Oslo', [[first], [second]]), options())
    expect(inference.verdict(0, 1)).toEqual({ verdict: 'unknown', confidence: 0 })
  })

  test.each([0, 1])('what call %i was cut short by', (cut) => {
    const run = testRun('Oslo', [[shown], [{ tool: 'get_b', args: { x: 'Oslo' }, result: 2 }]])
    const calls = run.calls.map((call, index) => ({ ...call, truncated: index === cut }))
    expect(inferDependencies(run, options()).verdict(0, 1).verdict).toBe('independent')
    expect(inferDependencies({ ...run, calls }, options()).verdict(0, 1).verdict).toBe('unknown')
  })

  test('but in one turn nothing could have been seen', () => {
    const inference = inferDependencies(testRun('Oslo', [[{ tool: 'get_a' }, { tool: 'get_b' }]]), options())
    expect(inference.verdict(0, 1).verdict).toBe('independent')
  })

  test('without the prompt, a value of the model is not held to be the user’s', () => {
    const script = [[shown], [{ tool: 'get_b', args: { x: 'Trondheim' }, result: 2 }]]
    const { confidence } = inferDependencies(testRun('', script, { promptKnown: false }), options()).verdict(0, 1)
    expect(confidence).toBeLessThan(0.8)
  })
})

describe('overrides', () => {
  const span = (id: string) => id as SpanId
  test('independent takes the edge away, and says so with certainty', () => {
    const overrides = [{ kind: 'independent' as const, from: span('c1'), to: span('c3') }]
    const inference = inferDependencies(testRun('Plan 2 nights in Oslo.', TRIP), options({ overrides }))
    expect(inference.verdict(1, 3)).toEqual({ verdict: 'independent', confidence: 1 })
    expect(inference.dependencies.filter((d) => d.from === 'c1' && d.to === 'c3')).toEqual([])
  })

  test('dependent makes a declared edge that others follow from', () => {
    const overrides = [{ kind: 'dependent' as const, from: span('c0'), to: span('c1') }]
    const inference = inferDependencies(testRun('Plan 2 nights in Oslo.', TRIP), options({ overrides }))
    expect(inference.dependencies.find((d) => d.to === 'c1')).toMatchObject({ kind: 'declared', confidence: 1 })
    expect(inference.verdict(0, 3).verdict).toBe('dependent')
  })

  test('an effect changes a tool everywhere', () => {
    const overrides = [{ kind: 'effect' as const, tool: 'book_hotel', effect: 'read' as const }]
    const inference = inferDependencies(testRun('Plan 2 nights in Oslo.', TRIP), options({ overrides }))
    expect(inference.effects[3]?.effect).toEqual({ kind: 'read', from: 'override' })
    expect(inference.verdict(2, 3).verdict).toBe('independent')
  })
})

test('a call that repeats a failed one is a retry', () => {
  const inference = inferDependencies(
    testRun('Oslo', [
      [{ tool: 'get_weather', args: { city: 'Oslo' }, error: 'timeout' }],
      [{ tool: 'get_weather', args: { city: 'Oslo' }, result: 'rain' }],
    ]),
    options(),
  )
  expect(pairs(inference, 'control')).toEqual(['c0>c1'])
})

test('the run is not changed, and the same run gives the same answer', () => {
  const run = testRun('Plan 2 nights in Oslo.', TRIP)
  const before = structuredClone(run)
  const first = inferDependencies(run, options())
  expect(run).toEqual(before)
  expect(inferDependencies(run, options()).dependencies).toEqual(first.dependencies)
})

test.each([
  ['no calls', []],
  ['one call', [[{ tool: 'get_a', args: { q: 'x' }, result: 1 }]]],
  ['odd names', [[{ tool: '', args: null, result: null }], [{ tool: '__proto__', args: [], result: '' }]]],
] as [string, TestCall[][]][])('%s gives an answer', (_, script) => {
  const run = testRun('', script)
  const inference = inferDependencies(run, options())
  expect(inference.effects).toHaveLength(run.calls.length)
  expect(inference.leaves).toHaveLength(run.calls.length)
})

describe('what may have been decided by a result', () => {
  const weather = (city: string, result: Json): TestCall => ({ tool: 'get_weather', args: { city }, result })
  const museums: TestCall = { tool: 'search_museums', args: { city: 'Oslo' }, result: 'Munch' }
  const said = (prompt: string, script: TestCall[][]) =>
    inferDependencies(testRun(prompt, script), options()).verdict(0, 1).verdict

  test('a person was asked in between: nothing moves across the answer', () => {
    const asked: TestCall = { tool: 'ask_user', args: { question: 'Which day?' }, result: 'Friday' }
    expect(said('A day in Oslo.', [[asked], [weather('Oslo', 'rain')]])).toBe('dependent')
    expect(said('A day in Oslo.', [[weather('Oslo', 'rain')], [asked]])).toBe('dependent')
  })

  test.each([
    ['If it rains in Oslo, find museums.', 'unknown'],
    ['Find the best museum in Oslo, and the weather.', 'independent'],
    ['Weather and museums in Oslo, if possible.', 'independent'],
    ['Weather and museums in Oslo.', 'independent'],
  ])('%s %s', (prompt, verdict) => {
    expect(said(prompt, [[weather('Oslo', 'rain')], [museums]])).toBe(verdict)
  })

  test('one turn had seen no result, so no branch was taken in it', () => {
    expect(said('If it rains in Oslo, find museums.', [[weather('Oslo', 'rain'), museums]])).toBe('independent')
  })

  test('one tool asked about several things fans out, also where the user makes something else conditional', () => {
    const script = [[weather('Oslo', 'rain')], [weather('Bergen', 'sun')]]
    expect(said('Weather in Oslo and Bergen. If both are wet, say so.', script)).toBe('independent')
    expect(said('Weather in Oslo. If it is wet, weather in Bergen.', script)).toBe('unknown')
  })

  test('a failure matters to what shares a value with it, and to nothing else', () => {
    const failed = weather('Oslo', { error: 'timeout' })
    expect(said('Weather in Oslo and Bergen.', [[failed], [museums]])).toBe('unknown')
    expect(said('Weather in Oslo and Bergen.', [[failed], [weather('Bergen', 'sun')]])).toBe('independent')
  })
})
