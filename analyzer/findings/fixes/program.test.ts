// The program that a fix prints is run against stand-ins for the user's tools, and has to make the run's own calls.

import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { draw } from '../../../fixtures/draw.ts'
import { analyze } from '../../analyze.ts'
import type { Json } from '../../model/json.ts'
import type { ReportRun } from '../../model/report.ts'
import type { Attributes } from '../../model/span.ts'
import { identifier } from './tool-code.ts'

/** A chain of three with a fork in it: an id as it is, a number given as text, a list, JSON inside a text, fixed words. */
const CHAIN = `# Chain with a fork
prompt: Send Ada Lovelace the offers for her open orders, in English, with the keyword "class".
ask             ==                           model
find_customer     .===                       tool read <- {"name":"Ada Lovelace"} -> {"customer":{"id":"cus_7731xk","tier":48213}}
pass                 .==                     model
list-orders             .===                 tool read <- {"customer_id":"cus_7731xk"} -> "{\\"orders\\":[\\"ord_18821a\\",\\"ord_18822b\\"]}"
get_terms               .===                 tool read <- {"tier":"48213","class":"English"} -> {"terms key":"trm_5599q"}
pass                       .==               model
get_quote                     .===           tool read <- {"order":"ord_18821a","opts":{"terms":["trm_5599q"]}} -> {"quote":1}
get_quote                     .===           tool read <- {"order":"ord_18822b","opts":{"terms":["trm_5599q"]}} -> {"quote":2}
answer                            .==        model "Sent."
`

const run = (language: string, text = CHAIN): ReportRun => {
  const spans = draw(text).spans.map((span) => ({
    ...span,
    resource: new Map([...span.resource, ['telemetry.sdk.language', language]]) as Attributes,
  }))
  return analyze(spans).runs[0]!
}

const programOf = ({ findings }: ReportRun): string => {
  const finding = findings.find(({ rule }) => rule === 'mechanical-chain')
  if (finding === undefined) throw new Error(`no mechanical-chain among ${findings.map(({ rule }) => rule).join()}`)
  return finding.fix.code
}

const callsOf = ({ calls }: ReportRun) => calls.map(({ tool, arguments: args }) => ({ tool, args }))

const byText = (calls: readonly unknown[]): string[] => calls.map((call) => JSON.stringify(call)).sort()

/** Whether the program makes the run's own calls. */
async function madeBy(measured: ReportRun): Promise<boolean> {
  const made: { tool: string; args: Json }[] = []
  const tools = new Proxy(
    {},
    {
      get: (_, tool: string) => async (args: Json) => {
        made.push({ tool, args })
        return resultOf(measured, tool, args)
      },
    },
  )
  const program = new Function('tools', `${programOf(measured)}\nreturn plan(tools)`) as (
    given: object,
  ) => Promise<void>
  await program(tools)
  expect(byText(made)).toEqual(byText(callsOf(measured)))
  return true
}

test('in TypeScript', async () => {
  expect(await madeBy(run('nodejs'))).toBe(true)
})

const hasPython = spawnSync('python3', ['--version']).status === 0

test.runIf(hasPython)('in Python', () => runPython(run('python')))

