import { expect, test } from 'vitest'
import type { RunsPage } from '../../analyzer/model/api.ts'
import type { Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { draw } from '../../fixtures/draw.ts'
import { longRun, row, TRIP, useStage } from './test-page.ts'

const stage = useStage()

test('says how to send a run, then shows it live without a reload', async () => {
  const page = await stage.look('')
  await page.getByText('No runs yet').waitFor()
  await page.getByText(`OTEL_EXPORTER_OTLP_ENDPOINT=${stage.url()}`).waitFor()
  await page.getByText('Listening on').waitFor()
  await page.evaluate(() => {
    document.body.dataset.loaded = 'once'
  })

  await stage.send(TRIP.spans)
  const line = row(page, 'Trip planner')
  await line.waitFor()
  expect(await line.textContent()).toMatch(/3\.4 s[\s\S]*2\.4 s[\s\S]*1\.0 s/)
  expect(await page.evaluate(() => document.body.dataset.loaded)).toBe('once')
})

test('a run is live until its root span arrives, and nested runs stand under their own', async () => {
  const inner = draw(`# Outer agent
prompt: Look into it.
plan       ==                  model
research     .========         agent read <- {"about":"it"} -> {"found":"this"}
  think       ==               model
  look          .====          tool read <- {"q":"it"} -> {"found":"this"}
answer               .==       model "Done."
`)
  const page = await stage.look('')
  const root = inner.spans.filter((span) => span.spanId === inner.runId)
  await stage.send(inner.spans.filter((span) => span.spanId !== inner.runId))
  await page.locator('.live').first().waitFor()
  await page.locator('td.of-name a').first().click()
  await page.getByText('still arriving').waitFor()
  await stage.send(root)
  await page.getByText('still arriving').waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Outer agent' }).waitFor()
  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  await row(page, 'Outer agent').waitFor()
  await page.locator('.live').first().waitFor({ state: 'detached' })
  const names = await page.locator('td.of-name').allInnerTexts()
  expect(names.map((name) => name.trim())).toEqual(['Outer agent', '↳ research'])
})

/** Traces of one span that is of no agent, after the trip, minutes apart. */
const servers = (count: number): Span[] =>
  Array.from({ length: count }, (_, i) => {
    const start = TRIP.spans[0]!.startTimeUnixNano + BigInt(i + 1) * 60_000_000_000n
    return {
      ...TRIP.spans[0]!,
      traceId: (i + 1).toString(16).padStart(32, '0') as TraceId,
      spanId: (i + 1).toString(16).padStart(16, '0') as SpanId,
      parentSpanId: null,
      name: 'GET /',
      startTimeUnixNano: start,
      endTimeUnixNano: start + 1n,
      attributes: new Map([['http.request.method', 'GET']]),
    }
  })

test('no run among the newest traces: the older ones can be asked for', async () => {
  await stage.send(TRIP.spans)
  await stage.send(servers(200))
  const page = await stage.look('')
  await page.getByText('Of the newest traces none is a run.').waitFor()
  await page.getByRole('button', { name: 'Older runs' }).click()
  await row(page, 'Trip planner').waitFor()
})

test('the line of a call that has joined a run goes, though older lines stay', async () => {
  const [first, second] = servers(202).slice(-2) as [Span, Span]
  const said = (operation: string, more: [string, string][] = []) =>
    new Map([['gen_ai.operation.name', operation], ['gen_ai.provider.name', 'openai'], ...more] as [string, string][])
  const times = (from: bigint, to: bigint) => {
    const start = first.startTimeUnixNano + from * 1_000_000_000n
    return { startTimeUnixNano: start, endTimeUnixNano: start + (to - from) * 1_000_000_000n }
  }
  const tool = said('execute_tool', [['gen_ai.tool.name', 'look']])
  await stage.send(servers(200))
  await stage.send([{ ...second, ...times(1n, 3n), name: 'the call', attributes: tool }])
  const page = await stage.look('')
  await page.locator('td.of-name').first().waitFor()
  const lines = () => page.locator('main tr[aria-label], tbody tr').allInnerTexts()
  const before = await lines()
  expect(before).toHaveLength(1)
  await stage.send([{ ...first, ...times(0n, 4n), name: 'the model', attributes: said('chat') }])
  await expect.poll(async () => (await lines()).join()).not.toBe(before.join())
  expect(await lines()).toHaveLength(1)
})

test('is filtered and opened by keyboard', async () => {
  await stage.send(TRIP.spans)
  await stage.send(longRun(3).spans)
  const page = await stage.look('')
  await row(page, 'Trip planner').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('trip')
  await row(page, 'Long run').waitFor({ state: 'detached' })
  await page.waitForURL(/#\/\?q=trip$/)
  await page.keyboard.press('Escape')
  await row(page, 'Long run').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const active = (await page.locator('tr.active td.of-name').allInnerTexts()).join('').trim()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: active }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Runs' }).waitFor()
})

test('new runs wait while the pointer rests on the list', async () => {
  await stage.send(TRIP.spans)
  const page = await stage.look('')
  await row(page, 'Trip planner').hover()
  await stage.send(longRun(2).spans)
  const button = page.getByRole('button', { name: '1 new, show' })
  await button.waitFor()
  expect(await page.locator('td.of-name').count()).toBe(1)
  await button.click()
  await row(page, 'Long run').waitFor()
})

test('says that the collector is gone, and catches up when it is back', async () => {
  await stage.send(TRIP.spans)
  const page = await stage.look('')
  await row(page, 'Trip planner').waitFor()
  await stage.stop()
  await page.getByText('Connection lost.').waitFor()
  await stage.restart()
  await stage.send(longRun(2).spans)
  await row(page, 'Long run').waitFor()
  await page.getByText('Connection lost.').waitFor({ state: 'detached' })
  // The browser itself reports the refused connections.
  expect(stage.takeErrors().every((text) => text.includes('ERR_'))).toBe(true)
})

const once = (work: () => Promise<void>) => {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}

test('runs that are still being analysed are shown when they are ready, and none goes missing meanwhile', async () => {
  const names = Array.from({ length: 8 }, (_, i) => `Long run ${String(i + 1).padStart(2, '0')}`)
  const many = names.flatMap((name, n) => {
    const traceId = (n + 1).toString(16).padStart(32, '0') as TraceId
    const { spans, runId } = longRun(60)
    return spans.map((span) => {
      // Span ids of all drawings are alike, and a run is known by one.
      const idOf = (id: SpanId) => `${(n + 1).toString(16).padStart(4, '0')}${id.slice(4)}` as SpanId
      return {
        ...span,
        traceId,
        spanId: idOf(span.spanId),
        parentSpanId: span.parentSpanId && idOf(span.parentSpanId),
        name: span.spanId === runId ? span.name.replace('Long run of 60', name) : span.name,
        attributes: new Map(
          [...span.attributes].map(([key, value]) => [key, value === 'Long run of 60' ? name : value]),
        ),
      }
    })
  })
  await stage.send(TRIP.spans)
  const page = await stage.look('')
  await row(page, 'Trip planner').waitFor()
  const listed: Promise<RunsPage>[] = []
  const isList = (url: URL) => url.pathname === '/api/runs'
  page.on('response', (response) => {
    if (isList(new URL(response.url()))) listed.push(response.json() as Promise<RunsPage>)
  })
  // The list is asked for before they can have been analysed, and the page hears of none: it listens when all are done.
  const sent = once(() => stage.send(many))
  await page.route(isList, (request) => sent().then(() => request.continue()))
  const left = async () => ((await (await fetch(`${stage.url()}/api/runs`)).json()) as RunsPage).pending ?? 0
  const done = once(async () => expect.poll(left).toBe(0))
  await page.route('**/api/events', (request) => done().then(() => request.continue()))
  await page.reload()
  for (const name of names) {
    await row(page, name).waitFor()
    expect(await row(page, 'Trip planner').count()).toBe(1)
  }
  const pending = (await Promise.all(listed)).map((answer) => answer.pending ?? 0)
  expect(pending[0]).toBeGreaterThan(0)
  expect(pending.at(-1)).toBe(0)
  expect(await page.locator('td.of-name').count()).toBe(9)
})

test('a list does without the analyzer, which a run loads', async () => {
  await stage.send(TRIP.spans)
  const page = await stage.look('')
  await row(page, 'Trip planner').waitFor()
  const scripts = () =>
    page.evaluate(() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname))
  const ofAnalyzer = (paths: readonly string[]) => paths.filter((path) => /^\/assets\/answer-/.test(path))
  expect(ofAnalyzer(await scripts())).toEqual([])
  await row(page, 'Trip planner').getByRole('link').click()
  await expect.poll(async () => ofAnalyzer(await scripts()).length).toBe(1)
})

