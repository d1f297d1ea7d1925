import { expect, test } from 'vitest'
import { draw } from '../../fixtures/draw.ts'
import { analyze } from '../analyze.ts'

const lateIn = (text: string, keeps: (operation: unknown) => boolean = () => true): string[] => {
  const spans = draw(text).spans.filter(({ attributes }) => keeps(attributes.get('gen_ai.operation.name')))
  const { findings } = analyze(spans).runs[0]!
  return findings.filter(({ rule }) => rule === 'late-start').map(({ title }) => title)
}

/** 100 ms a character. The calls follow one another but for the first, which follows 3 s of model, and the last, 2.5 s late. */
const text = (wait: number): string => `# Readings
prompt: What do gauges kx-1, kx-2, kx-3 and kx-4 show?
ask             ${'='.repeat(30)}   model
${[0, 1, 2, 3].map((at) => `read_gauge      ${' '.repeat(30 + 5 * at + (at === 3 ? wait : 0))}=====   tool read <- {"gauge":"kx-${at + 1}"} -> {"bar":${at}}`).join('\n')}
`

test('where only tools are recorded, nothing says when the first was asked for', () => {
  expect(lateIn(text(0), (operation) => operation !== 'chat')).toEqual([])
})

test('of two calls of one tool it says which', () => {
  expect(lateIn(text(25))).toEqual(['read_gauge #4 started 2500 ms after read_gauge #3 had ended'])
})
