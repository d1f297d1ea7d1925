// Codings against hand-made and hostile input. What real senders send is in ../conformance.

import { deflateSync, gzipSync } from 'node:zlib'
import { compress as zstdCompress } from '@bokuweb/zstd-wasm'
import { snappyCompress } from 'hysnappy'
import { describe, expect, test } from 'vitest'
import { createByteBudget } from './byte-budget.ts'
import { crc32c, maskedCrc32c } from './crc32c.ts'
import { type Coding, codingOf, decompress } from './decompress.ts'

const MIB = 1024 * 1024

async function run(coding: Coding, body: Uint8Array, limit = MIB, maxBytes = 100 * MIB) {
  const lease = createByteBudget(maxBytes, () => 1).open()
  return decompress(coding, new Uint8Array(body), { limit, lease })
}

const TEXT = Buffer.from('the same words again and again, '.repeat(500))

/** A zstd frame without a content size, as a streaming encoder writes it, of blocks already made. */
const zstdFrame = (...blocks: Buffer[]) => Buffer.concat([Buffer.from('28b52ffd0058', 'hex'), ...blocks])
function zstdBlock(type: 0 | 1 | 2, size: number, content: Buffer, isLast = false): Buffer {
  const head = Buffer.alloc(3)
  head.writeUIntLE((size << 3) | (type << 1) | (isLast ? 1 : 0), 0, 3)
  return Buffer.concat([head, content])
}

/** A snappy frame: type, length of 3 bytes, masked checksum, content. */
function snappyFrame(type: number, checksum: number, stored: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head[0] = type
  head.writeUIntLE(4 + stored.length, 1, 3)
  head.writeUInt32LE(checksum, 4)
  return Buffer.concat([head, stored])
}
const SNAPPY_MAGIC = Buffer.from('ff060000734e61507059', 'hex')

// The library compiles on first use; its own compressor needs it too.
await run('zstd', zstdFrame(zstdBlock(0, 1, Buffer.from('x'), true)))
const COMPRESSED: readonly [Coding, Uint8Array][] = [
  ['gzip', gzipSync(TEXT)],
  ['zlib', deflateSync(TEXT)],
  ['snappy', snappyCompress(TEXT)],
  ['snappy', Buffer.concat([SNAPPY_MAGIC, snappyFrame(0, maskedCrc32c(TEXT), snappyCompress(TEXT))])],
  ['zstd', zstdCompress(TEXT)],
]

test('names of codings', () => {
  expect(['gzip', 'GZip', ' deflate ', 'zstd', 'x-snappy-framed', '', undefined].map(codingOf)).toEqual([
    'gzip',
    'gzip',
    'zlib',
    'zstd',
    'snappy',
    'identity',
    'identity',
  ])
  expect(['br', 'lz4', 'gzip, gzip', '__proto__'].map(codingOf)).toEqual([null, null, null, null])
})

describe.each(COMPRESSED)('%s', (coding, compressed) => {
  test('gives back what went in', async () => {
    const result = await run(coding, compressed)
    expect(result.ok && Buffer.from(result.value).equals(TEXT)).toBe(true)
  })

  test('holds the limit to the byte', async () => {
    expect((await run(coding, compressed, TEXT.length)).ok).toBe(true)
    expect(await run(coding, compressed, TEXT.length - 1)).toMatchObject({ error: { kind: 'too-large' } })
  })

  test('takes no more memory than there is', async () => {
    expect(await run(coding, compressed, MIB, TEXT.length - 1)).toMatchObject({ error: { kind: 'busy' } })
  })

  test('cut off anywhere it is malformed', async () => {
    for (let length = 1; length < compressed.length; length += 7) {
      // Ten bytes of the framing format are a whole, empty stream.
      if (coding === 'snappy' && length === SNAPPY_MAGIC.length && SNAPPY_MAGIC.equals(compressed.subarray(0, 10)))
        continue
      expect(await run(coding, compressed.subarray(0, length)), `${length} bytes`).toMatchObject({
        error: { kind: 'malformed' },
      })
    }
  })

  test('2,000 times damaged it gives bytes or a reason, and the undamaged still works', async () => {
    const random = lcg(7)
    for (let i = 0; i < 2000; i++) {
      const damaged = Uint8Array.from(compressed)
      for (let k = 0; k < 1 + random(3); k++) damaged[random(damaged.length)] = random(256)
      const result = await run(coding, damaged, 2 * TEXT.length)
      if (result.ok) expect(result.value.length).toBeLessThanOrEqual(2 * TEXT.length)
      else expect(['malformed', 'too-large']).toContain(result.error.kind)
    }
    expect((await run(coding, compressed)).ok).toBe(true)
  })
})

