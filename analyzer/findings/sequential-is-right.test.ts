import { expect, test } from 'vitest'
import { draw } from '../../fixtures/draw.ts'
import { analyze } from '../analyze.ts'

/** So many times a person asks, and an id of one call is needed by the next. */
function errands(count: number, finder: (n: number) => string = () => 'find_customer'): string {
  const rows = ['# Errands', 'prompt: Where are the parcels, one customer at a time?']
  let at = 0
  const bar = (name: string, length: number, rest: string) => {
    rows.push(`${name.padEnd(16)}${' '.repeat(at)}${'='.repeat(length)}   ${rest}`)
    at += length
  }
  for (let n = 0; n < count; n++) {
    const id = `cus_${n}7Fq2LxR9v${n}`
    bar('plan', 2, 'model')
    bar(finder(n), 3, `tool read <- {} -> {"id":"${id}"}`)
    bar('decide', 2, 'model')
    bar('track_parcel', 3, `tool read <- {"customer":"${id}"} -> "on its way"`)
    bar('answer', 2, 'model "On its way."')
    if (n < count - 1) bar('pause', 3, 'user "And the next?"')
  }
  return rows.join('\n')
}

function notesOf(drawing: string) {
  const [run] = analyze(draw(drawing).spans).runs
  const toolOf = new Map(run!.calls.map(({ id, tool }) => [id, tool]))
  return run!.findings
    .filter(({ rule }) => rule === 'sequential-is-right')
    .map(({ title, evidence, calls }) => ({ title, evidence, tools: calls.map((id) => toolOf.get(id)) }))
}

const needed = 'track_parcel needs `customer` = “cus_07Fq2LxR9v0”, which only find_customer returned (`id`).'

test('one stretch is told with what each call needed', () => {
  expect(notesOf(errands(1))).toEqual([
    {
      title: 'find_customer and track_parcel: sequential is correct here',
      evidence: [needed],
      tools: ['find_customer', 'track_parcel'],
    },
  ])
})

test('stretches of the same tools for the same reason are one note with all their calls', () => {
  // Turns 2 and 5 answer.
  expect(notesOf(errands(3))).toEqual([
    {
      title: 'find_customer and track_parcel: sequential is correct here, in 3 stretches',
      evidence: ['3 stretches: turns 0 to 1, turns 3 to 4 and turns 6 to 7.', needed, '2 more steps of the same kind.'],
      tools: Array.from({ length: 3 }, () => ['find_customer', 'track_parcel']).flat(),
    },
  ])
})

test('of many stretches the first are named and the others counted', () => {
  const [note, ...others] = notesOf(errands(6))
  expect(others).toEqual([])
  expect(note?.evidence[0]).toBe('6 stretches: turns 0 to 1, turns 3 to 4, turns 6 to 7 and 3 more.')
  expect(note?.tools).toHaveLength(12)
})

test('other tools are another note', () => {
  const finder = (n: number) => (n === 1 ? 'find_order' : 'find_customer')
  expect(notesOf(errands(3, finder)).map(({ title, tools }) => [title, tools.length])).toEqual([
    ['find_customer and track_parcel: sequential is correct here, in 2 stretches', 4],
    ['find_order and track_parcel: sequential is correct here', 2],
  ])
})

test('two chains side by side are not told as one: the longer is, link by link', () => {
  // Turn 1 asks for what each of the two results is needed for; only the rider's goes on.
  const notes = notesOf(`# Two chains
prompt: Which rider has the newest van, and what does she earn?
ask          ==                             model
list_vans      ===                          tool read <- {} -> [{"van":"van_Kq83xTz10Lm"}]
list_riders    ===                          tool read <- {} -> [{"rider":"rdr_77bQe0Vw4Pn"}]
ask                ==                       model
get_van              ===                    tool read <- {"van":"van_Kq83xTz10Lm"} -> {"seats":7}
get_rider            ===                    tool read <- {"rider":"rdr_77bQe0Vw4Pn"} -> {"contract":"ctr_5hJ2mXa9Rd0"}
ask                     ==                  model
get_contract              ===               tool read <- {"contract":"ctr_5hJ2mXa9Rd0"} -> {"pay":4100}
answer                       ==             model "It is 4100."
`)
  expect(notes.map(({ tools, evidence }) => [tools, evidence.length])).toEqual([
    [['list_riders', 'get_rider', 'get_contract'], 2],
  ])
})

test('of a chain that a program could run, it is said that only the model in between is not needed', () => {
  const [run] = analyze(
    draw(`# Values passed on
prompt: What does the rider of van 12 earn?
ask          ==                             model
find_rider     ====                         tool read <- {"van":12} -> {"rider":"rdr_77bQe0Vw4Pn"}
pass               ==                       model
get_rider            ====                   tool read <- {"rider":"rdr_77bQe0Vw4Pn"} -> {"pay":4100}
answer                   ==                 model "She earns 4100."
`).spans,
  ).runs
  const [program, note] = ['mechanical-chain', 'sequential-is-right'].map((rule) =>
    run!.findings.find((finding) => finding.rule === rule),
  )
  expect(program?.calls).toEqual(note?.calls)
  expect(note?.title).toBe('find_rider and get_rider: sequential is correct here, in a program too')
  expect(note?.fix.summary).toBe(
    'Keep the order: each needs the one before. Only the model need not be asked in between.',
  )
})

test('calls of one tool are told apart, and a result that is one text is no argument', () => {
  const [note] = notesOf(`# Pages
prompt: Read the ledger to its end.
ask          ==                             model
read_page      ====                         tool read <- {"page":"ledger"} -> "Balance 12. Continued in LDG-7731xk, sheet 4."
pass               ==                       model
read_page            ====                   tool read <- {"page":"LDG-7731xk"} -> "Balance 14. Continued in LDG-8842yl, sheet 5."
pass                     ==                 model
read_page                  ====             tool read <- {"page":"LDG-8842yl"} -> "Balance 15."
answer                         ==           model "It ends at 15."
`)
  expect(note?.title).toBe('read_page (x3): sequential is correct here')
  expect(note?.evidence).toEqual([
    'read_page #2 needs `page` = “LDG-7731xk”, which only read_page #1 returned.',
    'read_page #3 needs `page` = “LDG-8842yl”, which only read_page #2 returned.',
  ])
})
