import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import type { RunsPage } from '../../analyzer/model/api.ts'
import { draw } from '../../fixtures/draw.ts'
import { figure, longRun, row, TRIP, TRIP_URL, useStage } from './test-page.ts'

const stage = useStage()

describe('a run', () => {
  beforeEach(() => stage.send(TRIP.spans))

  test('shows actual over achievable, what it costs and which turn is not needed', async () => {
    const page = await stage.look(TRIP_URL)
    await figure(page, 'actual').waitFor()
    expect(await figure(page, 'actual').textContent()).toBe('3.4 s')
    expect(await figure(page, 'achievable').textContent()).toBe('2.4 s')
    expect(await figure(page, 'saving').textContent()).toBe('saves 1.0 s')
    expect(await page.locator('.row .gone').count()).toBe(1)
    await page.locator('.axis').getByText('achievable 2.4 s').waitFor()
    await page.locator('.axis').getByText('actual 3.4 s').waitFor()
    expect(await row(page, 'search_hotels').getByRole('gridcell').getAttribute('aria-label')).toBe(
      'search_hotels, call, reads, 1.6 to 2.2 s actual, 0.5 to 1.1 s achievable, on the critical path',
    )
  })

  test('a call shows where its argument came from, marked alike in both places', async () => {
    const page = await stage.look(TRIP_URL)
    await row(page, 'book_hotel').click()
    const panel = page.getByRole('complementary')
    await panel.getByRole('heading', { name: 'book_hotel' }).waitFor()
    const marks = panel.locator('pre mark')
    expect(await marks.allInnerTexts()).toEqual(['"htl_88125501"', '"htl_88125501"'])
    const classes = await marks.evaluateAll((all) => all.map((mark) => mark.className))
    expect(new Set(classes).size).toBe(1)
    expect(await page.locator('.arrow.solid').count()).toBe(1)
    expect(await row(page, 'search_flights').getAttribute('class')).toContain('faded')
    await page.waitForURL(/sel=[0-9a-f]{16}/)

    await row(page, 'search_hotels').click()
    expect(await panel.locator('pre mark').allInnerTexts()).toEqual(['"Bergen"', 'Bergen', '"htl_88125501"'])
  })

  test('a finding says why, what to change, and lights its calls', async () => {
    const page = await stage.look(TRIP_URL)
    await page.getByRole('button', { name: /search_flights and search_hotels/ }).click()
    await page.getByRole('heading', { name: 'Why we believe it' }).waitFor()
    await page.getByRole('heading', { name: 'What to change' }).waitFor()
    expect(await row(page, 'book_hotel').getAttribute('class')).toContain('faded')
    expect(await row(page, 'search_flights').getAttribute('class')).not.toContain('faded')
    await page.waitForURL(/[?&]f=0/)
  })

  test("the user's word changes the figures at once, is kept for the next time, and can be taken back", async () => {
    const page = await stage.look(`${TRIP_URL}?v=1&f=0`)
    await page.getByRole('button', { name: 'Treat as dependent' }).first().click()
    await expect.poll(() => figure(page, 'achievable').textContent()).toBe('3.4 s')
    await page.getByText('search_hotels needs search_flights').waitFor()
    // Once it is stored, the address need not say it.
    await expect.poll(() => page.url()).not.toContain('assume')

    await page.reload()
    await expect.poll(() => figure(page, 'achievable').textContent()).toBe('3.4 s')
    await page.getByRole('button', { name: /^Remove:/ }).click()
    await expect.poll(() => figure(page, 'achievable').textContent()).toBe('2.4 s')
    await page.reload()
    await expect.poll(() => figure(page, 'achievable').textContent()).toBe('2.4 s')
  })

  test('a word on a tool counts in the list of runs, and can be copied as a configuration', async () => {
    const page = await stage.look(TRIP_URL, { permissions: ['clipboard-read', 'clipboard-write'] })
    await row(page, 'search_flights').click()
    await page.getByRole('button', { name: 'This tool writes' }).click()
    await page.getByText('search_flights: write').waitFor()
    await page.getByRole('button', { name: 'Copy as configuration' }).click()
    await page.getByText('paste it into tailrace.config.json').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(JSON.parse(copied)).toEqual({ tools: { search_flights: { effect: 'write' } } })

    const listed = async () => (await (await fetch(`${stage.url()}/api/runs`)).json()) as RunsPage
    await expect.poll(async () => (await listed()).runs[0]?.serializedMs).toBe(0)
  })

  test('a link with a word in its address shows it, though nobody stored it', async () => {
    const calls = ['search_flights', 'search_hotels'].map((name) => TRIP.spans.find((span) => span.name.includes(name)))
    const page = await stage.look(`${TRIP_URL}?v=1&assume=%2B${calls[0]?.spanId}~${calls[1]?.spanId}`)
    await expect.poll(() => figure(page, 'achievable').textContent()).toBe('3.4 s')
    await page.getByRole('button', { name: /^Remove:/ }).click()
    await expect.poll(() => figure(page, 'achievable').textContent()).toBe('2.4 s')
    await expect.poll(() => page.url()).not.toContain('assume')
  })

  test('a word that cannot be stored holds in the address, and the page says so', async () => {
    const page = await stage.look(`${TRIP_URL}?v=1&f=0`)
    const button = page.getByRole('button', { name: 'Treat as dependent' }).first()
    await button.waitFor()
    await stage.stop()
    await button.click()
    await expect.poll(() => figure(page, 'achievable').textContent()).toBe('3.4 s')
    await page.getByText('in this address only').waitFor()
    await page.waitForURL(/assume=\+[0-9a-f]{16}~[0-9a-f]{16}/)
    stage.takeErrors()
    await stage.restart()
  })

  test('a dependency that the user denies no longer holds the call back', async () => {
    const page = await stage.look(TRIP_URL)
    await row(page, 'book_hotel').click()
    const before = await figure(page, 'achievable').textContent()
    await page.getByRole('button', { name: 'Treat as independent' }).first().click()
    await page.getByText('book_hotel needs nothing of search_hotels').waitFor()
    // The booking is still a write and may have to stay where it is; what changed is that nothing ties it to the search.
    await page.getByRole('heading', { name: 'Waits for nothing' }).waitFor()
    expect(before).toBe('2.4 s')
  })

  test('the rung and the cap are recomputed in place', async () => {
    const page = await stage.look(TRIP_URL)
    await figure(page, 'achievable').waitFor()
    await page.getByRole('radio', { name: 'overlap' }).check({ force: true })
    await expect.poll(() => figure(page, 'achievable').textContent()).toBe('3.4 s')
    await page.getByRole('radio', { name: 'batch' }).check({ force: true })
    await expect.poll(() => figure(page, 'achievable').textContent()).toBe('2.4 s')
    // One call at a time: both searches after plan, one after the other, without the turn in between.
    await page.getByLabel('At once').selectOption('1')
    await page.waitForURL(/cap=1/)
    await expect.poll(() => figure(page, 'achievable').textContent()).not.toBe('2.4 s')
  })

  test('works by keyboard', async () => {
    const page = await stage.look(TRIP_URL)
    await figure(page, 'actual').waitFor()
    const selected = () => page.locator('.row.selected .name').textContent()
    await page.keyboard.press('ArrowDown')
    expect(await selected()).toBe('turn 0')
    await page.keyboard.press('ArrowRight')
    expect(await selected()).toBe('search_flights')
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowUp')
    expect(await selected()).toBe('book_hotel')
    await page.keyboard.press('ArrowLeft')
    expect(await selected()).toBe('search_hotels')
    await page.keyboard.press('n')
    expect(await selected()).toBe('turn 2')
    await page.keyboard.press('Escape')
    expect(await page.locator('.row.selected').count()).toBe(0)

    await page.keyboard.press('j')
    await page.getByRole('heading', { name: 'Why we believe it' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('w')
    await page.waitForURL(/[?&]t=/)
    await page.keyboard.press('0')
    await expect.poll(() => page.url()).not.toMatch(/[?&]t=/)
    await page.keyboard.press('c')
    await page.waitForURL(/c=only/)
    await page.keyboard.press('m')
    await page.getByRole('columnheader', { name: 'Depends on' }).waitFor()
    expect(await row(page, 'book_hotel').textContent()).toContain('search_hotels (data)')
    await page.keyboard.press('m')

    await page.keyboard.press('?')
    const help = page.getByRole('dialog')
    await help.getByText('Next step of the critical path').waitFor()
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
  })

  test('is dark where the system is, and where the user says so', async () => {
    const page = await stage.look(TRIP_URL, { colorScheme: 'dark' })
    await figure(page, 'actual').waitFor()
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await background()).toBe('rgb(15, 19, 24)')
    await page.keyboard.press('t')
    expect(await background()).toBe('rgb(255, 255, 255)')
    await page.reload()
    await figure(page, 'actual').waitFor()
    expect(await background()).toBe('rgb(255, 255, 255)')
  })

  test('the mouse measures, zooms and moves', async () => {
    const page = await stage.look(TRIP_URL)
    const chart = page.locator('.tl-scroll')
    await chart.waitFor()
    const box = await chart.boundingBox()
    if (box === null) throw new Error('the chart has no box')
    const y = box.y + box.height - 60
    await page.mouse.move(box.x + 400, y)
    await page.mouse.down()
    await page.mouse.move(box.x + 560, y + 4, { steps: 4 })
    await page.mouse.up()
    await page.locator('.measured-text').getByText(/^Δ /).waitFor({ state: 'attached' })
    await page.keyboard.press('f')
    await page.waitForURL(/[?&]t=/)
    await page.keyboard.press('Escape')
    await page.mouse.dblclick(box.x + 500, y)
    await expect.poll(() => page.url()).not.toMatch(/[?&]t=/)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -200)
    await page.keyboard.up('Control')
    await page.waitForURL(/[?&]t=/)
  })
})

