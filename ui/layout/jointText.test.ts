import { expect, test } from 'vitest'
import { analyze } from '../../analyzer/index.ts'
import type { Rung } from '../../analyzer/model/options.ts'
import { outsideFigure } from '../../analyzer/model/outside-figure.ts'
import type { ReportRun } from '../../analyzer/model/report.ts'
import { draw } from '../../fixtures/draw.ts'
import { overlapText, togetherText } from './jointText.ts'

/** 100 ms a column. */
const runOf = (drawing: string, rung: Rung = 'batch'): ReportRun => analyze(draw(drawing).spans, { rung }).runs[0]!
const of = (run: ReportRun, rule: string) => run.findings.find((finding) => finding.rule === rule)!

const LOOP = `# A list, one by one
prompt: How high are the hills of the list?
ask          ==                                                   model
list_hills     ==                                                 tool read <- {} -> {"ids":["hill-90817","hill-90830","hill-90843"]}
ask              ==                                               model
get_hill           ====                                           tool read <- {"id":"hill-90817"} -> {"m":211}
ask                    ==                                         model
get_hill                 ====                                     tool read <- {"id":"hill-90830"} -> {"m":345}
ask                          ==                                   model
get_hill                       ====                               tool read <- {"id":"hill-90843"} -> {"m":407}
answer                             ==                             model "211, 345 and 407 m."
`

test('findings of one rung that save the same time are told together, and no other is', () => {
  // The three reads at once save two reads and two turns, whoever makes them so: 2 * (400 + 200) ms, by two findings.
  const run = runOf(LOOP)
  expect(run.findings.slice(0, 3).map(({ rule, savedMs }) => [rule, Math.round(savedMs.low)])).toEqual([
    ['serialized-turns', 1200],
    ['n-plus-one', 1200],
    ['mechanical-chain', 200],
  ])
  expect(overlapText(run)).toBe('Findings 1 and 2 together save 1.2 s, not 2.4 s: they overlap.')
  expect(togetherText(run, of(run, 'mechanical-chain'))).toBe(
    'Findings 1, 2 are about some of the same calls. Together they save 1.4 s. What each saves adds up to 2.6 s, and counts some time twice.',
  )
  expect(overlapText(runOf(LOOP, 'overlap'))).toBe('')
})

test('a saving that the chosen rung has not says so, and says whose it is', () => {
  const outside = (rung: Rung) => {
    const run = runOf(LOOP, rung)
    return run.findings.slice(0, 3).map((finding) => outsideFigure(run, finding))
  }
  const [batch, plan] = ['not in the achievable figure: rung batch', 'not in the achievable figure: rung plan']
  expect(outside('overlap')).toEqual([batch, batch, plan])
  expect(outside('batch')).toEqual(['', '', plan])
  expect(outside('plan')).toEqual(['', '', ''])
})

test('a call that could be kept from being repeated is in no schedule, and in no sum with one', () => {
  const run = runOf(`# Twice
prompt: The rate of DK-2100 and the order O-5512.
ask          =====                                 model
get_rate          =======                          tool read <- {"zone":"DK-2100"} -> {"rate":0.25}
ask                      =====                     model
get_order                     ======               tool read <- {"order":"O-5512"} -> {"net":419.2}
ask                                 =====          model
get_rate                                 =======   tool read <- {"zone":"DK-2100"} -> {"rate":0.25}
answer                                          == model "524."
`)
  const [batched, repeated] = [of(run, 'serialized-turns'), of(run, 'duplicate-call')]
  expect(repeated.savedMs.low).toBeGreaterThan(0)
  expect(outsideFigure(run, repeated)).toBe('not in the achievable figure')
  expect(repeated.together).toBeUndefined()
  expect(batched.together?.findings).not.toContain(run.findings.indexOf(repeated))
  expect(overlapText(run)).toBe('')
})

test('what adds up is not said to be less than its sum, and what is not proven saves nothing yet', () => {
  const run = runOf(LOOP)
  const [turns, loop] = [of(run, 'serialized-turns'), of(run, 'n-plus-one')]
  const told = (low: number, high: number) =>
    togetherText(run, { ...turns, together: { findings: [run.findings.indexOf(loop)], savedMs: { low, high } } })
  expect(told(2400, 2400)).toBe('Finding 2 is about some of the same calls. Together they save 2.4 s.')
  expect(told(0, 1000)).toBe(
    'Finding 2 is about some of the same calls. Together they may save up to 1.0 s: nothing of it is proven.',
  )
})
