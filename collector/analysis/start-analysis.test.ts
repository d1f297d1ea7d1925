import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { draw } from '../../fixtures/draw.ts'
import { createAnalysedTraces } from '../routes/analysed-traces.ts'
import { openTestStore, type TestStore } from '../routes/test-context.ts'
import { insertSpans } from '../store/insert-spans.ts'
import { findTrace } from '../store/list-traces.ts'
import { type AnalysisThread, startAnalysis } from './start-analysis.ts'

const SMALL = draw(`# Small
prompt: Weather in Oslo?
plan         ==         model
get_weather    .===     tool read <- {"city":"Oslo"} -> {"celsius":7}
answer              ==  model "Seven degrees."
`)

let opened: TestStore
let thread: AnalysisThread

beforeEach(() => {
  opened = openTestStore()
})

afterEach(async () => {
  await thread.close()
  await opened.close()
})

const stored = (traceId: TraceId) => findTrace(opened.store, traceId)!

/** One trace of so many calls, named by a digit; without a text, each has the result that is drawn. */
function large(calls: number, digit = 'a', text?: string): Span[] {
  const [root] = SMALL.spans.filter(({ spanId }) => spanId === SMALL.runId) as [Span]
  const call = SMALL.spans.find(({ name }) => name.includes('get_weather'))!
  const traceId = digit.repeat(32) as TraceId
  return [
    { ...root, traceId },
    ...Array.from({ length: calls }, (_, n): Span => {
      const spanId = (n + 1).toString(16).padStart(16, 'c') as SpanId
      const attributes = new Map(call.attributes)
      if (text !== undefined)
        attributes.set('gen_ai.tool.call.result', JSON.stringify({ text: `${digit} ${n} ${text}` }))
      return { ...call, traceId, spanId, startTimeUnixNano: call.startTimeUnixNano + BigInt(n), attributes }
    }),
  ]
}

test('a trace that takes all the memory is said to have failed; what waits behind it is analysed, and the server goes on', async () => {
  thread = startAnalysis({ file: opened.store.file, options: {} }, { maxOldGenerationSizeMb: 48 })
  const traces = createAnalysedTraces(opened.store, {}, thread)
  insertSpans(opened.store, large(25_000))
  insertSpans(opened.store, SMALL.spans)
  const [first, second] = ['a'.repeat(32) as TraceId, SMALL.spans[0]!.traceId].map(stored) as [
    ReturnType<typeof stored>,
    ReturnType<typeof stored>,
  ]
  await Promise.all([traces.prepare(first), traces.prepare(second)])
  expect([first, second].map((trace) => traces.hasSummaries(trace))).toEqual([true, true])
  expect(() => traces.summaries(first)).toThrow(/ran out of memory.*--max-old-space-size/)
  expect(traces.summaries(second)).toMatchObject([{ runId: SMALL.runId }])
})

test('a trace has not failed where it was what the thread kept of others that took the memory', async () => {
  thread = startAnalysis({ file: opened.store.file, options: {} }, { maxOldGenerationSizeMb: 48 })
  const traces = createAnalysedTraces(opened.store, {}, thread)
  // Two fit beside each other: 6 MB of results each, which are in the reports that the thread keeps, and in spans meanwhile.
  for (const digit of '123456') {
    insertSpans(opened.store, large(100, digit, 'a word '.repeat(8500)))
    const trace = stored(digit.repeat(32) as TraceId)
    await traces.prepare(trace)
    expect(traces.summaries(trace)).toHaveLength(1)
    expect(await traces.report(trace, SMALL.runId)).not.toBeNull()
  }
})
