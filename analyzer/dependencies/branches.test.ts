import { expect, test } from 'vitest'
import { type Branch, branchesOf } from './branches.ts'
import { traceProvenance } from './provenance.ts'
import { type TestCall, testRun } from './test-run.ts'

const rain: TestCall = { tool: 'get_weather', args: { city: 'Oslo' }, result: 'rain' }

/** How the words bear on a call that follows the weather in Oslo. */
function bears(prompt: string, call: TestCall): Branch {
  const run = testRun(prompt, [[rain], [call]])
  return branchesOf(run, traceProvenance(run)).of(0, 1)
}

const museums: TestCall = { tool: 'search_museums', args: { city: 'Bergen' }, result: 'KODE' }

test.each<[Branch, string, TestCall]>([
  ['none', 'Weather in Oslo, museums in Bergen.', museums],
  // Said of the call: by what its tool is called, or by what it is given.
  ['about', 'Weather in Oslo. If it rains, find a museum.', museums],
  ['about', 'Weather in Oslo. Go to Bergen instead of Hamar.', museums],
  // Said of something else, while the call is named in plain words.
  ['elsewhere', 'Weather in Oslo, museums in Bergen. If both are closed, say so.', museums],
  // Not named in plain words at all: it may be the deed.
  ['about', 'Weather in Oslo. If it rains, think of something to do.', museums],
  ['about', 'Is it dry in Oslo? In that case find museums.', museums],
  ['about', 'Weather in Oslo, and, if required, museums in Bergen.', museums],
  ['about', 'Weather in Oslo. When wet, find museums.', museums],
  ['about', 'Weather in Oslo. Find museums, except when it is sunny.', museums],
  ['none', 'When is it dry in Oslo, and which museums has Bergen?', museums],
  ['none', 'Tell me when the museums open in Bergen, and how the weather in Oslo is.', museums],
  // How to go about it.
  ['none', 'Weather in Oslo, museums in Bergen. Use the tools where appropriate.', museums],
  // Taken up from the sentence before, or not.
  ['about', 'I like museums in Bergen. If it rains in Oslo, find some.', museums],
  ['elsewhere', 'I like museums in Bergen. If it rains in Oslo, say so.', museums],
  // Of what these words are about, the names of tools do not tell.
  ['about', 'Wetter in Oslo. Museen in Bergen, wenn es regnet.', museums],
  ['none', 'Wetter in Oslo, und welche Museen hat Bergen?', museums],
  // Whether, and not if.
  ['none', 'Check if it rains in Oslo, and find museums in Bergen.', museums],
  ['about', 'Check if it rains in Oslo, and if so find museums.', museums],
])('%s: %s', (branch, prompt, call) => {
  expect(bears(prompt, call)).toBe(branch)
})

test('what a result gave needs no words of the user', () => {
  const run = testRun('Plan my day. If it rains, tell me.', [
    [{ tool: 'find_places', args: {}, result: { place: 'plc_77fx19a' } }],
    [rain],
    [{ tool: 'get_hours', args: { place: 'plc_77fx19a' }, result: '9 to 5' }],
  ])
  expect(branchesOf(run, traceProvenance(run)).of(1, 2)).toBe('elsewhere')
})

test.each<[Branch, string]>([
  ['about', 'If it rains, search the museums of the same town.'],
  // Rules for other tools, and what makes no deed hang on anything.
  ['none', 'If it rains, recommend an umbrella.'],
  ['none', 'You search museums and look at the weather.'],
])('%s: the system says %s', (branch, text) => {
  const run = testRun('Weather in Oslo, museums in Bergen.', [[rain], [museums]])
  const messages = [{ beforeTurn: 0, role: 'system' as const, text }, ...run.messages]
  expect(branchesOf({ ...run, messages }, traceProvenance(run)).of(0, 1)).toBe(branch)
})

test('a branch that was said later bears on nothing before it', () => {
  const run = testRun('Museums?', [[rain], [museums], 'If it rains, find another museum.', [museums]])
  const branch = branchesOf(run, traceProvenance(run)).of
  expect(branch(0, 1)).toBe('none')
  expect(branch(0, 2)).toBe('about')
})
