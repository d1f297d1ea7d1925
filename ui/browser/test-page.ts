// A collector with the freshly built page, and a browser that looks at it.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Span } from '../../analyzer/model/span.ts'
import { requestToJson } from '../../collector/otlp/span-to-json.ts'
import { type Served, serve } from '../../collector/serve.ts'
import { type Drawing, draw } from '../../fixtures/draw.ts'
import { findChromium } from '../../scripts/chromium.mjs'

/** One stage per file, one collector with an empty database per test; no test may leave an error in the console. */
export function useStage() {
  let stage: Stage
  let served: Served
  let opened: Opened | null = null
  let databases = 0
  beforeAll(async () => {
    stage = await setUp()
  })
  afterAll(() => tearDown(stage))
  beforeEach(async () => {
    served = await startCollector(stage, `spans-${databases++}.db`)
  })
  afterEach(async () => {
    const errors = opened?.errors ?? []
    await opened?.page.context().close()
    opened = null
    await served.close()
    expect(errors, 'errors in the browser console').toEqual([])
  })
  return {
    /** Opens the page at a hash and waits for nothing. */
    async look(hash: string, options: BrowserContextOptions = {}): Promise<Page> {
      opened = await open(stage, `${served.url}/${hash}`, options)
      return opened.page
    },
    send: (spans: readonly Span[]) => send(served, spans),
    url: () => served.url,
    stop: () => served.close(),
    /** Starts the collector again on the port and the database that it had. */
    async restart(): Promise<void> {
      served = await startCollector(stage, `spans-${databases - 1}.db`, served.port)
    },
    /** Takes the console errors that a test expects. */
    takeErrors: (): string[] => opened?.errors.splice(0) ?? [],
  }
}

export const figure = (page: Page, name: string) => page.locator(`[data-figure="${name}"]`)

/** A row of the chart or of a table, by a text in it. */
export const row = (page: Page, name: string) =>
  page.locator('.timeline .row, main tr').filter({ hasText: name }).first()

/**
 * A trip planner that asks for three things in three turns though only the last needs an answer:
 * plan 400 + (100 + flights 700) + (100 + decide 200) + (100 + hotels 600) + (100 + decide 200) + (100 + book 400)
 * + (100 + answer 300) = 3400 ms; with both searches after plan 2400 ms.
 */
export const TRIP = draw(`# Trip planner
prompt: A flight to Oslo and a hotel in Bergen, please. Book the hotel.
plan             ====                              model
search_flights       .=======                      tool read  <- {"to":"Oslo"}               -> {"flight":"SK882-0514-OSL"}
decide                       .==                   model
search_hotels                   .======            tool read  <- {"city":"Bergen"}           -> {"hotels":[{"id":"htl_88125501","price":910}]}
decide                                 .==         model
book_hotel                                .====    tool write <- {"hotel_id":"htl_88125501"} -> {"status":"booked"}
answer                                         .===  model "Booked."
`)

export const TRIP_URL = `#/run/${TRIP.runId}`

/** A run of many turns, each with one call that reads a file of its own. */
export function longRun(calls: number): Drawing {
  const rows: string[] = []
  for (let i = 0; i < calls; i++) {
    const at = i * 4
    rows.push(`decide ${' '.repeat(at)}==  model`)
    rows.push(
      `read_file ${' '.repeat(at + 2)}== tool read <- {"path":"/src/file-${i}.ts"} -> {"digest":"d${(i * 7919 + 104729) % 999983}"}`,
    )
  }
  rows.push(`answer ${' '.repeat(calls * 4)}== model "Done."`)
  // Bars start in one column: the longest label with its space.
  const width = 'read_file '.length
  const aligned = rows.map((row) => row.replace(/^(\S+) /, (_, label: string) => label.padEnd(width)))
  return draw(`# Long run of ${calls}\nprompt: Read everything.\n${aligned.join('\n')}\n`)
}

interface Stage {
  readonly folder: string
  readonly browser: Browser
  readonly uiDir: string
}

/** Builds the page into a folder of its own, so that a stale `dist/` cannot pass for it, and starts the browser. */
async function setUp(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-page-'))
  const uiDir = join(folder, 'ui')
  const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
  await build({ configFile, logLevel: 'warn', build: { outDir: uiDir } })
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('No Chromium was found: run the tests by `npm test`, which gets one.')
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
  return { folder, uiDir, browser: await chromium.launch({ executablePath, args }) }
}

async function tearDown(stage: Stage): Promise<void> {
  await stage.browser.close()
  rmSync(stage.folder, { recursive: true })
}

async function startCollector(stage: Stage, dbFile: string, port = 0): Promise<Served> {
  return serve({ port, dbFile: join(stage.folder, dbFile), uiDir: stage.uiDir, warn: () => {} })
}

interface Opened {
  readonly page: Page
  /** Console errors and uncaught exceptions since the page was opened. */
  readonly errors: string[]
}

async function open(stage: Stage, url: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  // The collector's analysis starts with the first page that is looked at: 15 s were seen where the machine was busy.
  page.setDefaultTimeout(60_000)
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(url)
  return { page, errors }
}

/** Sends spans as an exporter would, over OTLP/HTTP with JSON. */
async function send(served: Served, spans: readonly Span[]): Promise<void> {
  const response = await fetch(`${served.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(requestToJson(spans)),
  })
  if (response.status !== 200) throw new Error(`the collector answered ${response.status}: ${await response.text()}`)
}
