import { expect, test } from 'vitest'
import { release } from './release.ts'

test('released buffers hold nothing any more, again and again', async () => {
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 200; i++) {
    const bytes = new Uint8Array(10_000_000).fill(1)
    release([bytes.buffer, bytes.buffer])
    expect(bytes.length).toBe(0)
    // The port is closed by then.
    if (i === 100) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  // Of 2 GB.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000)
})
