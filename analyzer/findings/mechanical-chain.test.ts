import { expect, test } from 'vitest'
import { draw } from '../../fixtures/draw.ts'
import { analyze } from '../analyze.ts'

/** Three parts one by one, with whole turns of 200 ms and 500 tokens to read between: a batch takes two of them, a program one more. */
const LOOP = `# Parts of a shelf
prompt: Describe all that stands on the shelf by the window.
ask             ==                           model
list_parts        .===                       tool read <- {"shelf":"window"} -> {"parts":["PRT-7731xk","PRT-8842yl","PRT-9953zm"]}
one                  .==                     model
get_part                .===                 tool read <- {"part":"PRT-7731xk"} -> {"colour":"red"}
two                        .==               model
get_part                      .===           tool read <- {"part":"PRT-8842yl"} -> {"colour":"blue"}
three                            .==         model
get_part                            .===     tool read <- {"part":"PRT-9953zm"} -> {"colour":"green"}
answer                                 .==   model "A red, a blue and a green one."
`

test('what asking together saves is in no figure of the program, milliseconds or tokens', () => {
  const spans = draw(LOOP).spans.map((span) =>
    span.attributes.get('gen_ai.operation.name') === 'chat'
      ? {
          ...span,
          attributes: new Map([
            ...span.attributes,
            ['gen_ai.usage.input_tokens', 500],
            ['gen_ai.usage.output_tokens', 10],
          ]),
        }
      : span,
  )
  const { schedules, findings } = analyze(spans).runs[0]!
  const { batch, plan } = schedules
  const chain = findings.find(({ rule }) => rule === 'mechanical-chain')!
  expect({ ms: chain.savedMs.low, tokens: chain.savedTokens }).toEqual({
    ms: batch.durationMs - plan.durationMs,
    tokens: plan.tokensRemoved - batch.tokensRemoved,
  })
  expect(chain.savedTokens).toBe(500)
  expect(chain.evidence).toEqual([
    "3 of the model's 5 turns did nothing but copy values from results into arguments.",
    'Asked for together where they can be, these calls take 2 turns and not 4: the figures are what a program saves on top of that.',
    'get_part (x3) got `part` from list_parts result $.parts[*].',
  ])
  expect(chain.fix.summary).toContain('asked once and not 4 times')
})
