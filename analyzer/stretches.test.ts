// The run read as a plan, where a cap or other turns have a say in it.

import { expect, test } from 'vitest'
import { draw } from '../fixtures/draw.ts'
import { type AnalyzeOptions, analyze } from './index.ts'

function stretchesOf(drawing: string, options: Partial<AnalyzeOptions> = {}) {
  const { spans } = draw(drawing)
  return analyze(spans, options).runs[0]!.stretches.map(
    ({ mode, firstTurn, lastTurn, reason, withTurns }) =>
      `${firstTurn}-${lastTurn} ${mode} ${reason}${withTurns === undefined ? '' : ` with ${withTurns.join(', ')}`}`,
  )
}

const READS = `# Reads of one response
prompt: The tides of Oban, Ullapool and Mallaig.

ask           ==                       model
get_tide        ====                   tool read <- {"place":"Oban"} -> {"tide":"high"}
get_tide            ====               tool read <- {"place":"Ullapool"} -> {"tide":"low"}
get_tide                ====           tool read <- {"place":"Mallaig"} -> {"tide":"ebb"}
answer                      ==         model "High, low, ebb."
`

test('reads that only a cap keeps apart are not said to touch one thing', () => {
  expect(stretchesOf(READS)).toEqual(['0-0 parallel independent'])
  expect(stretchesOf(READS, { concurrency: 2 })).toEqual(['0-0 parallel independent'])
  expect(stretchesOf(READS, { concurrency: 1 })).toEqual(['0-0 sequential capped'])
  expect(stretchesOf(READS, { tools: { get_tide: { concurrency: 1 } } })).toEqual(['0-0 sequential capped'])
})

test('where at the same time they would end no sooner, that is the reason', () => {
  expect(stretchesOf(READS, { contention: 5 })).toEqual(['0-0 sequential no-gain'])
})

const RACE = `# Two writes to one order at the same time
prompt: Set order O-771 to red and to blue.

ask           ==                       model
update_order    ==========             tool write <- {"order_id":"O-771","color":"red"} -> "red"
update_order    ==========             tool write <- {"order_id":"O-771","color":"blue"} -> "blue"
answer                    ==           model "Done."
`

test('calls that clashed are not recommended in parallel, whether the clash is heard or silenced', () => {
  const silence = [{ rule: 'unsafe-overlap', tools: ['update_order'], reason: 'a test' }] as const
  expect(stretchesOf(RACE)).toEqual(['0-0 sequential state'])
  expect(stretchesOf(RACE, { silence })).toEqual(['0-0 sequential state'])
})

// The harbour's id is needed first; its depth and the tide of another place are not: turns 0 and 2 go together, and 1 and 3 do.
const APART = `# Turns that go together are apart
prompt: Depth and berths of the harbour of Oban, and the tide and the wind of Ullapool.

ask             ==                                      model
find_harbour      ====                                  tool read <- {"name":"Oban"} -> {"harbour_id":"hbr_5521907"}
ask                   ==                                model
get_depth               ====                            tool read <- {"harbour_id":"hbr_5521907"} -> {"metres":6.25}
ask                         ==                          model
get_tide                      ====                      tool read <- {"place":"Ullapool"} -> {"tide":"low"}
ask                               ==                    model
get_berths                          ====                tool read <- {"harbour_id":"hbr_5521907"} -> {"free":17}
answer                                  ==              model "6.25 m, 17 berths, low."
`

test('a stretch names the other turns that its calls go with', () => {
  expect(stretchesOf(APART)).toEqual([
    '0-0 parallel independent with 2',
    '1-1 parallel independent with 3',
    '2-2 parallel independent with 0',
    '3-3 parallel independent with 1',
  ])
})
