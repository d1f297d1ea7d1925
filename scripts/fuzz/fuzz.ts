// Runs the comparison on generated requests and on damaged captures, and makes a small example of what diverges.

import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Result } from '../../analyzer/base/result.ts'
import { decodeJson, decodeLogsJson } from '../../collector/otlp/decode-json.ts'
import type { Encoding } from '../../collector/otlp/encoding.ts'
import { logsToProtobuf, spansToProtobuf } from './captures-as-protobuf.ts'
import { compare, type Divergence, type Outcome, type Signal } from './compare.ts'
import { mutate, mutations } from './mutate.ts'
import { logsTree, tracesTree } from './requests.ts'
import * as json from './write-json.ts'
import * as protobuf from './write-protobuf.ts'

export interface FuzzResult {
  readonly counts: Readonly<Record<string, Readonly<Record<Outcome, number>>>>
  readonly inputs: number
  readonly failure:
    | (Divergence & { readonly source: string; readonly encoding: Encoding; readonly bytes: Uint8Array })
    | null
}

interface Source {
  readonly name: string
  readonly signal: Signal
  readonly encoding: Encoding
  readonly inputs: fc.Arbitrary<Uint8Array>
}

/** Inputs tried to make a failing one smaller; `minimise` goes on from there. */
const MAX_SHRINKING = 3000

/** Tries `runs` inputs, as many from each source; the same seed tries the same. Stops at the first divergence. */
export function fuzz(runs: number, seed: number): FuzzResult {
  const counts: Record<string, Record<Outcome, number>> = {}
  let inputs = 0
  const all = sources()
  for (const { name, signal, encoding, inputs: arbitrary } of all) {
    const source = `${signal}, ${name}`
    const count = { 'same items': 0, 'same refusal': 0, 'repeated field': 0 }
    counts[`${source}, ${encoding}`] = count
    let shrinking = 0
    let lastFailure = ''
    const property = fc.property(arbitrary, (bytes) => {
      if (shrinking > MAX_SHRINKING) return true
      const outcome = compare(bytes, encoding, signal)
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
      const first = compare(found, encoding, signal)
      // What only happened once, such as a slow moment of the machine, cannot be made smaller.
      if (typeof first !== 'object') {
        return {
          counts,
          inputs,
          failure: { what: `${lastFailure}, and not again`, source, encoding, bytes: found },
        }
      }
      const bytes = minimise(found, (smaller) => typeof compare(smaller, encoding, signal) === 'object')
      const outcome = compare(bytes, encoding, signal) as Divergence
      return { counts, inputs, failure: { ...outcome, source, encoding, bytes } }
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

function sources(): Source[] {
  const spans = pieces('captures', 'resourceSpans', 'scopeSpans', 'spans')
  const logs = pieces('logs', 'resourceLogs', 'scopeLogs', 'logRecords')
  return [
    ...sourcesOf('traces', 'protobuf', tracesTree.map(protobuf.writeTraces), spans.map(spansAsProtobuf)),
    ...sourcesOf('traces', 'json', spelled(tracesTree, json.writeTraces), spans),
    ...sourcesOf('logs', 'protobuf', logsTree.map(protobuf.writeLogs), logs.map(logsAsProtobuf)),
    ...sourcesOf('logs', 'json', spelled(logsTree, json.writeLogs), logs),
  ]
}

const spelled = <Tree>(trees: fc.Arbitrary<Tree>, write: (tree: Tree, how: json.Spelling) => Uint8Array) =>
  fc.tuple(trees, spelling).map(([tree, how]) => write(tree, how))

function sourcesOf(
  signal: Signal,
  encoding: Encoding,
  generated: fc.Arbitrary<Uint8Array>,
  captured: readonly Uint8Array[],
): Source[] {
  const damaged = (inputs: fc.Arbitrary<Uint8Array>) =>
    fc.tuple(inputs, mutations[encoding]).map(([bytes, list]) => mutate(bytes, list))
  return [
    { name: 'generated', signal, encoding, inputs: generated },
    { name: 'generated and damaged', signal, encoding, inputs: damaged(generated) },
    { name: 'captured and damaged', signal, encoding, inputs: damaged(fc.constantFrom(...captured)) },
  ]
}

/** Captures of real exporters, an item at a time: whole ones are too large to be tried a hundred thousand times. */
function pieces(folder: string, groups: string, scopes: string, items: string): Uint8Array[] {
  const files = new URL(`../../fixtures/${folder}/`, import.meta.url)
  return readdirSync(files)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const request = JSON.parse(readFileSync(new URL(name, files), 'utf8')) as Json
      return listOf(request, groups).flatMap((group) =>
        listOf(group, scopes).flatMap((scope) =>
          listOf(scope, items).map((item) =>
            Buffer.from(JSON.stringify({ [groups]: [{ ...group, [scopes]: [{ ...scope, [items]: [item] }] }] })),
          ),
        ),
      )
    })
}

type Json = Readonly<Record<string, unknown>>

const listOf = (object: Json, name: string): Json[] => (object[name] ?? []) as Json[]

const spansAsProtobuf = (bytes: Uint8Array) => spansToProtobuf(decodedOf(decodeJson(bytes)).spans)
const logsAsProtobuf = (bytes: Uint8Array) => logsToProtobuf(decodedOf(decodeLogsJson(bytes)))

function decodedOf<T>(decoded: Result<T>): T {
  if (!decoded.ok) throw new Error(`a capture cannot be read: ${decoded.error}`)
  return decoded.value
}

/** Fewer bytes that still diverge: pieces of a half, a quarter ... a byte are left out as long as that is so. */
function minimise(bytes: Uint8Array, diverges: (bytes: Uint8Array) => boolean): Uint8Array {
  let best = bytes
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at + size <= best.length; ) {
      const smaller = new Uint8Array(Buffer.concat([best.subarray(0, at), best.subarray(at + size)]))
      if (diverges(smaller)) best = smaller
      else at += size
    }
  }
  return best
}