test('nothing is cut off on a narrow screen', async () => {
  await stage.send(TRIP.spans)
  const page = await stage.look('', { viewport: { width: 400, height: 800 } })
  const overhang = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await row(page, 'Trip planner').waitFor()
  expect(await overhang()).toBe(0)
  await row(page, 'Trip planner').getByRole('link').click()
  await page.locator('.timeline .row').first().waitFor()
  expect(await overhang()).toBe(0)
})

test.each([1440, 768, 390])('a name of one long word takes no column from the others, %i px wide', async (width) => {
  const name = `Planner ${'m'.repeat(300)}`
  const tool = `look_up_${'n'.repeat(300)}`
  const rows = [
    ['plan', '==             model'],
    [tool, '  ===          tool read <- {"of":"Oslo"}   -> {"found":"fjord"}'],
    ['plan', '     ==        model'],
    [tool, '       ===     tool read <- {"of":"Bergen"} -> {"found":"rain"}'],
    ['answer', '          ===  model "Done."'],
  ].map(([label, bar]) => `${label!.padEnd(tool.length)} ${bar}`)
  const long = draw(`# ${name}\nprompt: Look up Oslo and Bergen.\n${rows.join('\n')}\n`)
  await stage.send(long.spans)
  await stage.send(TRIP.spans)
  const page = await stage.look('', { viewport: { width, height: 800 } })
  await row(page, 'Trip planner').waitFor()
  const overhang = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((box) => box.scrollWidth - box.clientWidth)
  expect(await overhang('.runs-page')).toBe(0)
  const link = row(page, 'Planner m').getByRole('link')
  expect(await link.getAttribute('title')).toBe(name)
  await link.click()
  await page.locator('.timeline .row').first().waitFor()
  expect(await overhang('.crumbs a')).toBe(0)
  await page.locator('.finding').first().click()
  expect(await overhang('.panel .crumbs button')).toBe(0)
  expect(await overhang('.panel-scroll')).toBe(0)
})
