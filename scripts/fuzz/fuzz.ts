// Runs the comparison on generated requests and on damaged captures, and makes a small example of what diverges.

import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { decodeJson } from '../../collector/otlp/decode-json.ts'
import type { Encoding } from '../../collector/otlp/encoding.ts'
import { requestToProtobuf } from './captures-as-protobuf.ts'
import { compare, type Divergence, type Outcome } from './compare.ts'
import { mutate, mutations } from './mutate.ts'
import { requestTree } from './requests.ts'
import { writeJson } from './write-json.ts'
import { writeProtobuf } from './write-protobuf.ts'

export interface FuzzResult {
  readonly counts: Readonly<Record<string, Readonly<Record<Outcome, number>>>>
  readonly inputs: number
  readonly failure:
    | (Divergence & { readonly source: string; readonly encoding: Encoding; readonly bytes: Uint8Array })
    | null
}

interface Source {
  readonly name: string
  readonly encoding: Encoding
  readonly inputs: fc.Arbitrary<Uint8Array>
}

/** Inputs tried to make a failing one smaller; `minimise` goes on from there. */
const MAX_SHRINKING = 3000

/** Tries `runs` inputs, a sixth of them from each source; the same seed tries the same. Stops at the first divergence. */
export function fuzz(runs: number, seed: number): FuzzResult {
  const counts: Record<string, Record<Outcome, number>> = {}
  let inputs = 0
  const all = sources()
  for (const source of all) {
    const count = { 'same spans': 0, 'same refusal': 0, 'repeated field': 0 }
    counts[`${source.name}, ${source.encoding}`] = count
    let shrinking = 0
    let lastFailure = ''
    const property = fc.property(source.inputs, (bytes) => {
      if (shrinking > MAX_SHRINKING) return true
      const outcome = compare(bytes, source.encoding)
      if (typeof outcome === 'object') {
        shrinking ||= 1
        lastFailure = outcome.what
        return false
      }
      if (shrinking > 0) shrinking++
      else {
        count[outcome]++
        inputs++
      }
      return true
    })
    const details = fc.check(property, { numRuns: Math.ceil(runs / all.length), seed })
    if (details.failed && details.counterexample) {
      const [found] = details.counterexample
      const first = compare(found, source.encoding)
      // What only happened once, such as a slow moment of the machine, cannot be made smaller.
      if (typeof first !== 'object') {
        return {
          counts,
          inputs,
          failure: {
            what: `${lastFailure}, and not again`,
            source: source.name,
            encoding: source.encoding,
            bytes: found,
          },
        }
      }
      const bytes = minimise(found, source.encoding)
      const outcome = compare(bytes, source.encoding) as Divergence
      return { counts, inputs, failure: { ...outcome, source: source.name, encoding: source.encoding, bytes } }
    }
  }
  return { counts, inputs, failure: null }
}

const ODD_VALUES = (
  '0 -0 -1 00 1.0 1.5 1e3 18446744073709551615 18446744073709551616 18446744073709551617 9223372036854775807 ' +
  '9223372036854775808 9007199254740993 99999999999999999999 4294967295 4294967296 -9223372036854775808 -9223372036854775809 ' +
  '100000000000000000000 null true [] {} "" "1.5"'
).split(' ')

const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value })

function sources(): Source[] {
  const protobuf = requestTree.map(writeProtobuf)
  const spelling = fc.record({
    snakeCase: fc.boolean(),
    integersAsNumbers: fc.boolean(),
    upperCaseIds: fc.boolean(),
    blanks: fc.constantFrom('', ' ', '\n  ', '\t\r'),
    oddInteger: rarely(
      fc.constantFrom(
        ...ODD_VALUES,
        ...ODD_VALUES.filter((digits) => !digits.includes('"')).map((digits) => `"${digits}"`),
      ),
    ),
  })
  const json = fc.tuple(requestTree, spelling).map(([tree, how]) => writeJson(tree, how))
  const damaged = (inputs: fc.Arbitrary<Uint8Array>, encoding: Encoding) =>
    fc.tuple(inputs, mutations[encoding]).map(([bytes, list]) => mutate(bytes, list))
  const captures = captured()
  const capturedJson = fc.constantFrom(...captures)
  const capturedProtobuf = fc.constantFrom(...captures.map(asProtobuf))
  return [
    { name: 'generated', encoding: 'protobuf', inputs: protobuf },
    { name: 'generated', encoding: 'json', inputs: json },
    { name: 'generated and damaged', encoding: 'protobuf', inputs: damaged(protobuf, 'protobuf') },
    { name: 'generated and damaged', encoding: 'json', inputs: damaged(json, 'json') },
    { name: 'captured and damaged', encoding: 'protobuf', inputs: damaged(capturedProtobuf, 'protobuf') },
    { name: 'captured and damaged', encoding: 'json', inputs: damaged(capturedJson, 'json') },
  ]
}

/** Captures of real exporters, a few spans at a time: whole ones are too large to be tried a hundred thousand times. */
function captured(): Uint8Array[] {
  const folder = new URL('../../fixtures/captures/', import.meta.url)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => pieces(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))
}

interface Capture {
  readonly resourceSpans: readonly {
    readonly resource: unknown
    readonly scopeSpans: readonly { readonly scope: unknown; readonly spans: readonly unknown[] }[]
  }[]
}

function pieces({ resourceSpans }: Capture): Uint8Array[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) =>
        Buffer.from(JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [span] }] }] })),
      ),
    ),
  )
}

function asProtobuf(json: Uint8Array): Uint8Array {
  const decoded = decodeJson(json)
  if (!decoded.ok) throw new Error(`a capture cannot be read: ${decoded.error}`)
  return requestToProtobuf(decoded.value.spans)
}

/** Fewer bytes that still diverge: pieces of a half, a quarter ... a byte are left out as long as that is so. */
function minimise(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  let best = bytes
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at + size <= best.length; ) {
      const smaller = new Uint8Array(Buffer.concat([best.subarray(0, at), best.subarray(at + size)]))
      if (typeof compare(smaller, encoding) === 'object') best = smaller
      else at += size
    }
  }
  return best
}