function runPython(measured: ReportRun): void {
  const answers = measured.calls.map(({ tool, arguments: args, result }) => [tool, args, result])
  const script = `${programOf(measured)}

import json as _json
answers = _json.loads(${JSON.stringify(JSON.stringify(answers))})
made = []

class Tools(dict):
    def __missing__(self, tool):
        async def stand_in(**args):
            made.append({"tool": tool, "args": args})
            return next(a[2] for a in answers if a[0] == tool and a[1] == args)
        return stand_in

asyncio.run(plan(Tools()))
print(_json.dumps(made))
`
  const { stdout, stderr, status } = spawnSync('python3', ['-c', script], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const made = JSON.parse(stdout) as { tool: string; args: Json }[]
  expect(byText(made)).toEqual(byText(callsOf(measured)))
}

test('names that languages keep for themselves are not taken for identifiers, nor numbers in odd spellings for numbers', () => {
  expect(['import', 'mcp__files__read-file', '7up', 'cost$'].map(identifier)).toEqual([
    'import_',
    'mcp__files__read_file',
    '_7up',
    'cost_',
  ])
  // No program makes 48213 of it, so the calls before are of no program with this one, which has to be given the number.
  const spans = draw(CHAIN.replace('"tier":48213', '"tier":"0048213"').replace('"tier":"48213"', '"tier":48213')).spans
  const code = programOf(analyze(spans).runs[0]!)
  expect(code).toContain('async function plan(tools, { tier, customer_id }) {')
  expect(code).not.toContain('48213')
})

test('letters of every script are letters in code', () => {
  const names = ['найти заказ', '顧客を探す', 'ﬁnd', '٣ дня', '☃☃']
  expect(names.map(identifier)).toEqual(['найти_заказ', '顧客を探す', 'find', '_٣_дня', 'unnamed'])
})

/** A chain of two: `get_detail` is given what stands in `find_thing`'s result, in the form that the test is about. */
const pair = (result: string, args: string, prompt = 'Load what Ada Lovelace left.'): string => `# Pair
prompt: ${prompt}
ask             ==                           model
find_thing        .===                       tool read <- {"name":"Ada Lovelace"} -> ${result}
pass                 .==                     model
get_detail              .===                 tool read <- ${args} -> {"done":true}
answer                     .==               model "Done."
`

const FORMS = [
  ['the last part of a path', '{"ref":"things/THG-7731xk"}', '{"thing":"THG-7731xk"}'],
  ['a part of an address', '{"at":"https://x.example/t/THG-7731xk?v=1"}', '{"thing":"THG-7731xk"}'],
  ['what stands before a line number', '{"hits":["lib/net/resend.ts:12"]}', '{"path":"lib/net/resend.ts"}'],
  ['a number in a path', '{"ref":"things/4821377"}', '{"thing":4821377}'],
  ['other capitals', '{"id":"THG-7731XK"}', '{"thing":"thg-7731xk"}'],
  ['the end of a line', '{"id":"THG-7731xk\\n"}', '{"thing":"THG-7731xk"}'],
  ['JSON in an argument', '{"id":"THG-7731xk"}', '{"body":"{\\"thing\\":\\"THG-7731xk\\"}"}'],
] as const

test.each(FORMS)('works out %s', async (_, result, args) => {
  expect(await madeBy(analyze(draw(pair(result, args)).spans).runs[0]!)).toBe(true)
})

test.runIf(hasPython)('works all of them out in Python', () => {
  for (const [, result, args] of FORMS) runPython(run('python', pair(result, args)))
})

test.each([
  ['a part that nothing divides', '{"ref":"thing7731990xk"}', '{"thing":7731990}'],
  ['a part that takes its own divider along', '{"ref":"a/lib/net/resend.ts"}', '{"path":"net/resend.ts"}'],
  ['what Python prints', '{"out":"{\'id\': \'THG-7731xk\'}"}', '{"thing":"THG-7731xk"}'],
  ['a sum', '{"net":48213,"tax":7731}', '{"total":55944}'],
  ['another unit', '{"size":"6.60 KB","minutes":4750}', '{"hours":79.1667}'],
  ['joined words', '{"first":"Zebulon","last":"Quackenbush"}', '{"name":"Zebulon Quackenbush"}'],
  ['a day of a time', '{"when":"2031-07-19T10:00:00Z"}', '{"day":"2031-07-19"}'],
  ['a day in another form', '{"when":"2031-07-19"}', '{"day":"19 July 2031"}'],
  ['capitals that are no rule', '{"id":"THG-7731xk"}', '{"thing":"Thg-7731XK"}'],
])('promises no program that would have to know %s', (_, result, args) => {
  const { findings, schedules } = analyze(draw(pair(result, args)).spans).runs[0]!
  expect(findings.filter(({ rule }) => rule === 'mechanical-chain')).toEqual([])
  expect(schedules.plan.durationMs).toBe(schedules.batch.durationMs)
})

function resultOf({ calls }: ReportRun, tool: string, args: Json): Json {
  const call = calls.find((one) => one.tool === tool && JSON.stringify(one.arguments) === JSON.stringify(args))
  if (call === undefined) throw new Error(`${tool} was called with ${JSON.stringify(args)}, which the run never did`)
  return call.result ?? null
}
