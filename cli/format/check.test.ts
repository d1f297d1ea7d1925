import { expect, test } from 'vitest'
import type { ReportRun } from '../../analyzer/model/report.ts'
import { judge } from '../check/judge.ts'
import type { Budget } from '../options/budget.ts'
import { serialized, spanId, testFinding, testRun } from '../test-run.ts'
import { formatAnnotations, formatCheck } from './check.ts'

const budget: Budget = { kind: 'ms', ms: 500 }
const format = (runs: readonly ReportRun[]) => formatCheck(judge(runs, budget), budget)

const worse = testRun({ runId: spanId('r2'), name: 'researcher', serialized: serialized(2_000) })
const good = testRun({ runId: spanId('r3'), serialized: serialized(100) })
const unjudged = testRun({ runId: spanId('r4'), serialized: serialized(0), promptKnown: false })

test('failed runs first, worst first, then the others by name, then the sum', () => {
  expect(format([good, testRun(), unjudged, worse])).toMatchInlineSnapshot(`
    "OVER  run researcher, LangGraph, r2
      2.00 s serialized, 1.50 s over the budget of 500 ms
      ! serialized-turns: search_hotels waited for search_flights and used nothing of it
        saves 1.00 s; confidence 0.93
        call  search_flights  turn 0  at 500 ms for 1.00 s
        call  search_hotels   turn 1  at 2.50 s for 1.00 s
        why   \`city\` = Oslo was in the prompt
        fix   Ask for both in one turn.

    OVER  run planner, LangGraph, r1
      1.00 s serialized, 500 ms over the budget of 500 ms
      ! serialized-turns: search_hotels waited for search_flights and used nothing of it
        saves 1.00 s; confidence 0.93
        call  search_flights  turn 0  at 500 ms for 1.00 s
        call  search_hotels   turn 1  at 2.50 s for 1.00 s
        why   \`city\` = Oslo was in the prompt
        fix   Ask for both in one turn.

    ok    run planner, LangGraph, r3: 100 ms serialized of 500 ms allowed
    ?     run planner, LangGraph, r4: not judged, its prompt was not recorded

    budget for serialized latency 500 ms per run: 2 over, 1 within, 1 not judged"
  `)
})

test('findings of a nested run are shown under the outer run that failed', () => {
  const nested = testRun({ runId: spanId('r5'), parentRunId: spanId('r1'), name: 'sub-agent' })
  expect(format([testRun({ findings: [] }), nested])).toMatchInlineSnapshot(`
    "OVER  run planner, LangGraph, r1
      1.00 s serialized, 500 ms over the budget of 500 ms
      in nested run sub-agent, LangGraph, r5
      ! serialized-turns: search_hotels waited for search_flights and used nothing of it
        saves 1.00 s; confidence 0.93
        call  search_flights  turn 0  at 500 ms for 1.00 s
        call  search_hotels   turn 1  at 2.50 s for 1.00 s
        why   \`city\` = Oslo was in the prompt
        fix   Ask for both in one turn.

    -     run sub-agent, LangGraph, r5: judged with its outer run r1

    budget for serialized latency 500 ms per run: 1 over, 0 within, 0 not judged, 1 nested run judged with the outer one"
  `)
})

test('a share is named as one', () => {
  const share: Budget = { kind: 'share', share: 0.1 }
  expect(formatCheck(judge([testRun()], share), share)).toContain(
    'budget for serialized latency 10 % of each run: 1 over',
  )
})

test('one annotation per failed run, on one line each, worst first', () => {
  const odd = testRun({ name: 'a, b: 100%\n::error::', findings: [testFinding()] })
  expect(formatAnnotations(judge([good, odd, worse], budget))).toMatchInlineSnapshot(`
    [
      "::error title=Tailrace%3A researcher is over budget::2.00 s serialized, 1.50 s over the budget of 500 ms.%0Aserialized-turns search_flights, search_hotels: 1.00 s",
      "::error title=Tailrace%3A a%2C b%3A 100%25 %3A%3Aerror%3A%3A is over budget::1.00 s serialized, 500 ms over the budget of 500 ms.%0Aserialized-turns search_flights, search_hotels: 1.00 s",
    ]
  `)
})
