import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Explanation } from '../../analyzer/index.ts'
import { requestToJson } from '../../collector/otlp/span-to-json.ts'
import { draw } from '../../fixtures/draw.ts'
import { runCli, tempFolder } from '../test-cli.ts'

/** The hotel's id came from the search; its city was said by the user, though the search repeats it; 2 is anybody's. */
const TRIP = draw(`# Trip
prompt: A hotel in Bergen for 2 nights, please.
ask              =                   model
search_hotels     .===               tool read  <- {"city":"Bergen","nights":2} -> {"city":"Bergen","hotels":[{"id":"htl_88125501","beds":2}]}
ask                    =             model
get_weather             .===         tool read  <- {"city":"Bergen"}            -> {"sky":"wet"}
ask                          =       model
book_hotel                    .===   tool write <- {"hotel_id":"htl_88125501","city":"Bergen"} -> {"ok":true}
`)

describe('tailrace explain', () => {
  const inFile = async (...args: string[]) => {
    const folder = tempFolder()
    const file = join(folder, 'trip.json')
    writeFileSync(file, JSON.stringify(requestToJson(TRIP.spans)))
    const [run, call, ...rest] = args
    return runCli(['explain', run!, call!, file, '--no-config', ...rest], { cwd: folder })
  }

  test('says for each argument where it came from, and what was rejected and why', async () => {
    const { code, stdout, stderr } = await inFile('last', 'book_hotel')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^book_hotel, turn 2, write by name/)
    expect(stdout).toMatch(/\$\.hotel_id = "htl_88125501" \(\d+ bits\): search_hotels result \$\.hotels\[0\]\.id/)
    expect(stdout).toMatch(/from search_hotels \$\.hotels\[0\]\.id, exact, P\(needed\) 0\.9\d/)
    expect(stdout).toMatch(
      /\$\.city = "Bergen" \(\d+ bits\): prompt\n.*not from search_hotels \$\.city \(echo\): it only repeats what it had been given/,
    )
    expect(stdout).toMatch(/Needs\n {2}search_hotels: data, confidence 0\.9\d/)
    expect(stdout).toMatch(
      /Against earlier calls\n {2}search_hotels: dependent 0\.9\d, as a value of that result .*\n {2}get_weather: /,
    )
  })

  test('says why two calls are not independent, whatever was found of them', async () => {
    const { stdout } = await inFile('last', 'book_hotel')
    expect(stdout).toMatch(/get_weather: dependent 0\.\d\d, as what was done or read before may have decided/)
    const drawn = draw(`# Condition
prompt: If FJORD-9 is above 200, show the chart of NORD-9.
ask           =               model
get_price      .===           tool read  <- {"share":"FJORD-9"} -> {"price":213}
ask                =          model
get_chart           .===      tool read  <- {"share":"NORD-9"}  -> {"png":"x"}
`)
    const cwd = tempFolder()
    const file = join(cwd, 'condition.json')
    writeFileSync(file, JSON.stringify(requestToJson(drawn.spans)))
    const explained = await runCli(['explain', 'last', 'get_chart', file, '--no-config'], { cwd })
    expect(explained.stdout).toMatch(
      /Needs\n {2}nothing that was found\n\nAgainst earlier calls\n {2}get_price: unknown, as the task makes something hang/,
    )
  })

  test('as JSON, by the beginning of an id', async () => {
    const id = TRIP.spans.find((span) => span.name.includes('get_weather'))!.spanId
    const { code, stdout } = await inFile(TRIP.runId.slice(0, 8), id.slice(0, 10), '--json')
    const explanation = JSON.parse(stdout) as Explanation & { tool: string }
    expect(code).toBe(0)
    expect(explanation.tool).toBe('get_weather')
    expect(explanation.arguments).toMatchObject([{ path: '$.city', value: 'Bergen', origin: 'prompt' }])
    expect(explanation.verdicts).toMatchObject([{ tool: 'search_hotels', verdict: 'independent' }])
  })

  test.each([
    [
      'feedfeed',
      'book_hotel',
      /There is no run feedfeed\. Write one of these, or last:\ntailrace: {3}[0-9a-f]{16} {2}Trip/,
    ],
    ['last', 'book_train', /The run has no call book_train\. Write one of these:[\s\S]*book_hotel/],
  ])('%s %s: what there is instead', async (run, call, message) => {
    const { code, stdout, stderr } = await inFile(run, call)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })
})
