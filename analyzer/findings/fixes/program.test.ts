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

const run = (language: string): ReportRun => {
  const spans = draw(CHAIN).spans.map((span) => ({
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

test('in TypeScript', async () => {
  const measured = run('nodejs')
  const code = programOf(measured)
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
  await (new Function('tools', `${code}\nreturn plan(tools)`) as (given: object) => Promise<void>)(tools)
  expect(byText(made)).toEqual(byText(callsOf(measured)))
})

const hasPython = spawnSync('python3', ['--version']).status === 0

test.runIf(hasPython)('in Python', () => {
  const measured = run('python')
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
})

test('names that languages keep for themselves are not taken for identifiers, nor numbers in odd spellings for numbers', () => {
  expect(['import', 'mcp__files__read-file', '7up', 'cost$'].map(identifier)).toEqual([
    'import_',
    'mcp__files__read_file',
    '_7up',
    'cost_',
  ])
  const spans = draw(CHAIN.replace('"tier":48213', '"tier":"0048213"').replace('"tier":"48213"', '"tier":48213')).spans
  expect(programOf(analyze(spans).runs[0]!)).toContain('tier: 48213')
})

function resultOf({ calls }: ReportRun, tool: string, args: Json): Json {
  const call = calls.find((one) => one.tool === tool && JSON.stringify(one.arguments) === JSON.stringify(args))
  if (call === undefined) throw new Error(`${tool} was called with ${JSON.stringify(args)}, which the run never did`)
  return call.result ?? null
}