describe('gzip', () => {
  test('large input goes through a stream, and several members are one body', async () => {
    const noise = Buffer.from(Uint32Array.from({ length: 100_000 }, lcg(3, 2 ** 32)).buffer)
    const body = Buffer.concat([gzipSync(noise), gzipSync(TEXT)])
    const result = await run('gzip', body)
    expect(result.ok && Buffer.from(result.value).equals(Buffer.concat([noise, TEXT]))).toBe(true)
    expect(await run('gzip', body, noise.length)).toMatchObject({ error: { kind: 'too-large' } })
    expect(await run('gzip', body.subarray(0, -9))).toMatchObject({ error: { kind: 'malformed' } })
  })

  test('a small body that becomes large is stopped at the limit', async () => {
    expect(await run('gzip', gzipSync(Buffer.alloc(20 * MIB)), 10 * MIB)).toMatchObject({
      error: { kind: 'too-large' },
    })
    const result = await run('gzip', gzipSync(Buffer.alloc(20 * MIB)), 20 * MIB)
    expect(result.ok && result.value.length).toBe(20 * MIB)
    // The last member alone says how long it is.
    const hidden = Buffer.concat([gzipSync(Buffer.alloc(20 * MIB)), gzipSync('x')])
    expect(await run('gzip', hidden, 10 * MIB)).toMatchObject({ error: { kind: 'too-large' } })
  })

  test('a body that says it is longer than it can be is damaged, not too large', async () => {
    const body = gzipSync(Buffer.from(Uint32Array.from({ length: 100_000 }, lcg(3, 2 ** 32)).buffer))
    body.writeUInt32LE(0xffffffff, body.length - 4)
    expect(await run('gzip', body, 10 * MIB)).toMatchObject({ error: { kind: 'malformed' } })
  })
})

describe('zstd', () => {
  test('frames without a content size, skippable ones among them', async () => {
    const skippable = Buffer.from('502a4d1803000000aabbcc', 'hex')
    const body = Buffer.concat([
      zstdFrame(zstdBlock(0, 2, Buffer.from('ab')), zstdBlock(1, 3, Buffer.from('c'), true)),
      skippable,
      zstdFrame(zstdBlock(0, 0, Buffer.alloc(0), true)),
      zstdFrame(zstdBlock(0, 1, Buffer.from('d'), true)),
    ])
    const result = await run('zstd', body)
    expect(result.ok && Buffer.from(result.value).toString()).toBe('abcccd')
  })

  test('a megabyte of repeats in a few bytes is counted before it is made', async () => {
    const repeat = zstdBlock(1, 128 * 1024, Buffer.from('x'))
    const last = zstdBlock(1, 1, Buffer.from('x'), true)
    const body = zstdFrame(...Array<Buffer>(8).fill(repeat), last)
    expect(await run('zstd', body, MIB)).toMatchObject({ error: { kind: 'too-large' } })
    const result = await run('zstd', body, MIB + 1)
    expect(result.ok && result.value.length).toBe(MIB + 1)
  })

  test.each([
    ['a content size that its blocks cannot hold', '28b52ffda0000000400100004100'],
    ['a content size of 2^63', '28b52ffde00000000000000080010000'],
    ['a reserved bit', '28b52ffd08580100 00'.replace(' ', '')],
    ['a block of an unknown type', '28b52ffd0058070000'],
    ['a block longer than a block may be', '28b52ffd0058ffffff'],
    ['a skippable frame that ends early', '502a4d18ffffffff00'],
    ['no frame', '0011223344556677'],
  ])('%s', async (_, hex) => {
    expect(await run('zstd', Buffer.from(hex, 'hex'), 100 * MIB)).toMatchObject({ error: { kind: 'malformed' } })
  })
})

describe('snappy', () => {
  test.each([
    // Another decoder never returns from these ten bytes: a literal whose length is -5 as a signed integer.
    ['a literal of nearly 4 GiB', '0afcfaffffff00000000'],
    ['a copy from before the start', '0a0041 0e ffff'.replaceAll(' ', '')],
    ['a length without end', 'ffffffffff'],
    ['a length that so few bytes cannot hold', '80808001 00'.replace(' ', '')],
  ])('%s is malformed', async (_, hex) => {
    expect(await run('snappy', Buffer.from(hex, 'hex'), 100 * MIB)).toMatchObject({ error: { kind: 'malformed' } })
  })

  test('a claim of 4 GiB is too large', async () => {
    expect(await run('snappy', Buffer.from('ffffffff0f00', 'hex'))).toMatchObject({ error: { kind: 'too-large' } })
  })

  test('of frames the checksum counts, and padding does not', async () => {
    const good = snappyFrame(1, maskedCrc32c(TEXT), TEXT)
    const padding = Buffer.from('fe030000000000', 'hex')
    const result = await run('snappy', Buffer.concat([SNAPPY_MAGIC, padding, good, SNAPPY_MAGIC, good]))
    expect(result.ok && result.value.length).toBe(2 * TEXT.length)
    const wrong = snappyFrame(1, maskedCrc32c(TEXT) ^ 1, TEXT)
    expect(await run('snappy', Buffer.concat([SNAPPY_MAGIC, wrong]))).toMatchObject({
      error: { kind: 'malformed', message: expect.stringMatching('checksum') },
    })
    const unknown = snappyFrame(2, 0, TEXT)
    expect(await run('snappy', Buffer.concat([SNAPPY_MAGIC, unknown]))).toMatchObject({ error: { kind: 'malformed' } })
  })

  test('CRC-32C has its published check value', () => expect(crc32c(Buffer.from('123456789'))).toBe(0xe306_9283))
})

/** A small generator of whole numbers below a bound, the same for the same seed. */
function lcg(seed: number, fixed = 0): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return fixed ? state : Math.floor((state / 2 ** 32) * below)
  }
}