test('captured text is text, wherever it is shown', async () => {
  const trap = '<img src=x onerror=\\"window.caught=true\\">'
  const drawing = draw(`# Support <b>agent</b>
prompt: Refund order 4417-AX ${trap.replaceAll('\\', '')}
plan       ===                  model
find_order    .====             tool read error "${trap.replaceAll('\\', '').replaceAll('"', "'")}" <- {"order":"4417-AX","html":"${trap}"} -> {"note":"${trap}","customer":"c_99183321"}
decide             .==          model
refund                .====     tool write <- {"customer":"c_99183321","why":"${trap}"} -> "${trap}"
answer                     .==  model "<script>window.caught = true</script>"
`)
  await stage.send(drawing.spans)
  const page = await stage.look('')
  await row(page, 'Support <b>agent</b>').click()
  for (const name of ['find_order', 'refund', 'turn 2']) {
    await page.getByRole('treegrid').getByText(name, { exact: true }).click()
    await page.getByRole('complementary').getByRole('heading', { name }).waitFor()
  }
  await page.keyboard.press('m')
  await sleep(200)
  expect(await page.evaluate(() => (window as { caught?: boolean }).caught)).toBeUndefined()
  expect(await page.locator('#app img:not(.brand img), #app b, #app script').count()).toBe(0)
})

test('a run of hundreds of calls draws only what is in sight, and is recomputed beside the page', async () => {
  const drawing = longRun(200)
  await stage.send(drawing.spans)
  const page = await stage.look(`#/run/${drawing.runId}`)
  await figure(page, 'actual').waitFor()
  expect(await page.getByRole('treegrid').getAttribute('aria-rowcount')).toBe('401')
  expect(await page.locator('.row').count()).toBeLessThan(60)
  await page.keyboard.press('End')
  await row(page, 'turn 200').waitFor()
  await page.getByRole('radio', { name: 'overlap' }).check({ force: true })
  await page.waitForURL(/rung=overlap/)
  await page.locator('.summary[aria-busy="false"]').waitFor()
  expect(await figure(page, 'achievable').textContent()).toBe(await figure(page, 'actual').textContent())
})

test('a run that is not there is said to be so, and shows up when it comes', async () => {
  const page = await stage.look(TRIP_URL)
  await page.getByText('The collector has no such run.').waitFor()
  await stage.send(TRIP.spans)
  await figure(page, 'actual').waitFor()
  // The browser itself reports the 404.
  expect(stage.takeErrors().every((text) => text.includes('404'))).toBe(true)
})
