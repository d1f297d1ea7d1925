// The front of this folder: any file -> requests and spans, in pieces.

import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { readRows } from '../otlp/read-rows.ts'
import { decompressZstd } from '../transport/zstd.ts'
import { type Imported, UnreadableFile } from './format.ts'
import { formats } from './formats.ts'
import { createJsonItems, visitItems } from './json-items.ts'
import { framesOf, resourcesOf } from './protobuf-pieces.ts'
import { sketchJson } from './sketch.ts'

/** Bytes that a file is told by. Lines of spans and transcripts may be long before the first key that tells. */
const HEAD_BYTES = 1024 * 1024

/**
 * Reads a file of any known format. Throws UnreadableFile with a sentence: what is wrong and where, or, where the format
 * is unknown, what was tried. What came before has been given out by then.
 */
export async function* readTraces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Imported> {
  const { head, all } = await peek(chunks)
  const first = head.findIndex((byte) => !isSpace(byte))
  if (first < 0) throw new UnreadableFile(`the file is empty; ${tried()}`)
  if (head[0] === 0x1f && head[1] === 0x8b) {
    yield* readTraces(gunzip(all))
    return
  }
  // Four bytes of length, for any message under 16 MiB.
  if (head[0] === 0) {
    for await (const frame of framesOf(all)) yield* readFrame(frame)
    return
  }
  const isBraced = head[first] === OPEN_OBJECT || head[first] === OPEN_ARRAY || startsWithMark(head)
  // A protobuf request starts with 0x0a, which is a line break too, and `{` may be its length.
  if (head[0] === RESOURCE_TAG && (!isBraced || !isJson(head))) {
    for await (const body of resourcesOf(all)) yield protobufRequest(body)
    return
  }
  if (!isBraced) throw new UnreadableFile(`this is no JSON and no protobuf; ${tried()}`)
  yield* readJson(head, all)
}

async function* readJson(head: Uint8Array, all: AsyncIterable<Uint8Array>): AsyncGenerator<Imported> {
  const sketch = sketchJson(withoutMark(head))
  const format = formats.find((candidate) => candidate.recognises(sketch))
  if (format === undefined) throw new UnreadableFile(`${seen(sketch.paths)}; ${tried()}`)
  const items = createJsonItems(visitItems(format.items(sketch)))
  const reader = format.createReader()
  let isFirst = true
  for await (const chunk of all) {
    for (const item of items.push(isFirst ? withoutMark(chunk) : chunk)) yield* reader.read(item)
    isFirst = false
  }
  for (const item of items.end()) yield* reader.read(item)
  yield* reader.end()
}

function protobufRequest(body: Uint8Array): Imported {
  const signal = signalOf(body)
  if (signal === null) throw new UnreadableFile(`this is no JSON, and no OTLP in protobuf either; ${tried()}`)
  return { kind: 'request', signal, encoding: 'protobuf', body, place: '' }
}

/** Requests of logs and of traces are told apart by what is inside of them only. */
function signalOf(body: Uint8Array): 'traces' | 'logs' | null {
  const traces = readRows('traces', 'protobuf', body, null)
  if (traces.ok && traces.value.rejected === 0) return 'traces'
  const logs = readRows('logs', 'protobuf', body, null)
  if (logs.ok) return 'logs'
  return traces.ok ? 'traces' : null
}

/** One message of the Collector's file exporter: a request in either encoding, compressed with zstd or not. */
async function* readFrame(frame: Uint8Array): AsyncGenerator<Imported> {
  if (frame.length === 0) return
  const isZstd = frame[0] === 0x28 && frame[1] === 0xb5 && frame[2] === 0x2f && frame[3] === 0xfd
  yield* readTraces(Readable.from([isZstd ? await unzstd(frame) : frame]))
}

async function unzstd(frame: Uint8Array): Promise<Uint8Array> {
  const unbounded = { grow: () => true, release: () => {} }
  const read = await decompressZstd(new Uint8Array(frame), { limit: MAX_FRAME_BYTES, lease: unbounded })
  if (!read.ok) throw new UnreadableFile(read.error.message)
  return read.value
}

/** Decompressed. */
const MAX_FRAME_BYTES = 256 * 1024 * 1024

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Its errors, and those of the source, come out of the loop below too.
  const decompressed = pipeline(Readable.from(chunks), createGunzip(), () => {})
  try {
    for await (const chunk of decompressed) yield chunk
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw code?.startsWith('Z_') ? new UnreadableFile(`cannot decompress it as gzip: ${message}`) : error
  }
}

/** The beginning, and all of it with the beginning in front again. */
async function peek(chunks: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  let bytes = 0
  while (bytes < HEAD_BYTES) {
    const next = await iterator.next()
    if (next.done) break
    read.push(next.value)
    bytes += next.value.length
  }
  const head = Buffer.concat(read)
  return { head, all: join() }

  async function* join(): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  }
}

function isJson(head: Uint8Array): boolean {
  try {
    sketchJson(head)
    return true
  } catch (error) {
    if (error instanceof UnreadableFile) return false
    throw error
  }
}

/** What was looked for, for a file that is none of it. */
const tried = (): string =>
  `tried ${formats.map(({ name, looksLike }) => `${name} (${looksLike})`).join(', ')}, OTLP protobuf and the Collector's file exporter`

/** The keys at the top of a file that no format recognised. */
function seen(paths: ReadonlySet<string>): string {
  const keys = [...paths].filter((path) => path !== '$' && path.split('.').length <= (paths.has('$.*') ? 3 : 2))
  if (keys.length === 0) return 'this JSON has no keys'
  const names = keys.slice(0, MAX_KEYS).map((path) => JSON.stringify(path.replace(/^\$\.(\*\.)?/, '')))
  return `this JSON has ${names.join(', ')}${keys.length > MAX_KEYS ? ' and more' : ''}, which no known format begins with`
}

/** Named in a message. */
const MAX_KEYS = 8

/** UTF-8's mark, which some programs put in front of JSON. */
const startsWithMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

const withoutMark = (bytes: Uint8Array): Uint8Array => (startsWithMark(bytes) ? bytes.subarray(3) : bytes)

const RESOURCE_TAG = 0x0a
const OPEN_OBJECT = 0x7b
const OPEN_ARRAY = 0x5b

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
