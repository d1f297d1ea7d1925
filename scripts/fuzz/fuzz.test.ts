import { expect, it } from 'vitest'
import { fuzz } from './fuzz.ts'

it('the hand-written readers and the generated ones agree on a few thousand inputs', () => {
  const { inputs, counts, failure } = fuzz(6000, 20_261_121)
  expect(failure).toBeNull()
  expect(inputs).toBe(6000)
  // Each source must try both what is taken and what is refused, or it proves nothing.
  for (const [source, count] of Object.entries(counts)) {
    expect(count['same items'], source).toBeGreaterThan(20)
    expect(count['same refusal'], source).toBeGreaterThan(20)
  }
})
