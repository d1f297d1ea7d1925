import { Command } from 'commander'
import { expect, test } from 'vitest'
import { addAnalysisOptions, analysisOptions } from './analysis.ts'

/** The analyzer's options that these arguments make. Throws what commander throws. */
function parse(...args: string[]) {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addAnalysisOptions(command)
  return analysisOptions(command.parse(args, { from: 'user' }).opts(), {})
}

test('what is not given is left to the analyzer', () => {
  expect(parse()).toEqual({})
})

test('what is given is passed on', () => {
  expect(parse('--rung', 'overlap', '--threshold', '.95', '--concurrency', '4')).toEqual({
    rung: 'overlap',
    threshold: 0.95,
    concurrency: 4,
  })
  expect(parse('--threshold', '0')).toEqual({ threshold: 0 })
  expect(parse('--threshold', '1')).toEqual({ threshold: 1 })
})

test('earlier runs count unless told otherwise', () => {
  expect(parse('--no-history')).toEqual({ history: false })
})

test.each([
  ['--rung', 'bound'],
  ['--threshold', '80'],
  ['--threshold', '1.01'],
  ['--threshold', ''],
  ['--threshold', 'high'],
  ['--threshold', '0x1'],
  ['--concurrency', '0'],
  ['--concurrency', '2.5'],
  ['--concurrency', '-1'],
  ['--concurrency', 'many'],
])('%s %s is refused', (option, value) => {
  expect(() => parse(`${option}=${value}`)).toThrow(/is invalid/)
})
