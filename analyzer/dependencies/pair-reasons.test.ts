import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { options, type TestCall, type TestTurn, testRun } from './test-run.ts'

const call = (tool: string, args: Json, result: Json): TestCall => ({ tool, args, result })

/** The verdict on the last two calls, and why. */
function saidOf(prompt: string, script: readonly TestTurn[]): [verdict: string, reason: string] {
  const run = testRun(prompt, script)
  const inference = inferDependencies(run, options())
  const [i, j] = [run.calls.length - 2, run.calls.length - 1]
  return [inference.verdict(i, j).verdict, inference.reason(i, j)]
}

const price = call('get_price', { share: 'FJORD-9' }, { price: 213 })

test.each<[what: string, prompt: string, script: TestTurn[], said: [string, string]]>([
  [
    'a condition in the prompt',
    'If FJORD-9 is above 200, show the chart of NORD-9.',
    [[price], [call('get_chart', { share: 'NORD-9' }, { png: 'x' })]],
    ['unknown', 'branch'],
  ],
  [
    'the same question again',
    'Follow the print of poster-7712.',
    [
      [call('get_job', { poster: 'poster-7712' }, { state: 'running' })],
      [call('get_job', { poster: 'poster-7712' }, { state: 'done' })],
    ],
    ['unknown', 'asks-again'],
  ],
  [
    'a failure before',
    'What costs FJORD-9, and what was said of NORD-9?',
    [[call('get_price', { share: 'FJORD-9' }, 'Error: no such share')], [call('get_news', { share: 'NORD-9' }, ['x'])]],
    ['unknown', 'makes-up'],
  ],
  [
    'what was read, before a deed',
    'Is gate 8443 of depot-22 open? Tell post@fjord.example.',
    [
      [call('check_gate', { depot: 'depot-22', gate: 8443 }, { open: true })],
      [call('send_email', { to: 'post@fjord.example', body: 'The gate is open' }, 'sent')],
    ],
    ['dependent', 'deed'],
  ],
  [
    'a thing that both may touch',
    'Set the region to eu-west-4 and show the report of team Falcon-77.',
    [[call('set_region', { region: 'eu-west-4' }, 'ok')], [call('get_report', { team: 'Falcon-77' }, { rows: 3 })]],
    ['dependent', 'state'],
  ],
  [
    'a result that was not captured',
    'The price of FJORD-9 and the news of NORD-9, please.',
    [[{ tool: 'get_price', args: { share: 'FJORD-9' } }], [call('get_news', { share: 'NORD-9' }, ['x'])]],
    ['unknown', 'not-captured'],
  ],
])('%s', (_, prompt, script, said) => {
  expect(saidOf(prompt, script)).toEqual(said)
})
