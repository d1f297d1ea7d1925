import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileScan } from '../../scripts/build-scan.ts'
import { createKeyShapes } from './key-shapes.ts'
import { createRedactor } from './redactor.ts'
import { SCAN_MODULE } from './scan-module.ts'
import { createPlainScanner, createScanner, WINDOW } from './scanner.ts'
import { secretNames } from './secret-names.ts'
import { createWantedTable } from './wanted.ts'

const redactor = createRedactor({ email: true })

function redact(text: string): string {
  const bytes = Buffer.from(text)
  const out = redactor.redact(bytes, 0, bytes.length, false)
  return out === null ? text : Buffer.from(out).toString()
}

/** Pieces that the finders react to, in any order: quotes open and never close, names follow names. */
const piece = fc.constantFrom(
  ...[
    '"',
    "'",
    '\\"',
    '\\\\\\"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '=',
    ' ',
    '\n',
    '\\n',
    '&',
    '?',
    '--',
    '@',
    '://',
  ],
  ...[
    'password',
    'token',
    'api_key',
    'Authorization',
    'cookie',
    'secret',
    'PRIVATE KEY-----',
    '-----BEGIN ',
    '-----END ',
  ],
  ...[
    'Bearer ',
    'Basic ',
    'curl ',
    '-u ',
    'sk-',
    'ghp_',
    'eyJ',
    'AKIA',
    'xoxb-',
    'aB3dE5fG7hI9jK1lM3nO5pQ7',
    '0123456789',
    'a.b',
    'é',
    '漢',
  ],
)
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(piece, text), tie('value'), { maxKeys: 4 }),
    tie('value').map((value) => JSON.stringify(value)),
  ),
})).value

/** How values nest. A number may have become a string, and the name of a field a marker. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape)
  return value !== null && typeof value === 'object'
    ? Object.values(value).map(shape)
    : typeof value === 'number'
      ? 'string'
      : typeof value
}

describe('whatever the text is', () => {
  it('JSON stays JSON, with the same shape', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(shape(JSON.parse(redact(JSON.stringify(value))))).toEqual(shape(value))
      }),
      { numRuns: 3000 },
    )
  })

  it('only the slice counts, not what stands around it', () => {
    fc.assert(
      fc.property(text, text, text, (before, middle, after) => {
        const bytes = Buffer.from(before + middle + after)
        const start = Buffer.byteLength(before)
        const end = start + Buffer.byteLength(middle)
        const out = redactor.redact(bytes, start, end, false)
        expect(out === null ? middle : Buffer.from(out).toString()).toBe(redact(middle))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    'Authorization:Authorization-----BEGIN PRIVATE KEY-----',
    'Authorization:Authorization-----BEGIN PRIVATE KEY-----"abc123',
    'X-Api-Key: abc-----BEGIN PRIVATE KEY-----{abc12345',
    'AKIA0123456789--AKIA-----BEGIN PRIVATE KEY-----',
  ])('a marker is no sign of a secret beside it: %s', (value) => {
    const once = redact(value)
    expect(redact(once)).toBe(once)
  })

  it('what was redacted once is left alone', () => {
    fc.assert(
      fc.property(text, (value) => {
        const once = redact(value)
        expect(redact(once)).toBe(once)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('the scan', () => {
  const { sieve } = createWantedTable(secretNames(['customer_ref']), createKeyShapes([]).prefixes)

  it('is compiled from scan.wat', async () =>
    expect(SCAN_MODULE).toBe(await compileScan('collector/redaction/scan.wat')))

  it('finds what the plain loop finds', () => {
    const fast = createScanner(sieve)
    const plain = createPlainScanner(sieve)
    fc.assert(
      fc.property(
        fc.oneof(
          text.map((value) => Buffer.from(value)),
          fc.uint8Array({ maxLength: 300 }),
        ),
        (bytes) => {
          for (let from = 0; from < Math.min(bytes.length, 20); from++) {
            const found = [...fast.places.subarray(0, fast.scan(bytes, from, bytes.length))]
            expect(found).toEqual([...plain.places.subarray(0, plain.scan(bytes, from, bytes.length))])
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('finds a secret across the border of two windows, and again when the reader goes back', () => {
    for (const shift of [-30, -20, -10, -3, -2, -1, 0, 1]) {
      const bytes = Buffer.alloc(2 * WINDOW, 'x ')
      bytes.write('{"password":"hunter2"}', WINDOW + shift)
      for (const [start, end] of [
        [0, bytes.length],
        [5, WINDOW + 40],
        [WINDOW - 50, WINDOW + 50],
      ] as const) {
        expect(Buffer.from(redactor.redact(bytes, start, end, false)!).toString()).not.toContain('hunter2')
      }
    }
  })

  it('sees what was written to an array that it knows, once it is told', () => {
    const bytes = Buffer.from('{"username":"hunter2"}')
    expect(redactor.redact(bytes, 0, bytes.length, false)).toBeNull()
    bytes.write('{"password"')
    redactor.begin(bytes)
    expect(redactor.redact(bytes, 0, bytes.length, false)).not.toBeNull()
  })
})

describe('megabytes made to be slow', () => {
  const hostile: Record<string, string> = {
    names: 'password',
    'names with a value': 'password="x",',
    'open strings': 'token:"',
    'open strings, other quotes': `token:"token:'token:\\"token:\\'`,
    'open strings, deeper': '"token\\":\\"',
    colons: 'secret: ',
    flags: '--password ',
    arrays: '"secret":["',
    suffixes: 'password_confirm_confirm_confirm_confirm_',
    digits: 'token1111111111111111',
    prefixes: 'sk-',
    'prefixes and digits': 'xoxb-111111111111-',
    'openings of tokens': 'eyJ-',
    'dots of tokens': 'eyJaaaaaaaaaa.',
    bearers: 'Bearer ',
    commands: 'curl -u a:b -u',
    settings: 'password = ',
    'settings with a value': '\npassword=a1b2c3 #',
    fences: '-----BEGIN PRIVATE KEY-----',
    'private keys': 'PRIVATE KEY ',
    ats: '@',
    'urls without an @': 'a://b:',
    'urls with one': 'a://b:c@',
    addresses: 'a.a@a.',
    backslashes: '\\',
    'keys, each another': '',
  }
  it.each(Object.entries(hostile))('%s', (_, unit) => {
    const size = 2 * 1024 * 1024
    const bytes = Buffer.alloc(size, unit || ' ')
    if (unit === '') for (let i = 0; i + 40 < size; i += 40) bytes.write(`sk-${String(i).padStart(20, 'a0b1c2')}`, i)
    // Linear takes tens of milliseconds, one digest for every 40 bytes a few hundred; quadratic would take hours.
    const redacted = redactor.redact(bytes, 0, size, false) ?? bytes
    expect(redactor.redact(redacted, 0, redacted.length, false)).toBeNull()
  })
})

it('leaves what real agents sent as it was', () => {
  const folder = new URL('../../fixtures/captures/', import.meta.url)
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const capture = readFileSync(new URL(name, folder), 'utf8')
    expect(createRedactor().redact(Buffer.from(capture), 0, Buffer.byteLength(capture), false)).toBeNull()
  }
})
