import { expect, test } from 'vitest'
import { analyze } from '../../analyzer/index.ts'
import { draw } from '../../fixtures/draw.ts'
import { callName } from './callName.ts'
import { pairsOf } from './pairs.ts'

function pairsBelow(drawing: string, rule: string): string[] {
  const [run] = analyze(draw(drawing).spans).runs
  const finding = run!.findings.find((one) => one.rule === rule)!
  return pairsOf(run!, finding).map(({ a, b, words }) => `${callName(run!, a)} > ${callName(run!, b)}: ${words}`)
}

test('a finding that an order is right has the pairs that need it, though no saving rests on them', () => {
  const drawing = `# A choice
prompt: Describe the cheapest van.
ask          ==                 model
list_vans      ===              tool read <- {} -> [{"van":"van_Kq83xTz","price":7},{"van":"van_h2Lw09c","price":9}]
pick              ==            model
get_van             ===         tool read <- {"van":"van_Kq83xTz"} -> {"seats":7}
answer                 ==       model "It has 7 seats."
`
  expect(pairsBelow(drawing, 'sequential-is-right')).toEqual([
    expect.stringMatching(/^list_vans > get_van: data 0\.9\d$/),
  ])
})

test('a finding that calls are independent has the pairs that say so, each once', () => {
  const drawing = `# One by one
prompt: How high are Galdhoppigen and Snohetta?
ask           ==                 model
get_height      ===              tool read <- {"peak":"Galdhoppigen"} -> {"m":2469}
get_height         ===           tool read <- {"peak":"Snohetta"} -> {"m":2286}
answer                ==         model "2469 m and 2286 m."
`
  expect(pairsBelow(drawing, 'serialized-batch')).toEqual([
    expect.stringMatching(/^get_height #1 > get_height #2: independent 0\.9\d$/),
  ])
})
